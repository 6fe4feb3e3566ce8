"""The plans worked by, task by task."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import PlannedTask, Task
from binglian.domain.projects.queries import public_projects
from binglian.domain.publishing.columns import boolean, coded, day, free, integer, text
from binglian.domain.publishing.dataset import Dataset


def _rows(alliance: Alliance) -> QuerySet[PlannedTask]:
    shown = public_projects().filter(alliance=alliance)
    rows = PlannedTask.objects.filter(plan__project__in=shown.order_by().values("pk"))
    rows = rows.filter(plan=F("plan__project__current"))
    return rows.select_related("plan", "task__organisation", "task__project__owner", "task__item")


PLANS = Dataset(
    name="plans",
    title=_("公开项目的现行计划"),
    description=_("每个公开项目现行计划的每项任务：由谁办、计划起止、是否关键、时差和目前状态。"),
    theme="REGI",
    keywords=(_("并联计划"), _("审批"), _("城市更新")),
    rows=_rows,
    acts=("project.", "task.", "planning."),
    columns=(
        integer("id", _("行号"), lambda row: row.pk),
        integer("project_id", _("项目号"), lambda row: row.plan.project_id),
        integer("plan_number", _("计划版本"), lambda row: row.plan.number),
        integer("task_id", _("任务号"), lambda row: row.task_id),
        free("task", _("任务"), lambda row: str(row.task)),
        text("organisation", _("办理单位"), lambda row: row.task.doer and row.task.doer.name),
        coded("state", _("状态"), lambda row: row.task.state, lambda: Task.State.choices),
        day("starts_on", _("计划开始"), lambda row: row.starts_on),
        day("finishes_on", _("计划完成"), lambda row: row.finishes_on),
        integer("working_days", _("工作日"), lambda row: row.days),
        boolean("is_critical", _("关键"), lambda row: row.is_critical),
        integer("float_days", _("总时差"), lambda row: row.float_days),
        day("started_on", _("实际开始"), lambda row: row.task.started_on),
        day("finished_on", _("实际完成"), lambda row: row.task.finished_on),
    ),
    filters={"project_id": "plan__project"},
)
