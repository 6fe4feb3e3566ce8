"""What an alliance may set of how its matters are handled."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .catalogue import Clock
from .whistles import Whistle


@dataclass(frozen=True, slots=True)
class WhistleTimes:
    """From a whistle's signature: hours until on the spot, period and clock until the result."""

    hours: int
    period: int
    clock: str


def usual_whistles() -> dict[str, dict[str, int | str]]:
    """Kind of whistle → the fields of ``WhistleTimes``."""
    kind = Whistle.Kind
    return {
        kind.RESIDENTS.value: {"hours": 24, "period": 5, "clock": Clock.WORKING_DAYS.value},
        kind.ENFORCEMENT.value: {"hours": 2, "period": 3, "clock": Clock.WORKING_DAYS.value},
        kind.EMERGENCY.value: {"hours": 1, "period": 24, "clock": Clock.HOURS.value},
    }


class MatterRules(models.Model):
    """Terms and thresholds by which an alliance handles matters (办理规则)."""

    alliance = models.OneToOneField(
        "alliance.Alliance", models.PROTECT, related_name="matter_rules"
    )
    objection_days = models.PositiveSmallIntegerField(
        _("提出异议的期限"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("分派后几个工作日内"),
    )
    sure_percent = models.PositiveSmallIntegerField(
        _("系统选好类别所需的把握（%）"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("把握低于它，由人来选类别"),
    )
    kept_days = models.PositiveSmallIntegerField(
        _("联系方式保存天数"),
        default=180,
        validators=[MinValueValidator(30), MaxValueValidator(1095)],
        help_text=_("适用于以后留下的；已留下的按当时告知的天数删除"),
    )
    whistles = models.JSONField(_("吹哨时限"), default=usual_whistles)

    class Meta:
        verbose_name = _("办理规则")
        constraints = [
            models.CheckConstraint(
                name="matter_rules_in_range",
                condition=Q(
                    objection_days__range=(1, 10),
                    sure_percent__range=(1, 100),
                    kept_days__range=(30, 1095),
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.alliance)

    @property
    def sure_from(self) -> float:
        """From this confidence on, 0 … 1, a proposal is filled in; below it a person chooses."""
        return self.sure_percent / 100

    def whistle_times(self, kind: str) -> WhistleTimes:
        return WhistleTimes(**self.whistles[kind])
