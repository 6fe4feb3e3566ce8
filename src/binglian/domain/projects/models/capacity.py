"""How much an organisation can do at once, and on which days: of all alliances together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Capacity(models.Model):
    """How many cases an organisation works on at once, whoever's they are (容量)."""

    organisation = models.OneToOneField(
        "alliance.Organisation", models.CASCADE, related_name="capacity"
    )
    cases = models.PositiveSmallIntegerField(_("同时办理件数"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("容量")
        constraints = [models.CheckConstraint(name="capacity_some", condition=Q(cases__gte=1))]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.cases}"


class CapacityPeriod(models.Model):
    """A stretch of time in which an organisation can do more or less than usual (分时段容量)."""

    organisation = models.ForeignKey(
        "alliance.Organisation", models.CASCADE, related_name="capacity_periods"
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"), null=True, blank=True, help_text=_("含当日；不填即长期"))
    cases = models.PositiveSmallIntegerField(_("同时办理件数"))
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("分时段容量")
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                name="capacity_period_days",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="capacity_period_some", condition=Q(cases__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.from_on} · {self.cases}"


class Closure(models.Model):
    """Days on which an organisation differs from the official working days (办公日调整)."""

    organisation = models.ForeignKey(
        "alliance.Organisation", models.CASCADE, related_name="closures"
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"), help_text=_("含当日"))
    # An office at work on official days off.
    is_open = models.BooleanField(_("加班办理"), default=False)
    reason = models.CharField(_("原因"), max_length=120)

    class Meta:
        verbose_name = _("办公日调整")
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(name="closure_days", condition=Q(until_on__gte=F("from_on")))
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.from_on}"
