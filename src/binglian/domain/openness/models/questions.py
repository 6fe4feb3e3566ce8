"""Questions to a project, answered on the record by whoever owns it (公开答问)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class ProjectQuestion(models.Model):
    """What somebody asks a project (对项目的提问): reviewed, then public, then answered in public.

    Nothing is kept about who asked; a secret link tells them how it went.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("待审核")
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        SHELVED = "shelved", _("不公开")

    #: What everybody sees.
    PUBLIC = (State.OPEN, State.ANSWERED)

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="project_questions"
    )
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, related_name="questions", verbose_name=_("项目")
    )
    number = models.CharField(_("编号"), max_length=20)
    # As it was written, for the review alone.
    text = models.TextField(_("问题"), max_length=1000)
    public_text = models.TextField(_("公开的问题"), max_length=1000, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    # Why it is not put to the project, for whoever asked.
    reason = models.CharField(_("不公开的原因"), max_length=200, blank=True)
    # Signs that a machine wrote it, for whoever looks at it first.
    doubts = models.CharField(_("系统提示"), max_length=200, blank=True)
    # Whoever holds the secret link follows it; only its digest is kept.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("提问时间"))
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("答复期限"), null=True, blank=True)
    overdue_at = models.DateTimeField(_("逾期登记时间"), null=True, blank=True)
    answer = models.TextField(_("答复"), max_length=3000, blank=True)
    # Who owned the project when it was answered.
    answered_for = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("对项目的提问")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="question_number_once"),
            models.CheckConstraint(
                name="question_state_complete",
                condition=Q(state="received", published_at=None, answered_at=None)
                | Q(state="shelved", published_at=None, answered_at=None) & ~Q(reason="")
                | Q(state="open", published_at__isnull=False, due_at__isnull=False)
                & Q(answered_at=None)
                & ~Q(public_text="")
                | Q(state="answered", published_at__isnull=False, due_at__isnull=False)
                & Q(answered_at__isnull=False, answered_for__isnull=False)
                & ~Q(answer="")
                & ~Q(public_text=""),
            ),
        ]
        indexes = [models.Index(fields=["project", "state", "-id"], name="question_of_project")]

    def __str__(self) -> str:
        # The ledger keeps this for ever: a number says nothing of a person.
        return self.number

    @property
    def due_on(self) -> date | None:
        """The last day on which an answer is in time; none until it is public."""
        return localdate(self.due_at) if self.due_at else None

    @property
    def is_answered_late(self) -> bool:
        return bool(self.answered_at and self.due_at and self.answered_at > self.due_at)
