"""How often announcements are read: a number for each day, and nothing about who read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .announcements import Announcement


class ReadingCount(models.Model):
    """How many times the page of an announcement was opened on one day (阅读量)."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="readings")
    on = models.DateField(_("日期"))
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("阅读量")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "on"], name="one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.count}"
