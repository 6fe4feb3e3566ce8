"""Space to let: an offer of the loop that lies in a place, and who asks for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import OutsideApplication, outside_constraints


class Space(models.Model):
    """Rooms of a place that merchants and makers may rent (待租空间): the place of an offer."""

    place = models.ForeignKey("heritage.Place", models.PROTECT, related_name="spaces")
    offer = models.OneToOneField("coupling.Offer", models.PROTECT, related_name="space")
    floor = models.CharField(_("位置"), max_length=40, blank=True, help_text=_("例如：一层东厢"))
    area = models.DecimalField(_("面积"), max_digits=8, decimal_places=2, help_text=_("平方米"))
    available_on = models.DateField(_("可入驻日期"), null=True, blank=True)
    is_public = models.BooleanField(_("向公众公开"), default=True)

    class Meta:
        verbose_name = _("待租空间")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="space_area", condition=Q(area__gt=0))]

    def __str__(self) -> str:
        return str(self.offer)


class SpaceApplication(OutsideApplication):
    """Somebody asks for a space (用房申请); taken up, it is a need addressed to its offer."""

    KIND = "space_application"
    LETTER = "Z"

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="space_applications"
    )
    space = models.ForeignKey(Space, models.PROTECT, related_name="applications")
    trade = models.CharField(_("打算经营什么"), max_length=60)
    wanted_on = models.DateField(_("希望入驻日期"), null=True, blank=True)
    need = models.ForeignKey(
        "coupling.Need", models.PROTECT, null=True, blank=True, related_name="space_applications"
    )

    class Meta(OutsideApplication.Meta):
        verbose_name = _("用房申请")
        constraints = outside_constraints("space_application", "need")
