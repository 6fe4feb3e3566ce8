"""Whistles, and the organisations they call."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Whistle(models.Model):
    """A sub-district calls others to a matter beyond its powers (吹哨)."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("群众反映突出问题")
        ENFORCEMENT = "enforcement", _("综合执法")
        EMERGENCY = "emergency", _("应急处置")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("待负责人签发")
        BLOWN = "blown", _("已吹哨")
        ENDED = "ended", _("已结束")
        WITHDRAWN = "withdrawn", _("未签发")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="whistles")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    reason = models.CharField(_("需要协同解决的问题"), max_length=400)
    meet_at = models.CharField(_("集合地点"), max_length=120)
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # Signed off by the sub-district's leader, never by whoever drafted it.
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)

    class Meta:
        verbose_name = _("吹哨")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reason


class WhistleCall(models.Model):
    """One organisation called by a whistle (报到), and what each side thought of the other."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("到位")
        PARTLY = "partly", _("部分到位")
        BAD = "bad", _("不到位")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="calls")
    organisation = models.ForeignKey("alliance.Organisation", models.PROTECT, related_name="+")
    arrive_by = models.DateTimeField(_("应报到时间"))
    arrived_at = models.DateTimeField(_("报到时间"), null=True, blank=True)
    result_due_at = models.DateTimeField(_("应反馈时间"))
    result = models.TextField(_("处置结果"), max_length=2000, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    # By the whistler on who came, and the other way round.
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)
    verdict_on_whistler = models.CharField(max_length=6, choices=Verdict, blank=True)
    verdict_note = models.CharField(max_length=200, blank=True)
    verdict_on_whistler_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("报到")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["whistle", "organisation"], name="called_once")
        ]

    def __str__(self) -> str:
        return f"{self.whistle} · {self.organisation}"
