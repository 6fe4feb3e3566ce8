"""The yearly evaluation (年度评议): facts of each organisation, the other side's line, an answer.

No score and no ranking: nothing here can be sorted by.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation


class Evaluation(models.Model):
    """What was promised and kept in one period, looked at together (年度评议)."""

    class State(models.TextChoices):
        OPEN = "open", _("征求意见")
        FINAL = "final", _("已审定")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="evaluations")
    title = models.CharField(_("名称"), max_length=80)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"))  # the last day
    answers_due_on = models.DateField(_("答复期限"))
    state = models.CharField(_("状态"), max_length=6, choices=State, default=State.OPEN)
    is_public = models.BooleanField(_("对外公布"), default=False)
    drawn_up_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField(_("整理时间"), auto_now_add=True)
    settled_at = models.DateTimeField(_("审定时间"), null=True)

    class Meta:
        verbose_name = _("年度评议")
        ordering = ["-until_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_lasts", condition=Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(  # what is not final is not public
                name="only_final_is_public", condition=Q(is_public=False) | Q(state="final")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvaluationSheet(models.Model):
    """One organisation's page: facts as they stood when drawn up, and its answer (评议表)."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The fields of ``evaluation_facts.Facts``.
    facts = models.JSONField(_("事实"))
    answer = models.CharField(_("本单位说明"), max_length=400, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        verbose_name = _("评议表")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "organisation"], name="one_sheet_each")
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} · {self.organisation}"


class EvaluationRemark(models.Model):
    """A line by an organisation that dealt with this one (对方评语)."""

    sheet = models.ForeignKey(EvaluationSheet, models.PROTECT, related_name="remarks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.CharField(_("评语"), max_length=200)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("时间"), auto_now=True)

    class Meta:
        verbose_name = _("对方评语")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "organisation"], name="one_remark_each")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text}"
