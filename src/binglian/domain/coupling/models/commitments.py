"""Promises that come of a published run, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation

from .languages import in_language
from .lists import Component, Offer
from .runs import CouplingRun


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
