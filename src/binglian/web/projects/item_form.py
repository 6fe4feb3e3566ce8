"""What the secretariat types about an approval item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.projects.actions import LinkFacts
from binglian.domain.projects.models import ApprovalItem
from binglian.domain.projects.words import FEATURES, KINDS, OFFICES

_NAMES = (
    "code", "title_zh", "title_en", "office", "organisation", "stage", "statutory_days",
    "pledged_days", "commitment_days", "conditional_days", "is_counted", "validity_days",
    "kinds", "applies_when", "papers", "basis_zh", "basis_en", "is_active",
)  # fmt: skip


def offices_and_members(alliance: Alliance) -> QuerySet[Organisation]:
    """Whoever may do a task here: members, and offices the catalogue names."""
    offices = alliance.approval_items.exclude(organisation=None).values("organisation")
    named = Organisation.objects.filter(pk__in=offices)
    return (admitted_organisations(alliance) | named).distinct()


class PapersField(forms.CharField):
    """One paper a line; cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _days(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, **options)


def _checks(label: Any, words: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        help_text=hint,
        choices=[(word.code, word) for word in words],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )


class ItemForm(forms.Form):
    """An item, and what it waits for."""

    code = forms.CharField(label=_("编码"), max_length=20)
    title_zh = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    office = forms.ChoiceField(label=_("办理部门"), choices=[(w.code, w) for w in OFFICES])
    organisation = forms.ModelChoiceField(
        label=_("办理单位"), required=False, queryset=Organisation.objects.none()
    )
    stage = forms.TypedChoiceField(label=_("阶段"), coerce=int, choices=ApprovalItem.Stage.choices)
    statutory_days = _days(_("法定时限"), help_text=_("工作日；节点为 0"))
    pledged_days = _days(_("承诺时限"), help_text=_("工作日"))
    commitment_days = _days(_("告知承诺时限"), required=False, help_text=_("不适用则留空"))
    conditional_days = _days(_("容缺受理时限"), required=False, help_text=_("不适用则留空"))
    is_counted = forms.BooleanField(
        label=_("计入审批时限"), required=False, help_text=_("公示、招标、听证、专家评审期间停时")
    )
    validity_days = _days(
        _("有效期（天）"), required=False, help_text=_("逾期未用即失效；长期有效则留空")
    )
    kinds = _checks(_("适用项目类型"), KINDS)
    applies_when = _checks(_("适用情形"), FEATURES, _("都不勾即这类项目都要办"))
    after = forms.ModelMultipleChoiceField(
        label=_("前置事项"),
        required=False,
        queryset=ApprovalItem.objects.none(),
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )
    papers = PapersField(
        label=_("申请材料"),
        required=False,
        help_text=_("一行一份"),
        widget=forms.Textarea({"rows": 4}),
    )
    basis_zh = forms.CharField(label=_("依据"), max_length=400, required=False)
    basis_en = forms.CharField(label=_("英文依据"), max_length=400, required=False)
    is_active = forms.BooleanField(label=_("启用"), required=False, initial=True)

    def __init__(self, typed: Any, alliance: Alliance, item: ApprovalItem | None) -> None:
        initial: dict[str, Any] = {"is_counted": True}
        self.kept: dict[str, LinkFacts] = {}
        others = alliance.approval_items.all()
        if item:
            initial = {name: getattr(item, name) for name in _NAMES}
            links = list(item.links_before.select_related("before"))
            self.kept = {
                link.before.code: LinkFacts(
                    link.before.code, link.link, link.least, link.most, link.lag
                )
                for link in links
            }
            initial["after"] = [link.before_id for link in links]
            others = others.exclude(pk=item.pk)
        super().__init__(typed, initial=initial)
        self.fields["after"].queryset = others
        self.fields["organisation"].queryset = offices_and_members(alliance)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in _NAMES}

    @property
    def links(self) -> list[LinkFacts]:
        """What it waits for; ties that stay keep their kind and their lags."""
        return [self.kept.get(one.code, LinkFacts(one.code)) for one in self.cleaned_data["after"]]
