"""Offers, needs, coupling runs, and the commitments that come of them."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, Seat
from binglian.domain.alliance.names import search_text


def in_language(zh: str, en: str) -> str:
    """Whichever text the reader's language asks for."""
    return en if (get_language() or "").startswith("en") and en else zh


class ListRow(models.Model):
    """What an offer and a need have in common."""

    alliance: Alliance
    organisation: Organisation

    class State(models.TextChoices):
        OPEN = "open", _("有效")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=30)
    title = models.CharField(_("名称"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    # [] means at any time; the form of one entry is sheets.cells.TimeWindow.as_json().
    windows = models.JSONField(_("时间段"), default=list, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def seat(self) -> Seat:
        return self.alliance.seat_of(self.organisation)


class Offer(ListRow):
    """Something an organisation can give to others (资源)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="offers", verbose_name=_("单位")
    )
    kind = models.CharField(_("类别"), max_length=20)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("计量单位"), max_length=16, blank=True)
    lot = models.DecimalField(
        _("最小批量"),
        default=Decimal(1),
        help_text=_("少于这个数量就不值得提供"),
        max_digits=14,
        decimal_places=2,
    )
    renews = models.BooleanField(
        _("可重复使用"), default=False, help_text=_("每个时段都有这么多，例如一间会议室、一支队伍")
    )
    price = models.DecimalField(
        _("单价（元）"),
        default=Decimal(0),
        help_text=_("每一计量单位多少元；0 为无偿"),
        max_digits=12,
        decimal_places=2,
    )
    conditions = models.JSONField(_("条件"), default=list, blank=True)
    excludes = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("不提供给")
    )

    class Meta:
        verbose_name = _("资源")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="offer_number_once"),
            models.CheckConstraint(
                name="offer_quantities", condition=Q(quantity__gte=0, lot__gt=0)
            ),
            models.CheckConstraint(name="offer_price", condition=Q(price__gte=0)),
        ]

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(
            self.title, self.number, self.place, self.note, *self.tags, *self.conditions
        )
        super().save(*args, **kwargs)


class Need(ListRow):
    """Something an organisation wants (需求), made of one or more components."""

    class Priority(models.TextChoices):
        URGENT = "urgent", _("紧急")
        IMPORTANT = "important", _("重要")
        ORDINARY = "ordinary", _("一般")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="needs")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="needs", verbose_name=_("单位")
    )
    priority = models.CharField(
        _("优先级"), max_length=10, choices=Priority, default=Priority.ORDINARY
    )
    deadline = models.DateField(_("截止日期"), null=True, blank=True)
    beneficiaries = models.PositiveIntegerField(_("受益人数"), default=0)
    is_all_or_nothing = models.BooleanField(_("须全部满足"), default=True)
    times = models.PositiveSmallIntegerField(
        _("次数"), default=1, help_text=_("在几个不同的时段各满足一次")
    )
    is_consecutive = models.BooleanField(
        _("须连续"), default=False, help_text=_("几次须落在相接的时段")
    )
    max_suppliers = models.PositiveSmallIntegerField(_("最多供方数"), null=True, blank=True)
    within_km = models.FloatField(_("服务半径（公里）"), null=True, blank=True)
    prefers = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("优先单位")
    )
    rules_out = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("排除单位")
    )
    refuses = models.JSONField(_("不接受条件"), default=list, blank=True)

    class Meta:
        verbose_name = _("需求")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="need_number_once"),
            models.CheckConstraint(
                name="need_supplier_limit",
                condition=Q(max_suppliers=None) | Q(max_suppliers__gte=1),
            ),
            models.CheckConstraint(name="need_times", condition=Q(times__gte=1)),
        ]

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.title, self.number, self.place, self.note)
        super().save(*args, **kwargs)

    @property
    def is_bundle(self) -> bool:
        return len(self.components.all()) > 1


class Component(models.Model):
    """One part of a need that must come with the others."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("组成"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=20)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("计量单位"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("需求组成")
        ordering = ["need", "position"]
        constraints = [
            models.UniqueConstraint(fields=["need", "position"], name="component_position_once"),
            models.CheckConstraint(name="component_quantity", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title or self.need.title


class CouplingRun(models.Model):
    """One computation over both lists (耦合运算); people decide what becomes of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("运算中")
        PROPOSED = "proposed", _("待审定")
        PUBLISHED = "published", _("已公布")
        SUPERSEDED = "superseded", _("已被新结果替代")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("未能完成")

    class Round(models.TextChoices):
        ANNUAL = "annual", _("年度")
        MONTHLY = "monthly", _("月度")
        URGENT = "urgent", _("应急")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="runs")
    round = models.CharField(_("轮次"), max_length=8, choices=Round, default=Round.MONTHLY)
    # 2026, 2026-03 or 2026-03-05, after the round.
    period = models.CharField(_("所属期"), max_length=10, blank=True)
    # Of an urgent run: the needs it is for; empty means every urgent one.
    chosen = models.ManyToManyField(Need, blank=True, related_name="+", verbose_name=_("需求"))
    number = models.PositiveIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=80)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    seconds = models.PositiveSmallIntegerField(_("时限（秒）"), default=10)
    seed = models.PositiveIntegerField(_("种子"), default=0)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    # The worker's sign of life; a run whose heart stopped is taken up again.
    heartbeat_at = models.DateTimeField(null=True)
    progress = models.FloatField(_("进度"), default=0)
    is_cancel_asked = models.BooleanField(default=False)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    published_at = models.DateTimeField(_("公布时间"), null=True)
    failure = models.CharField(_("原因"), max_length=400, blank=True)
    status = models.CharField(_("求解状态"), max_length=12, blank=True)
    objective = models.FloatField(_("目标值"), null=True)
    bound = models.FloatField(_("上界"), null=True)
    solved_seconds = models.FloatField(_("用时（秒）"), null=True)
    offer_count = models.PositiveIntegerField(_("资源数"), default=0)
    need_count = models.PositiveIntegerField(_("需求数"), default=0)
    met_count = models.PositiveIntegerField(_("满足需求数"), default=0)
    # The leads' factors the run was worked out with; {} leaves every need its own weight.
    weights = models.JSONField(_("政策权重"), default=dict, blank=True)
    # What one more offer would help most: [{"zh": …, "en": …}], the best first.
    wishes = models.JSONField(_("再有一项资源最有帮助"), default=list, blank=True)
    # Of the matches: reuse, by_leads and by_others (engine_adapter.Figures).
    figures = models.JSONField(_("指标"), default=dict, blank=True)
    # The multiplier effect (engine_adapter.multiplier_of); None where they were not worked out.
    multiplier = models.JSONField(_("乘数效应"), null=True, blank=True)

    class Meta:
        verbose_name = _("耦合运算")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="run_number_once"),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(state__in=["queued", "running"]),
                name="one_run_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def gap(self) -> float | None:
        """How far the objective may still be from the best possible, as a share of the bound."""
        if self.objective is None or not self.bound:
            return None
        return max(0.0, 1 - self.objective / self.bound)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class Match(models.Model):
    """A proposed supply from one offer to one component (匹配), with its reason."""

    run = models.ForeignKey(CouplingRun, models.CASCADE, related_name="matches")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="matches")
    component = models.ForeignKey(Component, models.PROTECT, related_name="matches")
    # When, in the form of domain.coupling.slots; "" means any time both sides agree on.
    slot = models.CharField(_("时段"), max_length=20, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    reason_zh = models.CharField(_("理由"), max_length=600)
    reason_en = models.CharField(_("英文理由"), max_length=600)
    is_by_hand = models.BooleanField(_("人工调整"), default=False)

    class Meta:
        verbose_name = _("匹配")
        ordering = ["component__need_id", "component__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "offer", "component", "slot"], name="match_once"
            ),
            models.CheckConstraint(name="match_quantity", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.offer} → {self.component}"

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)


class UnmetNeed(models.Model):
    """A need the run leaves wholly or partly open, and why."""

    run = models.ForeignKey(CouplingRun, models.CASCADE, related_name="unmet")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    served_share = models.FloatField(_("已满足比例"), default=0)
    reason_zh = models.CharField(_("原因"), max_length=600)
    reason_en = models.CharField(max_length=600)
    missing_zh = models.CharField(_("还缺"), max_length=600, blank=True)
    missing_en = models.CharField(max_length=600, blank=True)
    help_zh = models.CharField(_("最有帮助的资源"), max_length=600, blank=True)
    help_en = models.CharField(max_length=600, blank=True)

    class Meta:
        verbose_name = _("未满足需求")
        ordering = ["need_id"]
        constraints = [models.UniqueConstraint(fields=["run", "need"], name="unmet_once")]

    def __str__(self) -> str:
        return str(self.need)

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)

    @property
    def missing(self) -> str:
        return in_language(self.missing_zh, self.missing_en)

    @property
    def would_help(self) -> str:
        return in_language(self.help_zh, self.help_en)


class Commitment(models.Model):
    """One organisation's promise to serve one component from one offer (承诺)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待认领")
        ACCEPTED = "accepted", _("已认领")
        DECLINED = "declined", _("已谢绝")
        DELIVERED = "delivered", _("待评价")
        JUDGED = "judged", _("已评价")
        EXPLAINED = "explained", _("未能兑现")

    #: States in which the promised quantity is taken from the offer.
    BINDING = (State.ACCEPTED, State.DELIVERED, State.JUDGED)

    run = models.ForeignKey(CouplingRun, models.PROTECT, related_name="commitments")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="commitments")
    component = models.ForeignKey(Component, models.PROTECT, related_name="commitments")
    # When, in the form of domain.coupling.slots; "" means any time both sides agree on.
    slot = models.CharField(_("时段"), max_length=20, blank=True)
    quantity = models.DecimalField(
        _("数量"), help_text=_("单位同资源"), max_digits=14, decimal_places=2
    )
    reason_zh = models.CharField(_("匹配理由"), max_length=600, blank=True)
    reason_en = models.CharField(max_length=600, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    answer_due_on = models.DateField(_("答复期限"))
    due_on = models.DateField(_("兑现期限"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    # Why it was declined, or why it could not be kept.
    explanation = models.CharField(_("说明"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("承诺")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="commitment_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(  # who and when are known together or not at all
                name="commitment_answer_complete",
                condition=Q(state="proposed", answered_by=None, answered_at=None)
                | ~Q(state="proposed") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_refusal_explained",
                condition=~Q(state__in=["declined", "explained"]) | ~Q(explanation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} → {self.component}"

    @property
    def alliance(self) -> Alliance:
        return self.offer.alliance

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)

    @property
    def giver(self) -> Organisation:
        return self.offer.organisation

    @property
    def receiver(self) -> Organisation:
        return self.component.need.organisation


class Delivery(models.Model):
    """The giver reports that it delivered (兑现); it counts once the other side has judged."""

    class Verdict(models.TextChoices):
        MET = "met", _("满足")
        PARTLY = "partly", _("部分满足")
        NOT_MET = "not_met", _("未满足，退回")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="deliveries")
    quantity = models.DecimalField(_("兑现数量"), max_digits=14, decimal_places=2)
    delivered_on = models.DateField(_("兑现日期"))
    note = models.CharField(_("情况说明"), max_length=400, blank=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("报告时间"), auto_now_add=True)
    judge_due_on = models.DateField(_("评价期限"))
    verdict = models.CharField(_("评价"), max_length=8, choices=Verdict, blank=True)
    verdict_note = models.CharField(_("评价说明"), max_length=400, blank=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(_("评价时间"), null=True)

    class Meta:
        verbose_name = _("兑现")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="delivery_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="judgement_complete",
                condition=Q(verdict="", judged_by=None, judged_at=None)
                | ~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(verdict=""), name="one_delivery_awaits_judgement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.delivered_on}"


class Scenario(models.Model):
    """An answer to «what if», kept to be looked at; the lists know nothing of it (假如方案)."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        READY = "ready", _("已算出")
        FAILED = "failed", _("未能完成")

    run = models.ForeignKey(CouplingRun, models.CASCADE, related_name="scenarios")
    title = models.CharField(_("标题"), max_length=80)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.QUEUED)
    # What is changed, in the form of engine_adapter.Changes.as_json().
    changes = models.JSONField(_("改动"))
    # What came of it, in the form of engine_adapter.Answer.as_json().
    answer = models.JSONField(_("结果"), null=True)
    failure = models.CharField(_("原因"), max_length=400, blank=True)
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("保存时间"), auto_now_add=True)
    # Both leads adopted its weights for the runs that follow; the latest is in force.
    adopted_at = models.DateTimeField(_("采用时间"), null=True)

    class Meta:
        verbose_name = _("假如方案")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class SavedFilter(models.Model):
    """A filter somebody keeps under a name; sharing it is sharing its URL."""

    class List(models.TextChoices):
        OFFERS = "offers", _("资源清单")
        NEEDS = "needs", _("需求清单")
        COMMITMENTS = "commitments", _("承诺")

    alliance = models.ForeignKey("alliance.Alliance", models.CASCADE, related_name="saved_filters")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_filters")
    list = models.CharField(_("清单"), max_length=12, choices=List)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=600)

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user", "list", "name"], name="filter_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
