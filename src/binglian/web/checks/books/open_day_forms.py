"""What is typed about open days, and by those who come."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions.signing_up import KEPT_DAYS, MOST_PEOPLE
from binglian.domain.checks.models import OpenDay

from .forms import SiteForm, date_field

_CLOCK = {"type": "time"}


class OpenDayFacts(forms.Form):
    """When, where, for how many."""

    title_zh = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    on = date_field(_("日期"))
    starts = forms.TimeField(label=_("从"), widget=forms.TimeInput(_CLOCK))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput(_CLOCK))
    meet_at = forms.CharField(label=_("集合地点"), max_length=120)
    capacity = forms.IntegerField(label=_("名额（人）"), min_value=1, max_value=2000)
    notes = forms.CharField(
        label=_("看什么，注意什么"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    notes_en = forms.CharField(
        label=_("英文说明"), max_length=1500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        facts = dict(self.cleaned_data)
        day = facts.pop("on")
        facts["starts_at"] = _moment(day, facts.pop("starts"))
        facts["ends_at"] = _moment(day, facts.pop("ends"))
        return facts


class OpenDayForm(SiteForm, OpenDayFacts):
    """A new open day, at one of the sites the person keeps."""

    field_order = ("project",)


def facts_of(day: OpenDay) -> dict[str, Any]:
    """A day as the form shows it."""
    starts, ends = localtime(day.starts_at), localtime(day.ends_at)
    names = ("title_zh", "title_en", "meet_at", "capacity", "notes", "notes_en")
    return {name: getattr(day, name) for name in names} | {
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
    }


class RecordForm(forms.Form):
    """What was asked and answered on the day."""

    visitors = forms.IntegerField(label=_("到场人数"), min_value=0)
    record_zh = forms.CharField(
        label=_("现场问答记录"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("问了什么，谁答应了什么、什么时候办。会公开：不写姓名和电话"),
    )
    record_en = forms.CharField(
        label=_("英文问答记录"), max_length=6000, required=False, widget=forms.Textarea({"rows": 3})
    )


class SignUpForm(forms.Form):
    """Somebody without an account comes, with so many people; nobody asks for a name."""

    people = forms.TypedChoiceField(
        label=_("几个人来"),
        coerce=int,
        choices=[(number, number) for number in range(1, MOST_PEOPLE + 1)],
    )
    phone = forms.RegexField(
        r"^[0-9+\-() 转]{5,30}$",
        label=_("手机"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("电话只写数字，座机带区号。")},
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=120,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    has_agreed = forms.BooleanField(error_messages={"required": _("请先勾选同意。")})

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = gettext(
            "我同意%(alliance)s只为这次开放日的变动和取消使用我留下的联系方式：加密保存，每次查看留痕，"
            "开放日后 %(days)s 天自动删除；我随时可以用链接取消，取消即删除。"
        ) % {"alliance": alliance, "days": KEPT_DAYS}
        self.fields["has_agreed"].label = self.consent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("phone") and not cleaned.get("email") and not self.errors:
            self.add_error("phone", _("请留手机或邮箱，有变动好告诉您。"))
        return cleaned

    @property
    def contact(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("phone", "email")}


def _moment(day: date, clock: time) -> datetime:
    return make_aware(datetime.combine(day, clock))
