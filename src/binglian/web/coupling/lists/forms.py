"""What is typed about one offer or one need, and how the lists are narrowed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import members_of, organisations_kept_by, own_organisations
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import ListRow, Need, Offer
from binglian.domain.coupling.queries import containing, of_kind, tagged
from binglian.domain.search.narrowing import open_rows_containing
from binglian.web.row_choices import RowChoice

from .fields import QuantityField, TagsField, WindowsField

MOST_COMPONENTS = 30
SHOWN_COMPONENTS = 4


class ListFilter(forms.Form):
    """What a list is narrowed by; every part may be empty, the whole is the query string."""

    q = forms.CharField(label=_("查找"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    tag = forms.CharField(label=_("标签"), required=False, max_length=40)
    organisation = RowChoice(Organisation, label=_("单位"))
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", ListRow.State.OPEN.label),
            *ListRow.State.choices[1:],
            ("all", _("全部")),
        ],
    )
    priority = forms.ChoiceField(
        label=_("优先级"), required=False, choices=[("", _("全部")), *Need.Priority.choices]
    )
    mine = forms.BooleanField(label=_("只看本单位"), required=False)

    def __init__(
        self, *args: Any, alliance: Alliance, user: User, has_priority: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.alliance, self.searched = alliance, "need" if has_priority else "offer"
        self.own = own_organisations(user, alliance)
        words = [(word.code, str(word)) for word in alliance.kind_words()]
        self.fields["kind"].choices = [("", _("全部")), *words]
        self.fields["organisation"].queryset = _members(alliance)
        if not has_priority:
            del self.fields["priority"]
        if not self.own.exists():
            del self.fields["mine"]

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the list."""
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit; a filter that cannot be read narrows nothing."""
        asked: Mapping[str, Any] = self.cleaned_data if self.is_valid() else {}
        state = asked.get("state") or ListRow.State.OPEN.value
        if asked.get("q") and state == ListRow.State.OPEN:
            rows = open_rows_containing(rows, asked["q"], self.searched, self.alliance)
        elif asked.get("q"):
            rows = containing(rows, asked["q"])
        if asked.get("kind"):
            rows = of_kind(rows, asked["kind"])
        if asked.get("tag"):
            rows = tagged(rows, asked["tag"].strip())
        if asked.get("organisation"):
            rows = rows.filter(organisation=asked["organisation"])
        if asked.get("priority"):
            rows = rows.filter(priority=asked["priority"])
        if asked.get("mine"):
            rows = rows.filter(organisation__in=self.own.values("pk"))
        return rows if state == "all" else rows.filter(state=state)


class RowForm(forms.ModelForm):
    """What an offer and a need have in common."""

    number = forms.CharField(
        label=_("编号"), required=False, max_length=30, help_text=_("不填则自动编号。")
    )
    #: Fields that stand folded until one of them is wrong.
    folded: tuple[str, ...] = ()
    windows = WindowsField()
    longitude = forms.FloatField(label=_("经度"), min_value=-180, max_value=180, required=False)
    latitude = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, required=False)

    def __init__(self, *args: Any, alliance: Alliance, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        kept = organisations_kept_by(user, alliance)
        self.fields["organisation"].queryset = kept
        self.fields["organisation"].empty_label = "—"
        if not self.instance.pk and kept.count() == 1:
            self.initial.setdefault("organisation", kept.get())
            self.fields["organisation"].empty_label = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None):
            self.add_error("latitude", _("经度和纬度请都填，或都不填。"))
        return cleaned

    @property
    def has_folded_error(self) -> bool:
        """Whether something is wrong among what would stand folded."""
        return any(name in self.errors for name in self.folded)

    def facts(self) -> dict[str, Any]:
        """What the action takes; call after ``is_valid()``."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class OfferForm(RowForm):
    """One offer."""

    folded = ("lot", "price", "excludes", "longitude", "latitude", "number", "note")
    tags = TagsField(label=_("标签"))
    conditions = TagsField(label=_("条件"), help_text=_("对使用方的要求，几条用“、”分开。"))
    quantity = QuantityField(label=_("数量"))
    lot = QuantityField(
        label=_("最小批量"),
        required=False,
        help_text=_("少于这个数量就不值得提供；不填按 1 计。"),
    )

    price = QuantityField(
        label=_("单价（元）"),
        required=False,
        min_value=0,
        help_text=_("每一计量单位多少元；不填即无偿。"),
    )

    class Meta:
        model = Offer
        fields = [
            "organisation",
            "title",
            "kind",
            "quantity",
            "unit",
            "tags",
            "renews",
            "windows",
            "place",
            "conditions",
            "lot",
            "price",
            "excludes",
            "longitude",
            "latitude",
            "number",
            "note",
        ]
        labels = {"title": _("资源名称")}
        help_texts = {"unit": _("例如 场、小时、个、元。")}
        widgets = {
            "note": forms.Textarea({"rows": 2}),
            "excludes": forms.SelectMultiple({"size": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(word.code, str(word)) for word in self.alliance.kind_words()]
        self.fields["kind"] = forms.ChoiceField(label=_("类别"), choices=[("", "—"), *words])
        self.fields["excludes"].queryset = _members(self.alliance)
        self.order_fields(self._meta.fields)

    def clean_lot(self) -> Decimal:
        return self.cleaned_data["lot"] or Decimal(1)

    def clean_price(self) -> Decimal:
        return self.cleaned_data["price"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lot, quantity = cleaned.get("lot"), cleaned.get("quantity")
        if lot and quantity and lot > quantity and self.data.get("lot"):
            self.add_error("lot", _("最小批量不能大于数量。"))
        return cleaned


class NeedForm(RowForm):
    """One need, apart from its components."""

    folded = (
        "times",
        "is_consecutive",
        "max_suppliers",
        "prefers",
        "rules_out",
        "refuses",
        "within_km",
        "longitude",
        "latitude",
        "number",
        "note",
    )
    refuses = TagsField(
        label=_("不接受条件"), help_text=_("不能接受的资源条件，例如 收费；用“、”分开。")
    )

    class Meta:
        model = Need
        fields = [
            "organisation",
            "title",
            "priority",
            "deadline",
            "windows",
            "place",
            "beneficiaries",
            "is_all_or_nothing",
            "times",
            "is_consecutive",
            "max_suppliers",
            "within_km",
            "prefers",
            "rules_out",
            "refuses",
            "longitude",
            "latitude",
            "number",
            "note",
        ]
        labels = {"title": _("需求名称")}
        help_texts = {
            "max_suppliers": _("最多由几家单位提供；不填即不限。"),
            "is_all_or_nothing": _("不勾选，则有一部分也好。"),
            "times": _("在几个不同的时段各满足一次，例如三个上午填 3；不填即 1。"),
            "within_km": _("资源离需求地点最远多少公里；不填即不限。"),
        }
        widgets = {
            "note": forms.Textarea({"rows": 2}),
            "deadline": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "prefers": forms.SelectMultiple({"size": 6}),
            "rules_out": forms.SelectMultiple({"size": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("prefers", "rules_out"):
            self.fields[name].queryset = _members(self.alliance)
        self.fields["beneficiaries"].required = False
        self.initial["beneficiaries"] = self.initial.get("beneficiaries") or None
        self.fields["times"].required = False
        self.fields["within_km"].min_value = 0
        self.fields["max_suppliers"].min_value = 1

    def clean_times(self) -> int:
        return self.cleaned_data["times"] or 1

    def clean_beneficiaries(self) -> int:
        return self.cleaned_data["beneficiaries"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        both = set(cleaned.get("prefers") or ()) & set(cleaned.get("rules_out") or ())
        if both:
            self.add_error("rules_out", _("优先单位不能同时是排除单位。"))
        return cleaned


class ComponentForm(forms.Form):
    """One component of a need; a row left empty is no component."""

    title = forms.CharField(label=_("组成"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("类别"))
    quantity = QuantityField(label=_("数量"))
    unit = forms.CharField(label=_("计量单位"), max_length=10, required=False)
    tags = TagsField(label=_("标签"), help_text="")

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(word.code, str(word)) for word in alliance.kind_words()]
        self.fields["kind"].choices = [("", "—"), *words]


class ComponentRows(forms.BaseFormSet):
    """The components; at least one. Every filled row counts, every empty one is ignored."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def clean(self) -> None:
        if not any(self.errors) and not self.facts():
            raise forms.ValidationError(_("请至少填写一项组成。"))

    def facts(self) -> list[ComponentFacts]:
        """The filled rows in their order."""
        return [ComponentFacts(**form.cleaned_data) for form in self.forms if form.has_changed()]

    def typed(self) -> list[dict[str, str]]:
        """What stands in the filled rows, right or wrong."""
        rows = [
            {name: self.data.get(form.add_prefix(name), "") for name in form.fields}
            for form in self.forms
        ]
        return [row for row in rows if any(row.values())]


def component_rows(
    alliance: Alliance, *, rows: Sequence[Mapping[str, Any]] = (), data: Any = None
) -> ComponentRows:
    """The formset: of what was sent, or showing ``rows`` and at least two empty ones."""
    factory = forms.formset_factory(
        ComponentForm,
        ComponentRows,
        extra=max(2, SHOWN_COMPONENTS - len(rows)),
        max_num=MOST_COMPONENTS,
        validate_max=True,
    )
    options = {"prefix": "parts", "form_kwargs": {"alliance": alliance}}
    filled = {"data": data} if data is not None else {"initial": rows}
    return cast(ComponentRows, factory(**filled, **options))


def components_of(need: Need) -> list[dict[str, Any]]:
    """The components as rows for ``component_rows``."""
    parts = need.components.all()
    return [{name: getattr(part, name) for name in ComponentForm.base_fields} for part in parts]


def _members(alliance: Alliance) -> QuerySet[Organisation]:
    current = members_of(alliance).order_by()
    return Organisation.objects.filter(pk__in=current.values("organisation"))
