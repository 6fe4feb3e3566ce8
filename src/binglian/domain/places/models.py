"""Where things are: districts, sub-districts, communities and the areas alliances renew."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """A named piece of the city (片区); areas nest."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("区")
        SUBDISTRICT = "subdistrict", _("街道")
        COMMUNITY = "community", _("社区")
        RENEWAL = "renewal", _("更新片区")

    name = models.CharField(_("名称"), max_length=60, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    code = models.CharField(_("区划代码"), max_length=12, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级")
    )
    # WGS-84 degrees of a point inside, for distance and maps.
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    # Given up by the authorities: kept for what happened there, asked about nothing new.
    is_retired = models.BooleanField(_("已停用"), default=False)

    class Meta:
        verbose_name = _("片区")
        ordering = ["name"]

    def __str__(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return self.name_en if is_english and self.name_en else self.name


class Boundary(models.Model):
    """Where an area ends (界线); a table of its own, so that lists of areas stay light."""

    area = models.OneToOneField(Area, models.CASCADE, related_name="boundary")
    # A GeoJSON MultiPolygon in WGS-84, wound as RFC 7946 wants it, valid.
    geometry = models.JSONField(_("图形"))
    # The box around it, WGS-84 degrees, for asking which areas a map shows.
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    # Drawn from a middle rather than surveyed: good for orientation, not for disputes.
    is_approximate = models.BooleanField(_("示意"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    licence = models.CharField(_("许可"), max_length=100, blank=True)
    attribution = models.CharField(_("署名"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("界线")
        constraints = [
            models.CheckConstraint(
                name="boundary_box",
                condition=Q(west__lt=models.F("east"), south__lt=models.F("north")),
            )
        ]

    def __str__(self) -> str:
        return str(self.area)
