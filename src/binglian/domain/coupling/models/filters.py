"""Filters people keep for the lists."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A filter somebody keeps under a name; sharing it is sharing its URL."""

    class List(models.TextChoices):
        OFFERS = "offers", _("资源清单")
        NEEDS = "needs", _("需求清单")
        COMMITMENTS = "commitments", _("承诺")

    alliance = models.ForeignKey("alliance.Alliance", models.CASCADE, related_name="saved_filters")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_filters")
    list = models.CharField(_("清单"), max_length=12, choices=List)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=600)

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user", "list", "name"], name="filter_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
