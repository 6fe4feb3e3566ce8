"""What people type about meetings, topics and minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.governance.models import Attendance, Meeting, MeetingRules, Topic
from binglian.web.alliance.forms.parts import day_input


class RulesForm(forms.ModelForm):
    """Cadence, lead times, and what one chair hands to the next."""

    months = forms.TypedMultipleChoiceField(
        label=_("哪几个月开会"),
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text=_("每月开会就全选"),
    )
    handover_lines = forms.CharField(
        label=_("轮值交接事项"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("每行一项；英文写在竖线“|”之后"),
    )

    class Meta:
        model = MeetingRules
        fields = [
            "months",
            "day",
            "begins_at",
            "minutes_long",
            "place",
            "topics_days",
            "agenda_days",
            "superiors_days",
        ]
        widgets = {"begins_at": forms.TimeInput({"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.instance.handover_words()
        lines = [" | ".join(filter(None, (word.zh, word.en))) for word in words]
        self.initial["handover_lines"] = "\n".join(lines)

    def facts(self) -> dict[str, Any]:
        """The new values for the action."""
        facts = dict(self.cleaned_data)
        lines = facts.pop("handover_lines").splitlines()
        pairs = [line.replace("｜", "|").partition("|") for line in lines if line.strip()]
        facts["handover"] = [{"zh": zh.strip(), "en": en.strip()} for zh, _bar, en in pairs]
        return facts


class MeetingForm(forms.Form):
    """When and where."""

    on = forms.DateField(label=_("日期"), widget=day_input())
    begins_at = forms.TimeField(
        label=_("开始时间"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes_long = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=600)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)

    @property
    def starts_at(self) -> datetime:
        day, begins_at = self.cleaned_data["on"], self.cleaned_data["begins_at"]
        return datetime.combine(day, begins_at, get_default_timezone())

    @staticmethod
    def values_of(starts_at: datetime | None, minutes_long: int, place: str) -> dict[str, Any]:
        local = localtime(starts_at) if starts_at else None
        return {
            "on": local.date() if local else None,
            "begins_at": local.time() if local else None,
            "minutes_long": minutes_long,
            "place": place,
        }


class WhyForm(forms.Form):
    """A reason others will read."""

    why = forms.CharField(label=_("原因"), max_length=200)


class ReplyForm(forms.Form):
    """Whether one organisation comes, and with how many."""

    reply = forms.ChoiceField(choices=Attendance.Reply.choices)
    expected = forms.IntegerField(
        label=_("参加人数"), min_value=0, max_value=99, required=False, initial=1
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def clean_expected(self) -> int:
        return self.cleaned_data["expected"] or 0


class TopicForm(forms.ModelForm):
    """A topic with its paper."""

    organisation = forms.ModelChoiceField(
        label=_("提出单位"), queryset=Organisation.objects.none(), empty_label=None
    )
    link = forms.URLField(label=_("材料链接"), required=False, assume_scheme="https")

    class Meta:
        model = Topic
        fields = ["organisation", "title", "paper", "link"]
        widgets = {"paper": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, own: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = own


class ResolutionForm(forms.Form):
    """Who does what, for whom, by when."""

    text = forms.CharField(label=_("议定什么"), max_length=200)
    owner = forms.ModelChoiceField(label=_("责任单位"), queryset=Organisation.objects.none())
    receiver = forms.ModelChoiceField(
        label=_("由谁评价"), queryset=Organisation.objects.none(), help_text=_("需要这件事的一方")
    )
    due_on = forms.DateField(label=_("完成期限"), widget=day_input())

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = admitted_organisations(alliance)
        self.fields["owner"].queryset = members
        self.fields["receiver"].queryset = members

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("owner") and facts.get("owner") == facts.get("receiver"):
            self.add_error("receiver", _("责任单位不能自己评价，请另选评价单位。"))
        return facts


class PresentForm(forms.Form):
    """How many came from each member; empty where nobody has counted."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.organisation_id: row for row in meeting.attendances.all()}
        for organisation in admitted_organisations(meeting.alliance):
            row = known.get(organisation.pk)
            self.fields[f"of_{organisation.pk}"] = forms.IntegerField(
                label=str(organisation),
                min_value=0,
                max_value=99,
                required=False,
                initial=row.present if row else None,
                help_text=row.get_reply_display() if row and row.reply else "",
            )

    def counted(self) -> dict[int, int | None]:
        """Organisation id → people; only what differs from what was stored."""
        return {
            int(name.removeprefix("of_")): self.cleaned_data[name] for name in self.changed_data
        }
