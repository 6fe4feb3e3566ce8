"""What people type about projects and their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.projects.actions import ModeFacts
from binglian.domain.projects.models import (
    Lag,
    Link,
    Project,
    Report,
    Task,
    TaskMode,
    Template,
)
from binglian.domain.projects.states import USUAL, possible_events
from binglian.domain.projects.words import FEATURES, KINDS
from binglian.web.alliance.forms.parts import day_input

from .item_form import offices_and_members


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), **options)


class KindForm(forms.Form):
    """What a project is: enough to say which approvals it needs."""

    kind = forms.ChoiceField(label=_("项目类型"), choices=[(w.code, w) for w in KINDS])
    features = forms.MultipleChoiceField(
        label=_("项目情形"),
        required=False,
        choices=[(w.code, w) for w in FEATURES],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )


class ProjectForm(KindForm):
    """All that is said of a project."""

    template = forms.ModelChoiceField(
        label=_("任务从哪里来"),
        required=False,
        queryset=Template.objects.none(),
        empty_label=_("按审批事项目录生成"),
    )
    title_zh = forms.CharField(label=_("名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    owner = forms.ModelChoiceField(label=_("建设单位"), queryset=Organisation.objects.none())
    partners = forms.ModelMultipleChoiceField(
        label=_("参与单位"),
        required=False,
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    description = forms.CharField(
        label=_("简介"), required=False, widget=forms.Textarea({"rows": 3})
    )
    starts_on = day_field(_("开始日期"))
    due_on = day_field(_("目标日期"), required=False)
    deadline_on = day_field(
        _("最后期限"), required=False, help_text=_("绝不能晚于的一天；没有就不填")
    )
    is_public = forms.BooleanField(label=_("向公众公开计划和进展"), required=False)

    def __init__(
        self, typed: Any, alliance: Alliance, owners: Any, *, project: Project | None = None
    ) -> None:
        super().__init__(typed, initial=_initial(project) if project else {"starts_on": today()})
        self.fields["owner"].queryset = owners
        self.fields["template"].queryset = alliance.project_templates.all()
        self.fields["partners"].queryset = admitted_organisations(alliance)
        if project or not alliance.project_templates.exists():
            del self.fields["template"]
        if project:
            del self.fields["owner"]
        elif owners.count() == 1:
            self.fields["owner"].initial = owners.first()

    def basics(self) -> Iterator[forms.BoundField]:
        """Fields beside those that say which approvals are needed."""
        return (field for field in self if field.name not in (*KindForm.base_fields, "template"))


def _initial(project: Project) -> dict[str, Any]:
    names = ("title_zh", "title_en", "kind", "features", "place", "description")
    days = ("starts_on", "due_on", "deadline_on", "is_public")
    own = {name: getattr(project, name) for name in (*names, *days)}
    return own | {"partners": project.partners.all()}


class ReportForm(forms.Form):
    """What happened to a task, and on which day."""

    event = forms.ChoiceField(label=_("进展"))
    on = day_field(_("日期"))
    mode = forms.ChoiceField(label=_("方式"), required=False)
    note = forms.CharField(
        label=_("说明"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("补正、容缺、不予通过时请写明缺什么、为什么"),
    )

    def __init__(self, typed: Any, task: Task) -> None:
        events = possible_events(task)
        usual = next((event for event in USUAL if event in events), None)
        super().__init__(typed, initial={"on": today(), "event": usual})
        self.fields["event"].choices = [(one.value, one.label) for one in events]
        modes = list(task.modes.all())
        if len(modes) > 1 and Report.Event.ACCEPTED in events:
            self.fields["mode"].choices = [(one.kind, one.get_kind_display()) for one in modes]
        else:
            del self.fields["mode"]


class TaskForm(forms.Form):
    """A task of the network; days are working days."""

    number = forms.CharField(
        label=_("序号"), max_length=20, required=False, help_text=_("不填则接着编")
    )
    title_zh = forms.CharField(label=_("名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    organisation = forms.ModelChoiceField(
        label=_("办理单位"), required=False, queryset=Organisation.objects.none()
    )
    ordinary = forms.IntegerField(
        label=_("普通办理"), min_value=0, max_value=9999, help_text=_("工作日；节点为 0")
    )
    commitment = forms.IntegerField(
        label=_("告知承诺"), min_value=0, max_value=9999, required=False
    )
    conditional = forms.IntegerField(
        label=_("容缺受理"), min_value=0, max_value=9999, required=False
    )
    is_counted = forms.BooleanField(
        label=_("计入审批时限"), required=False, initial=True, help_text=_("公示、招标等停时不计入")
    )
    not_before_on = day_field(_("不早于"), required=False)
    due_on = day_field(_("目标日期"), required=False)
    deadline_on = day_field(_("最后期限"), required=False)
    note = forms.CharField(label=_("备注"), max_length=400, required=False)

    def __init__(self, typed: Any, project: Project, task: Task | None = None) -> None:
        super().__init__(typed, initial=_task_initial(task) if task else {})
        self.fields["organisation"].queryset = offices_and_members(project.alliance)

    @property
    def modes(self) -> list[ModeFacts]:
        kinds = [kind.value for kind in TaskMode.Kind]
        return [
            ModeFacts(days=self.cleaned_data[kind], kind=kind)
            for kind in kinds
            if self.cleaned_data[kind] is not None
        ]

    @property
    def facts(self) -> dict[str, Any]:
        kinds = {kind.value for kind in TaskMode.Kind}
        return {name: value for name, value in self.cleaned_data.items() if name not in kinds}


def _task_initial(task: Task) -> dict[str, Any]:
    names = ("number", "title_zh", "title_en", "organisation", "is_counted", "not_before_on")
    own = {name: getattr(task, name) for name in (*names, "due_on", "deadline_on", "note")}
    return own | {mode.kind: mode.days for mode in task.modes.all()}


class PrecedenceForm(forms.Form):
    """What a task waits for."""

    before = forms.ModelChoiceField(label=_("前置事项"), queryset=Task.objects.none())
    link = forms.ChoiceField(label=_("关系"), choices=Link.choices)
    least = forms.IntegerField(label=_("至少间隔"), initial=0, min_value=-999, max_value=9999)
    lag = forms.ChoiceField(label=_("间隔单位"), choices=Lag.choices)

    def __init__(self, typed: Any, task: Task) -> None:
        super().__init__(typed)
        others = Task.objects.standing().filter(project=task.project).exclude(pk=task.pk)
        self.fields["before"].queryset = others


class RunForm(forms.Form):
    """How long a plan is looked for, and what it aims at."""

    aim = forms.ChoiceField(choices=[("shortest", ""), ("least_change", "")], required=False)
    why = forms.CharField(max_length=200, required=False)
    seconds = forms.IntegerField(min_value=1, max_value=600, required=False)
