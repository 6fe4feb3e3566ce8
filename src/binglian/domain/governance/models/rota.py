"""The rotating chair (轮值): whose turn it is, exchanges of turns, and what is handed over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.words import Word


class DutyTurn(models.Model):
    """One member organises the alliance's affairs from a day to a day (轮值)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="duty_turns")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("轮值单位")
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"))  # the last day
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("轮值")
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "from_on"], name="one_on_duty"),
            models.CheckConstraint(name="turn_lasts", condition=Q(until_on__gte=F("from_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_on}"


class DutySwap(models.Model):
    """Two members agree to exchange their turns (换班)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待对方同意")
        AGREED = "agreed", _("已对调")
        REFUSED = "refused", _("未同意")

    turn = models.ForeignKey(DutyTurn, models.CASCADE, related_name="swaps_asked")
    other = models.ForeignKey(DutyTurn, models.CASCADE, related_name="swaps_asked_of")
    why = models.CharField(_("原因"), max_length=200)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("轮值对调")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="swap_of_two_turns", condition=~Q(turn=F("other"))),
            models.UniqueConstraint(
                fields=["turn"], condition=Q(state="asked"), name="one_swap_asked"
            ),
            models.CheckConstraint(
                name="swap_answer_complete",
                condition=Q(state="asked", answered_by=None)
                | ~Q(state="asked") & Q(answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn} ↔ {self.other}"


class HandoverPoint(models.Model):
    """One thing the outgoing chair hands over: it ticks, the incoming one confirms (交接事项)."""

    # The turn that ends.
    turn = models.ForeignKey(DutyTurn, models.CASCADE, related_name="handover")
    position = models.PositiveSmallIntegerField()
    title_zh = models.CharField(_("交接事项"), max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    ticked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ticked_at = models.DateTimeField(_("移交时间"), null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("交接事项")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="tick_complete",
                condition=Q(ticked_by=None, ticked_at=None)
                | Q(ticked_by__isnull=False, ticked_at__isnull=False),
            ),
            models.CheckConstraint(  # nobody confirms what was not handed over
                name="confirmation_complete",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(
                    confirmed_by__isnull=False, confirmed_at__isnull=False, ticked_at__isnull=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(Word("", self.title_zh, self.title_en))
