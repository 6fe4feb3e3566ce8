"""Screens on walls."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Display(models.Model):
    """A screen that shows the cockpit by a secret address, nobody signed in (大屏).

    The address opens this one page and nothing else; only its digest is stored. When it is looked
    at is not noted.
    """

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="displays")
    name = models.CharField(_("放在哪里"), max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("开设时间"), default=now)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("大屏")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="display_closing_complete",
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
