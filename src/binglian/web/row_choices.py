"""Conditions chosen among rows, where a list may be hundreds long.

Django makes a record of every row and a template's context of every option; here an option is two
columns and one line of HTML. What is shown, and what is cleaned, is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .form_renderer import attributes_of


class PlainSelect(forms.Select):
    """A select of one, without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        chosen = self.format_value(value)
        options = "".join(
            f'\n  <option value="{escape(key) if isinstance(key, str) else key}"'
            f"{' selected' if str(key) in chosen else ''}>{escape(str(label))}</option>"
            for key, label in self.choices
        )
        attributes = attributes_of({"attrs": self.build_attrs(self.attrs, attrs)})
        return mark_safe(f'<select name="{escape(name)}"{attributes}>{options}\n</select>\n')


class _Rows(ModelChoiceIterator):
    """The options: nothing chosen first, then every row's key and name."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", str(self.field.empty_label)
        is_english = (get_language() or "").startswith("en")
        chinese = "name" if hasattr(self.queryset.model, "name") else "name_zh"
        for key, name, name_en in self.queryset.values_list("pk", chinese, "name_en"):
            yield key, name_en if is_english and name_en else name


class RowChoice(forms.ModelChoiceField):
    """One of many rows, or none; a form says which rows by setting ``queryset``."""

    widget = PlainSelect
    iterator = _Rows

    def __init__(self, kind: type[Model], **more: Any) -> None:
        options = {"required": False, "empty_label": _("全部")} | more
        super().__init__(kind._default_manager.none(), **options)
