"""The network of a project: tasks, the ways of doing them, and what waits for what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation, Seat
from binglian.domain.coupling.models import in_language


class Link(models.TextChoices):
    """Which ends a precedence ties: of the one before, then of the one after."""

    FINISH_START = "FS", _("完成后开始")
    START_START = "SS", _("开始后开始")
    FINISH_FINISH = "FF", _("完成后完成（可先行预审）")
    START_FINISH = "SF", _("开始后完成")


class Lag(models.TextChoices):
    """What lags are counted in."""

    WORKING = "working", _("工作日")
    ELAPSED = "elapsed", _("日历日")


class TaskQuerySet(models.QuerySet["Task"]):
    def standing(self) -> TaskQuerySet:
        """Those that belong to the network now."""
        return self.filter(dropped_on=None)


class Task(models.Model):
    """One piece of work of one organisation (任务); of no duration it is a milestone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("未开始")
        PREPARING = "preparing", _("预审中")
        RECEIVED = "received", _("已收件")
        CORRECTING = "correcting", _("补正中")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        UNDER_WAY = "under_way", _("办理中")
        STOPPED = "stopped", _("停时")
        PASSED = "passed", _("已办结")
        WITH_GAPS = "with_gaps", _("容缺办结")
        REFUSED = "refused", _("不予通过")
        WITHDRAWING = "withdrawing", _("撤件待批")
        WITHDRAWN = "withdrawn", _("已撤件")
        RECALLED = "recalled", _("已撤回")
        REVOKED = "revoked", _("已撤销")

    #: The result is there: what waits for it may go on.
    DONE = (State.PASSED, State.WITH_GAPS)
    #: Work has begun and takes its organisation's capacity.
    BEGUN = (State.UNDER_WAY, State.STOPPED, State.WITHDRAWING)
    #: It came to nothing and has to be done again.
    LOST = (
        State.NOT_ACCEPTED, State.REFUSED, State.WITHDRAWN, State.RECALLED, State.REVOKED
    )  # fmt: skip

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="tasks")
    number = models.CharField(_("序号"), max_length=20)
    title_zh = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    group = models.CharField(_("分组"), max_length=80, blank=True)
    item = models.ForeignKey(
        "projects.ApprovalItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("审批事项"),
    )
    # Unknown until somebody says who does it; such a task takes nobody's capacity.
    organisation = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("办理单位"),
    )
    stage = models.PositiveSmallIntegerField(_("阶段"), null=True, blank=True)
    is_counted = models.BooleanField(_("计入审批时限"), default=True)
    not_before_on = models.DateField(_("不早于"), null=True, blank=True)
    due_on = models.DateField(_("目标日期"), null=True, blank=True)
    deadline_on = models.DateField(_("最后期限"), null=True, blank=True)
    weight = models.FloatField(_("权重"), default=1.0)
    # Moved by hand on the plan page: from that day on, until the pin is taken out.
    pinned_on = models.DateField(_("人工排定"), null=True, blank=True)
    # The capability that is lacking, asked for on the list of needs.
    need = models.ForeignKey(
        "coupling.Need",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("需求"),
    )
    note = models.CharField(_("备注"), max_length=400, blank=True)
    # Taken out of the network, but still part of plan versions that are kept.
    dropped_on = models.DateField(_("删去日期"), null=True)
    # What the reports add up to.
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.WAITING)
    since_on = models.DateField(_("自"), null=True)
    # The way in which it is really done, once it has begun.
    mode = models.CharField(_("方式"), max_length=12, blank=True)
    started_on = models.DateField(_("实际开始"), null=True)
    finished_on = models.DateField(_("实际完成"), null=True)
    stopped_days = models.PositiveIntegerField(_("停时工作日"), default=0)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="task_number_once"),
            models.CheckConstraint(name="task_weight", condition=Q(weight__gte=0)),
            models.CheckConstraint(
                name="task_result_dated",
                condition=Q(
                    state__in=["passed", "with_gaps"],
                    started_on__isnull=False,
                    finished_on__isnull=False,
                )
                | ~Q(state__in=["passed", "with_gaps"]) & Q(finished_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def seat(self) -> Seat:
        """The seat of the organisation that does it; the owner's while nobody is named."""
        return self.project.alliance.seat_of(self.doer)

    @property
    def doer(self) -> Organisation:
        return self.organisation or self.project.owner

    @property
    def is_done(self) -> bool:
        return self.state in self.DONE

    @property
    def is_begun(self) -> bool:
        return self.state in self.BEGUN


class TaskMode(models.Model):
    """One way of doing a task (实施方式): how long it takes and how much capacity it uses."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("普通办理")
        COMMITMENT = "commitment", _("告知承诺")
        CONDITIONAL = "conditional", _("容缺受理")

    task = models.ForeignKey(Task, models.CASCADE, related_name="modes")
    kind = models.CharField(_("方式"), max_length=12, choices=Kind, default=Kind.ORDINARY)
    days = models.PositiveIntegerField(_("时长"), help_text=_("工作日；节点为 0"))
    demand = models.PositiveSmallIntegerField(_("占用容量"), default=1)

    class Meta:
        verbose_name = _("实施方式")
        ordering = ["task", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "kind"], name="task_mode_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Precedence(models.Model):
    """``after``'s end comes at least ``least``, at most ``most`` days after ``before``'s (前置)."""

    before = models.ForeignKey(Task, models.CASCADE, related_name="precedences_after")
    after = models.ForeignKey(Task, models.CASCADE, related_name="precedences_before")
    link = models.CharField(_("关系"), max_length=2, choices=Link, default=Link.FINISH_START)
    least = models.IntegerField(_("至少间隔"), default=0)
    most = models.IntegerField(_("至多间隔"), null=True, blank=True)
    lag = models.CharField(_("间隔单位"), max_length=8, choices=Lag, default=Lag.WORKING)

    class Meta:
        verbose_name = _("前后关系")
        ordering = ["after", "before"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "link"], name="precedence_once"),
            models.CheckConstraint(name="precedence_two_ends", condition=~Q(before=F("after"))),
            models.CheckConstraint(
                name="precedence_lags", condition=Q(most=None) | Q(most__gte=F("least"))
            ),
            models.CheckConstraint(  # working days are not counted backwards
                name="precedence_working_lag",
                condition=Q(lag="elapsed") | Q(least__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
