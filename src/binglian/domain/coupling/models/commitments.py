"""Promises, of a published run or pledged elsewhere, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, Seat
from binglian.domain.alliance.names import search_text

from .languages import in_language
from .lists import Component, Offer
from .runs import CouplingRun


class Commitment(models.Model):
    """One organisation's promise to another (承诺).

    It is *coupled*, to serve one component from one offer, proposed by a run or asked for directly
    (then it has no run); or *pledged* in an agreement or at a meeting: then it has words of its
    own and an origin, and the whole of it is quantity 1.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待认领")
        ACCEPTED = "accepted", _("已认领")
        DECLINED = "declined", _("已谢绝")
        DELIVERED = "delivered", _("待评价")
        JUDGED = "judged", _("已评价")
        EXPLAINED = "explained", _("未能兑现")

    #: States in which the promised quantity is taken from the offer.
    BINDING = (State.ACCEPTED, State.DELIVERED, State.JUDGED)

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="commitments")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    run = models.ForeignKey(CouplingRun, models.PROTECT, null=True, related_name="commitments")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="commitments")
    component = models.ForeignKey(Component, models.PROTECT, null=True, related_name="commitments")
    # Of a pledged one: its words, and where it was pledged, e.g. "clause:12".
    title_zh = models.CharField(_("承诺事项"), max_length=200, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    target = models.CharField(_("可衡量的目标"), max_length=300, blank=True)
    origin = models.CharField(_("出处"), max_length=60, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    # When, in the form of domain.coupling.slots; "" means any time both sides agree on.
    slot = models.CharField(_("时段"), max_length=20, blank=True)
    quantity = models.DecimalField(
        _("数量"), help_text=_("单位同资源"), max_digits=14, decimal_places=2
    )
    reason_zh = models.CharField(_("匹配理由"), max_length=600, blank=True)
    reason_en = models.CharField(max_length=600, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    answer_due_on = models.DateField(_("答复期限"), null=True)
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
            models.CheckConstraint(
                name="commitment_is_coupled_or_pledged",
                condition=Q(
                    offer__isnull=False,
                    component__isnull=False,
                    answer_due_on__isnull=False,
                    title_zh="",
                    target="",
                    origin="",
                )
                | Q(run=None, offer=None, component=None, answer_due_on=None, quantity=1, slot="")
                & ~Q(title_zh="")
                & ~Q(origin="")
                & ~Q(state__in=["proposed", "declined"]),
            ),
            models.UniqueConstraint(
                fields=["alliance", "origin"],
                condition=~Q(origin=""),
                name="one_commitment_for_each_origin",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "state", "due_on"], name="commitment_due"),
        ]

    def __str__(self) -> str:
        if self.is_pledged:
            return in_language(self.title_zh, self.title_en)
        return f"{self.offer} → {self.component}"

    def save(self, *args, **kwargs) -> None:
        if self.is_pledged:
            self.search_text = search_text(self.title_zh, self.title_en, self.target)
        elif not self.giver_id:  # the two rows say who promises whom
            offer, component = self.ends
            self.alliance_id, self.giver_id = offer.alliance_id, offer.organisation_id
            self.receiver_id = component.need.organisation_id
        super().save(*args, **kwargs)

    @property
    def is_pledged(self) -> bool:
        """Promised in an agreement or at a meeting rather than proposed by a run."""
        return self.offer_id is None

    @property
    def ends(self) -> tuple[Offer, Component]:
        """What a coupled one ties together; a pledged one has no ends to ask for."""
        if self.offer is None or self.component is None:
            raise TypeError("A pledged commitment has neither offer nor component.")
        return self.offer, self.component

    @property
    def end_ids(self) -> tuple[int, int]:
        """The ids of both ends, without loading them."""
        if self.offer_id is None or self.component_id is None:
            raise TypeError("A pledged commitment has neither offer nor component.")
        return self.offer_id, self.component_id

    @property
    def giver_seat(self) -> Seat:
        return self.alliance.seat_of(self.giver)

    @property
    def receiver_seat(self) -> Seat:
        return self.alliance.seat_of(self.receiver)

    @property
    def title(self) -> str:
        """What it is for: the need with its part, or the pledge itself."""
        if self.is_pledged:
            return str(self)
        component = self.ends[1]
        need, part = component.need.title, component.title
        return f"{need} · {part}" if part and part != need else need

    @property
    def given(self) -> str:
        """What is given: the offer, or the target pledged."""
        return self.target if self.is_pledged else self.ends[0].title

    @property
    def unit(self) -> str:
        return "" if self.is_pledged else self.ends[0].unit

    @property
    def amount(self) -> str:
        """How much, with its unit; nothing of a pledge, which is kept as a whole."""
        return "" if self.is_pledged else f"{self.quantity.normalize():f}{self.unit}"

    @property
    def latest_on(self) -> date | None:
        """The last day that the other side can accept."""
        return None if self.is_pledged else self.ends[1].need.deadline

    @property
    def state_label(self) -> Any:
        """The state in words; nobody «accepts» what they pledged themselves."""
        is_running = self.is_pledged and self.state == self.State.ACCEPTED
        return _("履行中") if is_running else self.State(self.state).label

    @property
    def reason(self) -> str:
        return in_language(self.reason_zh, self.reason_en)


#: The title of a commitment as a fact of ``notify``, which writes it in each language.
title_in_each_language = lazy(lambda commitment: commitment.title, str)


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
