"""Public projects and how far they are."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import Project, Task
from binglian.domain.projects.queries import public_projects
from binglian.domain.publishing.columns import boolean, coded, day, free, integer, text
from binglian.domain.publishing.dataset import Dataset, Geometry, located, point

_STATES = [
    (state.value, state.label)
    for state in (Project.State.BASELINED, Project.State.RUNNING, Project.State.FINISHED)
]


def _rows(alliance: Alliance) -> QuerySet[Project]:
    standing = Q(tasks__in=Task.objects.standing())
    done = standing & Q(tasks__state__in=Task.DONE)
    return (
        public_projects()
        .filter(alliance=alliance)
        .annotate(
            task_count=Count("tasks", filter=standing), done_count=Count("tasks", filter=done)
        )
    )


def _of_plan(name: str) -> Any:
    """A fact of the plan worked by."""
    return lambda project: getattr(project.current, name, None)


def _place(project: Project) -> Geometry | None:
    return point(project.area.longitude, project.area.latitude) if project.area else None


PROJECTS = Dataset(
    name="projects",
    title=_("公开项目"),
    description=_("向公众公开的项目：建设单位、现行计划的起止、并联与串联工作日、任务完成数。"),
    theme="REGI",
    keywords=(_("城市更新"), _("项目"), _("并联审批")),
    rows=_rows,
    acts=("project.", "task.", "planning."),
    columns=(
        integer("id", _("项目号"), lambda project: project.pk),
        text("number", _("编号"), lambda project: project.number),
        free("title_zh", _("名称"), lambda project: project.title_zh),
        free("title_en", _("英文名称"), lambda project: project.title_en),
        text("kind", _("项目类型代码"), lambda project: project.kind),
        text("kind_zh", _("项目类型"), lambda project: project.kind_label),
        coded("state", _("状态"), lambda project: project.state, lambda: _STATES),
        integer("owner_id", _("建设单位号"), lambda project: project.owner_id),
        text("owner", _("建设单位"), lambda project: project.owner.name),
        text("area", _("片区"), lambda project: project.area and project.area.name),
        free("place", _("地点"), lambda project: project.place),
        day("due_on", _("目标日期"), lambda project: project.due_on),
        day("finished_on", _("完成日期"), lambda project: project.finished_on),
        integer("plan_number", _("现行计划版本"), _of_plan("number")),
        day("planned_start_on", _("计划开始"), _of_plan("starts_on")),
        day("planned_finish_on", _("计划完成"), _of_plan("finish_on")),
        integer("working_days", _("并联工作日"), _of_plan("working_days")),
        integer("serial_days", _("串联工作日"), _of_plan("serial_days")),
        boolean("is_shortest", _("已证明最短"), _of_plan("is_shortest")),
        integer("task_count", _("任务数"), lambda project: project.task_count),
        integer("done_count", _("已完成任务数"), lambda project: project.done_count),
        *located(_place),
    ),
    geometry=_place,
    filters={"state": "state", "owner_id": "owner"},
)
