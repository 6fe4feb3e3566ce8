"""A coupling run, what it proposes and what it leaves open, and questions asked of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .computations import Computation
from .languages import in_language
from .lists import Component, Need, Offer


class CouplingRun(Computation):
    """One computation over both lists (耦合运算); people decide what becomes of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("运算中")
        PROPOSED = "proposed", _("待审定")
        PUBLISHED = "published", _("已公布")
        SUPERSEDED = "superseded", _("已被新结果替代")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("未能完成")

    #: The result still counts.
    WITH_RESULT = (State.PROPOSED, State.PUBLISHED)

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
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    published_at = models.DateTimeField(_("公布时间"), null=True)
    failure = models.CharField(_("原因"), max_length=400, blank=True)
    status = models.CharField(_("求解状态"), max_length=12, blank=True)
    objective = models.FloatField(_("目标值"), null=True)
    bound = models.FloatField(_("上界"), null=True)
    offer_count = models.PositiveIntegerField(_("资源数"), default=0)
    need_count = models.PositiveIntegerField(_("需求数"), default=0)
    met_count = models.PositiveIntegerField(_("满足需求数"), default=0)
    # The leads' factors the run was worked out with; {} leaves every need its own weight.
    weights = models.JSONField(_("政策权重"), default=dict, blank=True)
    # What one more offer would help most: [{"zh": …, "en": …}], the best first.
    wishes = models.JSONField(_("再有一项资源最有帮助"), default=list, blank=True)
    # What runs of several alliances have in common that were worked out together, "" for none.
    joint = models.CharField(_("联合运算"), max_length=32, blank=True, editable=False)
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
            models.UniqueConstraint(
                fields=["alliance", "joint"],
                condition=~Q(joint=""),
                name="joint_answer_kept_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return f"/a/{self.alliance.slug}/runs/{self.pk}/"

    @property
    def gap(self) -> float | None:
        """How far the objective may still be from the best possible, as a share of the bound."""
        if self.objective is None or not self.bound:
            return None
        return max(0.0, 1 - self.objective / self.bound)


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
