"""Somebody who is no member offers to help with a need."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .lists import Component
from .outside import OutsideApplication, outside_constraints


class HelpApplication(OutsideApplication):
    """A merchant or maker can help with a need (我能帮); taken up, it is an offer of a member."""

    KIND = "help_application"
    LETTER = "B"

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="help_applications"
    )
    need = models.ForeignKey("coupling.Need", models.PROTECT, related_name="help_applications")
    # Which of the need's components, by its position: the need may be rewritten meanwhile.
    position = models.PositiveSmallIntegerField(_("哪一项"), default=0)
    gives = models.CharField(_("能帮什么"), max_length=60)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    offer = models.ForeignKey(
        "coupling.Offer", models.PROTECT, null=True, blank=True, related_name="help_applications"
    )

    class Meta(OutsideApplication.Meta):
        verbose_name = _("帮助意向")
        constraints = [
            *outside_constraints("help_application", "offer"),
            models.CheckConstraint(name="help_application_quantity", condition=Q(quantity__gt=0)),
        ]

    @property
    def component(self) -> Component | None:
        """The part of the need it can help with; ``None`` when that part is gone."""
        return self.need.components.filter(position=self.position).first()
