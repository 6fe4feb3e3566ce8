"""Whose matter it is: the parts of organisations, and objections to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Assignment(models.Model):
    """One organisation's part in a matter (承办): the first receiver leads, others help."""

    class Part(models.TextChoices):
        LEAD = "lead", _("主办")
        HELP = "help", _("协办")

    class State(models.TextChoices):
        SENT = "sent", _("待签收")
        ACCEPTED = "accepted", _("已签收")
        OBJECTED = "objected", _("有异议")
        DONE = "done", _("已办")
        MOVED = "moved", _("已改派")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    part = models.CharField(_("承办"), max_length=4, choices=Part)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.SENT)
    # Designated by the review desk: no objection is possible any more.
    is_final = models.BooleanField(_("指定承办"), default=False)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("分派时间"))
    accepted_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    # What a helper reported to the leader.
    report = models.TextField(_("协办情况"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("承办")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(part="lead") & ~Q(state="moved"),
                name="one_leader_per_matter",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="assignment_waiting")]

    def __str__(self) -> str:
        return f"{self.matter} · {self.organisation}"


class Objection(models.Model):
    """«This is not ours» (异议): once for each assignment, decided by the review desk."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("待复核")
        UPHELD = "upheld", _("异议成立，改派")
        REFUSED = "refused", _("异议不成立，指定承办")

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="objection")
    reason = models.CharField(_("理由"), max_length=400)
    suggested = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(_("复核意见"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("异议")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
