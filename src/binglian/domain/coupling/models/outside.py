"""Somebody without an account asks for something or offers it; a member takes it up in the loop."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance


class OutsideApplication(models.Model):
    """What such applications have in common; each kind says what it is about.

    ``KIND`` names it in the ledger, ``LETTER`` begins its numbers.
    """

    KIND: ClassVar[str]
    LETTER: ClassVar[str]
    alliance: Alliance

    class State(models.TextChoices):
        RECEIVED = "received", _("待受理")
        TAKEN_UP = "taken_up", _("已受理")
        DECLINED = "declined", _("未受理")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=20)
    # The shop's or team's name, never a person's.
    applicant = models.CharField(_("店名或团队名"), max_length=60)
    text = models.TextField(_("想法"), max_length=1000, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    # Signs that a machine wrote it, for whoever looks at it first.
    doubts = models.CharField(_("系统提示"), max_length=200, blank=True)
    reason = models.CharField(_("未受理的原因"), max_length=200, blank=True)
    # Whoever holds the secret link follows it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # One encrypted JSON object {name, phone, email}; empty once erased.
    sealed = models.BinaryField(blank=True)
    consent_text = models.TextField(_("告知同意"))
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    answered_at = models.DateTimeField(_("办理时间"), null=True)
    erase_on = models.DateField(_("到期删除"))
    erased_at = models.DateTimeField(_("已删除"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        # The ledger keeps this for ever, so no name that may be a person's.
        return self.number


def outside_constraints(kind: str, row: str) -> list[models.BaseConstraint]:
    """Numbers once per alliance, erased means empty, and an answer is whole.

    ``row`` is the field that holds what an application became when it was taken up.
    """
    nothing = {row: None}
    something = {f"{row}__isnull": False}
    return [
        models.UniqueConstraint(fields=["alliance", "number"], name=f"{kind}_number_once"),
        models.CheckConstraint(
            name=f"{kind}_erased_is_empty", condition=Q(erased_at=None) | Q(sealed=b"")
        ),
        models.CheckConstraint(
            name=f"{kind}_answer_complete",
            condition=Q(state="received", answered_at=None, **nothing)
            | Q(state="taken_up", answered_at__isnull=False, **something)
            | Q(state="declined", answered_at__isnull=False) & ~Q(reason="")
            | Q(state="withdrawn", answered_at__isnull=False),
        ),
    ]
