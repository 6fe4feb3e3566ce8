"""Plans: asked for, worked out, kept in every version."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import Computation, in_language

from .tasks import Task, TaskMode


class PlanningRun(Computation):
    """One computation of plans (计划运算), of one project or of all open ones of an alliance."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("运算中")
        READY = "ready", _("已算出")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("未能完成")

    class Aim(models.TextChoices):
        SHORTEST = "shortest", _("尽早完成")
        LEAST_CHANGE = "least_change", _("尽量少改动")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="planning_runs")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="runs"
    )
    aim = models.CharField(_("目标"), max_length=12, choices=Aim, default=Aim.SHORTEST)
    why = models.CharField(_("缘由"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    # The best finish found so far and the earliest possible, while it runs.
    finish_on = models.DateField(_("完成日期"), null=True)
    bound_on = models.DateField(_("最早可能"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    failure = models.CharField(_("原因"), max_length=600, blank=True)
    failure_en = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = _("计划运算")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(state__in=["queued", "running"]),
                name="one_planning_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.project or self.alliance)

    @property
    def address(self) -> str:
        return f"/a/{self.alliance.slug}/projects/runs/{self.pk}/"

    @property
    def why_not(self) -> str:
        """Why there is no plan, in a sentence."""
        return str(_WHY_NOT.get(self.failure) or in_language(self.failure, self.failure_en))


_WHY_NOT = {
    "infeasible": _("没有一个计划能同时满足全部前后关系、容量和日期，请放宽其中一项。"),
    "unknown": _("在时限内没有找到计划，请延长时限再试。"),
    "stopped": _("运算在找到计划前停止。"),
}


class Plan(models.Model):
    """One version of a project's plan (计划); none is ever changed or thrown away."""

    class Origin(models.TextChoices):
        COMPUTED = "computed", _("运算")
        REPLANNED = "replanned", _("重排")
        BY_HAND = "by_hand", _("人工调整")
        IMPORTED = "imported", _("导入")
        WHAT_IF = "what_if", _("假如方案")

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField(_("版本"))
    origin = models.CharField(_("来源"), max_length=10, choices=Origin)
    run = models.ForeignKey(PlanningRun, models.PROTECT, null=True, related_name="plans")
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("形成时间"), auto_now_add=True)
    why = models.CharField(_("缘由"), max_length=200, blank=True)
    starts_on = models.DateField(_("开始日期"))
    finish_on = models.DateField(_("完成日期"))
    # No plan that keeps all rules ends sooner.
    bound_on = models.DateField(_("最早可能"), null=True)
    status = models.CharField(_("求解状态"), max_length=12)
    # In working days: all tasks one after another; this plan; both without stopped clocks.
    serial_days = models.PositiveIntegerField(_("串联工作日"))
    working_days = models.PositiveIntegerField(_("并联工作日"))
    counted_serial_days = models.PositiveIntegerField(_("串联计时工作日"))
    counted_days = models.PositiveIntegerField(_("并联计时工作日"))
    # From the first day to the last, days off included.
    elapsed_days = models.PositiveIntegerField(_("日历日"))
    # Days beyond hard deadlines, and beyond target days.
    overrun_days = models.PositiveIntegerField(_("超出最后期限"), default=0)
    late_days = models.PositiveIntegerField(_("晚于目标日期"), default=0)
    # It reaches into years whose days off are not announced yet.
    is_provisional = models.BooleanField(_("日历未定"), default=False)
    # [{"zh": …, "en": …}]: what would shorten it, which capacity is scarce.
    findings = models.JSONField(_("说明"), default=list, blank=True)

    class Meta:
        verbose_name = _("计划")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="plan_number_once")
        ]

    def __str__(self) -> str:
        return str(_("第 %(number)s 版") % {"number": self.number})

    @property
    def is_shortest(self) -> bool:
        """Whether it is proven that no plan ends sooner."""
        return self.bound_on is not None and self.finish_on <= self.bound_on

    @property
    def counts_actual_days(self) -> bool:
        """Whether what has begun took other than foreseen, which its sums of days then count."""
        is_other = Q(task__modes__days__lt=F("days")) | Q(task__modes__days__gt=F("days"))
        begun = self.rows.filter(task__started_on__isnull=False)
        return begun.filter(is_other, task__modes__kind=F("mode")).exists()

    @property
    def finding_lines(self) -> list[str]:
        return [in_language(line["zh"], line["en"]) for line in self.findings]


class PlannedTask(models.Model):
    """When one task is done in one plan (计划任务)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rows")
    task = models.ForeignKey(Task, models.PROTECT, related_name="planned")
    mode = models.CharField(
        _("方式"), max_length=12, choices=TaskMode.Kind, default=TaskMode.Kind.ORDINARY
    )
    days = models.PositiveIntegerField(_("时长"))
    # First and last day of work; a milestone lies at the end of ``finishes_on``, the day before.
    starts_on = models.DateField(_("开始"))
    finishes_on = models.DateField(_("完成"))
    is_critical = models.BooleanField(_("关键"), default=False)
    # Working days by which it can come later without moving the end of the project.
    float_days = models.PositiveIntegerField(_("总时差"), default=0)
    reason_zh = models.CharField(_("为何此时"), max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("计划任务")
        ordering = ["starts_on", "task_id"]
        constraints = [models.UniqueConstraint(fields=["plan", "task"], name="planned_once")]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)

    @property
    def is_milestone(self) -> bool:
        return self.days == 0

    @property
    def on(self) -> date:
        """The day by which it is done."""
        return self.finishes_on


class WhatIf(models.Model):
    """An answer to «what if» about a project, kept to be compared (假如计划)."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="what_ifs")
    title = models.CharField(_("标题"), max_length=80)
    # In the form of engine_adapter.Changes.as_json().
    changes = models.JSONField(_("改动"))
    # In the form of engine_adapter.Comparison.as_json().
    answer = models.JSONField(_("结果"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("假如计划")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
