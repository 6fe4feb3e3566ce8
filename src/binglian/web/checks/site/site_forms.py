"""What is typed about units, teams and days: counts, never names of persons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.checks.models import SiteUnit, Team
from binglian.domain.projects.models import Project
from binglian.web.matters.public_forms import PhotosField


class UnitForm(forms.Form):
    """Which member builds in which part."""

    organisation = forms.ModelChoiceField(
        label=_("单位"),
        queryset=Organisation.objects.none(),
        help_text=_("只列本联盟成员；不在里面的，请先邀请它加入"),
    )
    role = forms.ChoiceField(label=_("身份"), choices=SiteUnit.Role.choices)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = admitted_organisations(alliance).order_by("name")


class TeamForm(forms.Form):
    """A team of one unit of the site."""

    organisation = forms.ModelChoiceField(
        label=_("所属单位"),
        queryset=Organisation.objects.none(),
        help_text=_("建设单位和已登记的参建单位"),
    )
    name = forms.CharField(label=_("队名"), max_length=60)
    headcount = forms.IntegerField(label=_("人数"), min_value=1, max_value=5000)
    task = forms.CharField(label=_("任务"), max_length=200, help_text=_("写做什么，不写人名"))
    flag = forms.ChoiceField(
        label=_("旗帜"),
        choices=Team.Flag.choices,
        help_text=_("开工时挂的旗是“创建中”；评上以后再登记授予"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_site = project.units.values_list("organisation", flat=True)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            pk__in=[project.owner_id, *on_site]
        ).order_by("name")


class AccidentForm(forms.Form):
    """What happened and when; nobody's name."""

    on = forms.DateField(
        label=_("发生日期"), initial=today, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    what = forms.CharField(
        label=_("发生了什么"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("写事，不写伤者姓名和身体情况"),
    )


class DayForm(forms.Form):
    """One day of one team, in four answers; ``key`` is made when the form is opened."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(
        label=_("日期"),
        initial=today,
        # A page kept on the phone says the day on which it is opened, not that on which it was.
        widget=forms.DateInput({"type": "date", "data-days-ahead": 0}, "%Y-%m-%d"),
    )
    headcount = forms.IntegerField(label=_("到场人数"), min_value=0, max_value=5000)
    trained = forms.IntegerField(label=_("其中已受安全教育的人数"), min_value=0, max_value=5000)
    owes_wages = forms.ChoiceField(
        label=_("有没有拖欠工资？"),
        choices=[("", _("请选择")), ("no", _("没有拖欠")), ("yes", _("有拖欠"))],
    )
    board = PhotosField(label=_("维权告示牌照片"), required=False)

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        facts = dict(self.cleaned_data)
        photos = facts.pop("board")
        return facts | {
            "owes_wages": facts["owes_wages"] == "yes",
            "board": photos[0] if photos else None,
        }

    def clean_board(self) -> list[Any]:
        photos = self.cleaned_data["board"]
        if len(photos) > 1:
            raise forms.ValidationError(_("告示牌只留一张照片。"))
        return photos
