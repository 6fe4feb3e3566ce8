"""Somebody asks an alliance for information (依申请公开), and is answered in time."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from binglian.domain.openness.rules import Ground, grounds


class InformationRequest(models.Model):
    """One request, from anybody; its clock runs from the day it came in (信息公开申请)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待答复")
        PUBLIC = "public", _("已公开答复")
        PRIVATE = "private", _("已答复申请人")
        REFUSED = "refused", _("不予公开")
        WITHDRAWN = "withdrawn", _("已撤回")

    #: States in which the asker has an answer.
    ANSWERED = (State.PUBLIC, State.PRIVATE, State.REFUSED)

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="information_requests"
    )
    number = models.CharField(_("编号"), max_length=20)
    # As it was written, for the desk alone; the public reads ``public_text`` and ``answer``.
    text = models.TextField(_("想了解什么"), max_length=2000, blank=True)
    public_text = models.TextField(_("公开的问题"), max_length=2000, blank=True)
    answer = models.TextField(_("答复"), max_length=6000, blank=True)
    # A code of ``rules.grounds``, where it was refused.
    ground = models.CharField(_("不予公开的依据"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    # Signs that a machine wrote it, for whoever looks at it first.
    doubts = models.CharField(_("系统提示"), max_length=200, blank=True)
    # Whoever holds the secret link follows it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # One encrypted JSON object {name, phone, email}; empty once erased.
    sealed = models.BinaryField(blank=True)
    consent_text = models.TextField(_("告知同意"))
    received_at = models.DateTimeField(_("收到时间"))
    due_at = models.DateTimeField(_("答复期限"))
    # Due in a year whose days off are not announced: may shift, and is worked out again.
    is_due_provisional = models.BooleanField(default=False)
    extended_at = models.DateTimeField(_("延期时间"), null=True, blank=True)
    extension_reason = models.CharField(_("延期原因"), max_length=200, blank=True)
    overdue_at = models.DateTimeField(_("逾期登记时间"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    erase_on = models.DateField(_("到期删除"))
    erased_at = models.DateTimeField(_("已删除"), null=True, blank=True)

    class Meta:
        verbose_name = _("信息公开申请")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "number"], name="information_request_number_once"
            ),
            models.CheckConstraint(
                name="information_request_erased_is_empty",
                condition=Q(erased_at=None) | Q(sealed=b""),
            ),
            models.CheckConstraint(
                name="information_request_extension_has_reason",
                condition=Q(extended_at=None, extension_reason="")
                | Q(extended_at__isnull=False) & ~Q(extension_reason=""),
            ),
            models.CheckConstraint(
                name="information_request_answer_complete",
                condition=Q(state="waiting", answered_at=None, answer="", ground="")
                | Q(state="public", answered_at__isnull=False, ground="")
                & ~Q(public_text="")
                & ~Q(answer="")
                | Q(state="private", answered_at__isnull=False, ground="") & ~Q(answer="")
                | Q(state="refused", answered_at__isnull=False) & ~Q(ground="") & ~Q(answer="")
                | Q(state="withdrawn", ground="", answer=""),
            ),
            models.CheckConstraint(
                name="information_request_due_later", condition=Q(due_at__gt=F("received_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "state", "due_at"], name="information_request_due")
        ]

    def __str__(self) -> str:
        # The ledger keeps this for ever: a number says nothing of a person.
        return self.number

    @property
    def reason(self) -> Ground | None:
        """The lawful ground it was refused on."""
        return grounds().get(self.ground)

    @property
    def due_on(self) -> date:
        """The last day on which an answer is in time."""
        return localdate(self.due_at)

    @property
    def is_answered_late(self) -> bool:
        return bool(self.answered_at and self.answered_at > self.due_at)
