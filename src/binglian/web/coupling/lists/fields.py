"""Inputs that are read like the cells of a spreadsheet."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import today
from binglian.sheets.cells import CellError, TimeWindow, read_tags, read_windows, write_windows


class QuantityField(forms.DecimalField):
    """An amount above nought with at most two decimals, shown without needless zeros."""

    def __init__(self, **options: Any) -> None:
        limits = {"min_value": Decimal("0.01"), "max_digits": 14, "decimal_places": 2}
        super().__init__(**(limits | options))

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class WindowsField(forms.CharField):
    """Time windows as text; cleans to what the models store."""

    def __init__(self, **options: Any) -> None:
        options = {
            "required": False,
            "label": _("时间段"),
            "help_text": _(
                "例如：2026-03-01~2026-05-31 周二周四 14:00-17:00；多段用“；”分开。"
                "也认得 工作日、周末、上午、下午、晚上、长期。不填即任何时间。"
            ),
            "widget": forms.TextInput({"maxlength": 400}),
        } | options
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        windows = [TimeWindow.from_json(window) for window in value]
        return write_windows(windows, get_language() or "zh-hans")

    def clean(self, value: Any) -> list[dict[str, Any]]:
        text = super().clean(value)
        try:
            return [window.as_json() for window in read_windows(text, today().year)]
        except CellError as error:
            said = {"message": error.message, "remedy": error.remedy}
            raise ValidationError(str(_("%(message)s%(remedy)s")) % said) from error


class TagsField(forms.CharField):
    """A few words in one line; cleans to a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False, "help_text": _("用“、”分开。")} | options))

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return list(read_tags(super().clean(value)))
