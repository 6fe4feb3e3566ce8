"""Where things are: districts, sub-districts, communities and the areas alliances renew."""

from django.db import models
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

    class Meta:
        verbose_name = _("片区")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
