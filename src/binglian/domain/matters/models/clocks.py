"""What moves the deadline of a matter: pauses, parking, more time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Pause(models.Model):
    """The clock stands still, for a reason (暂停计时)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="pauses")
    reason = models.CharField(_("原因"), max_length=200)
    from_at = models.DateTimeField(_("自"))
    until_at = models.DateTimeField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("暂停计时")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until_at=None), name="one_pause_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Parking(models.Model):
    """What cannot be solved now, explained and looked at again on a day (挂账)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parkings")
    reason = models.CharField(_("说明"), max_length=400)
    look_again_on = models.DateField(_("下次研究"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("挂账时间"))
    ended_at = models.DateTimeField(_("销账时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("挂账")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="parked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Extension(models.Model):
    """More time, for a reason that the reporter sees (延期)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="extensions")
    reason = models.CharField(_("理由"), max_length=400)
    working_days = models.PositiveSmallIntegerField(_("延长（工作日）"))
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("延期")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
