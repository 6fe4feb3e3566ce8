"""Looking at a site by a checklist, planned or drawn by lot (检查)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Draw(models.Model):
    """A draw by lot of what is inspected by whom (双随机抽查); anybody can draw it again.

    Every row of ``pool`` is one site's or one inspector's key; which come out follows from the
    seed alone (``checks/lots.py``). The seed is made by the machine when the pool is fixed.
    """

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="draws")
    seed = models.CharField(_("随机种子"), max_length=64)
    sites = models.JSONField(_("参加抽取的工地"))
    inspectors = models.JSONField(_("参加抽取的检查员"))
    # Pairs of a site and an inspector who stands back from it: it is their own organisation's work.
    recused = models.JSONField(_("回避"), default=list)
    count = models.PositiveSmallIntegerField(_("抽取数"))
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("抽取时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("随机抽查")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.seed[:12]


class Inspection(models.Model):
    """One inspection of one site by one checklist (检查)."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="inspections")
    checklist = models.ForeignKey("checks.Checklist", models.PROTECT, related_name="inspections")
    inspector = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    due_on = models.DateField(_("检查日期"))
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="inspections")
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("检查时间"), null=True)
    # Made on the phone: what is sent twice is kept once; why beside the form's own, see Finding.
    key = models.UUIDField(null=True, unique=True)
    words = models.CharField(_("总体情况"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("检查")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="inspection_done_once_sent",
                condition=Q(done_at=None, key=None) | Q(done_at__isnull=False, key__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.checklist}"


class Verdict(models.Model):
    """How one point stood (检查结果)."""

    class Is(models.TextChoices):
        MET = "met", _("符合")
        NOT_MET = "not_met", _("不符合")
        NOT_HERE = "not_here", _("不涉及")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="verdicts")
    item = models.ForeignKey("checks.ChecklistItem", models.PROTECT, related_name="+")
    verdict = models.CharField(_("结果"), max_length=8, choices=Is)

    class Meta:
        verbose_name = _("检查结果")
        ordering = ["inspection", "item"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="verdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.get_verdict_display()}"
