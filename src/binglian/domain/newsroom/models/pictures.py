"""Pictures of announcements, and where they stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .announcements import Announcement, AnnouncementVersion


class NewsPicture(models.Model):
    """A picture file of our own making, kept once for all versions that show it (公告图片)."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="pictures")
    image = models.BinaryField()
    # The same for lists and narrow screens.
    small = models.BinaryField()
    media_type = models.CharField(max_length=20)
    # Pixels.
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("公告图片")

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"


class Illustration(models.Model):
    """A picture in one version, with what is said of it (配图)."""

    version = models.ForeignKey(AnnouncementVersion, models.PROTECT, related_name="illustrations")
    position = models.PositiveSmallIntegerField()
    picture = models.ForeignKey(NewsPicture, models.PROTECT, related_name="illustrations")
    caption = models.CharField(_("图片说明"), max_length=120, blank=True)
    # For whoever does not see it; without one no picture goes out.
    alternative = models.CharField(_("替代文字"), max_length=200)
    credit = models.ForeignKey(
        "alliance.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("图片来源"),
    )

    class Meta:
        verbose_name = _("配图")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="illustration_place_once"),
            models.CheckConstraint(name="illustration_is_described", condition=~Q(alternative="")),
        ]

    def __str__(self) -> str:
        return self.alternative
