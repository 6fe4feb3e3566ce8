"""What is typed about findings: in the field on a phone, and at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import (
    Checklist,
    ChecklistItem,
    Family,
    Finding,
    Inspection,
    Observation,
    SitePlan,
)
from binglian.domain.projects.models import Project, Task
from binglian.web.matters.forms.part import radio
from binglian.web.matters.public_forms import PhotosField

#: Days to put right, proposed by grade.
PROPOSED_DAYS = 3


def _date_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class FindingForm(forms.Form):
    """A finding as it is filed in the field; ``key`` is made when the form is opened."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    # When it was seen: a form filed without a network says it, one sent at once need not.
    found_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    inspection = forms.ModelChoiceField(
        queryset=Inspection.objects.none(), required=False, widget=forms.HiddenInput
    )
    observation = forms.ModelChoiceField(
        queryset=Observation.objects.none(), required=False, widget=forms.HiddenInput
    )
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    plan = forms.ModelChoiceField(
        queryset=SitePlan.objects.none(), required=False, widget=forms.HiddenInput
    )
    plan_x = forms.FloatField(required=False, widget=forms.HiddenInput)
    plan_y = forms.FloatField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(
        label=_("什么问题？"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    place = forms.CharField(
        label=_("部位"),
        max_length=120,
        widget=forms.TextInput({"placeholder": _("楼层、轴线、图上的位置")}),
    )
    photos = PhotosField(label=_("照片"), required=False)
    grade = forms.ChoiceField(
        label=_("等级"),
        choices=Finding.Grade.choices,
        initial="general",
        widget=radio(),
    )
    family = forms.ChoiceField(label=_("类别"), choices=Family.choices, initial="safety")
    item = forms.ModelChoiceField(
        label=_("不符合哪一条要求"),
        queryset=ChecklistItem.objects.none(),
        required=False,
        empty_label=_("表里没有"),
    )
    standard = forms.CharField(
        label=_("整改到什么标准"),
        max_length=300,
        required=False,
        help_text=_("选了上面的要求就不用写"),
    )
    organisation = forms.ModelChoiceField(label=_("谁来整改"), queryset=Organisation.objects.none())
    due_on = forms.DateField(
        label=_("整改期限"),
        widget=forms.DateInput({"type": "date", "data-days-ahead": PROPOSED_DAYS}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_site = project.units.values_list("organisation", flat=True)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            pk__in=[project.owner_id, *on_site]
        ).order_by("name")
        self.fields["inspection"].queryset = project.inspections.all()
        # A plan replaced while the form waited for a network is still the one that was tapped.
        self.fields["plan"].queryset = project.site_plans.defer("image")
        self.fields["observation"].queryset = project.observations.all()
        standing = Checklist.objects.filter(alliance=project.alliance, replaced_at=None)
        items = ChecklistItem.objects.filter(checklist__in=standing).select_related("checklist")
        field = self.fields["item"]
        field.queryset = items
        field.label_from_instance = lambda item: f"{item.checklist} · {item}"
        self.initial.setdefault("due_on", today() + timedelta(days=PROPOSED_DAYS))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("standard") and not cleaned.get("item") and not self.errors:
            self.add_error("standard", _("请写明要达到的标准。"))
        if item := cleaned.get("item"):
            cleaned["family"] = item.checklist.family
        return cleaned

    def facts(self) -> FindingFacts:
        cleaned = dict(self.cleaned_data)
        cleaned.pop("key")
        found_at: datetime | None = cleaned.pop("found_at")
        # A phone's clock may run ahead of ours.
        at = min(found_at or now(), now())
        photos = tuple(cleaned.pop("photos"))
        return FindingFacts(**cleaned, found_at=at, photos=photos)


class ActForm(forms.Form):
    """What an act on a finding needs; each act takes the fields it names."""

    words = forms.CharField(max_length=500, widget=forms.Textarea({"rows": 3}))
    due_on = forms.DateField(
        label=_("新的整改期限"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    post = forms.CharField(
        label=_("责任岗位"), max_length=60, help_text=_("如“项目安全负责人”，不写姓名")
    )
    duty = forms.CharField(label=_("责任"), max_length=200)
    measure = forms.CharField(label=_("措施"), max_length=500, widget=forms.Textarea({"rows": 3}))
    scope = forms.CharField(label=_("停工范围"), max_length=200)
    tasks = forms.ModelMultipleChoiceField(
        label=_("停哪些任务"),
        queryset=Task.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一项也不选，就是整个工地停工；审批照常"),
    )
    photos = PhotosField(label=_("照片"), required=False)

    def __init__(
        self,
        *args: Any,
        finding: Finding,
        wanted: tuple[str, ...],
        words: Any = "",
        may_skip_words: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in wanted:
                del self.fields[name]
        if "words" in self.fields:
            self.fields["words"].label = words
            self.fields["words"].required = not may_skip_words
        if "tasks" in self.fields:
            standing = finding.project.tasks.standing().filter(item=None)
            self.fields["tasks"].queryset = standing
        for name in ("post", "duty", "measure"):
            if name in self.fields:
                self.initial.setdefault(name, getattr(finding, name))
        self.initial.setdefault("due_on", today() + timedelta(days=PROPOSED_DAYS))
