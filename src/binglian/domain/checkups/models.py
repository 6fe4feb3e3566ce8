"""What a city check-up (城市体检) found wrong, each problem as a need of the loop."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Need
from binglian.sheets.cells.words import comparable


class CheckupProblem(models.Model):
    """One problem as the check-up put it, and the need that asks for its solution.

    Who is responsible, until when, how much is needed and what was promised stand on the need;
    there is no second mechanism beside the loop.
    """

    class Dimension(models.TextChoices):
        HOUSING = "housing", _("住房")
        ESTATE = "estate", _("小区（社区）")
        BLOCK = "block", _("街区")
        CITY = "city", _("城区（城市）")

    class Severity(models.TextChoices):
        SEVERE = "severe", _("严重")
        SERIOUS = "serious", _("较重")
        SLIGHT = "slight", _("一般")

    #: Delivered in full and judged, or somebody with the right said so.
    RESOLVED = Q(need__state=Need.State.CLOSED) | Q(settled_at__isnull=False)

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="checkup_problems")
    need = models.OneToOneField(Need, models.PROTECT, related_name="checkup")
    number = models.CharField(_("编号"), max_length=30, blank=True)
    dimension = models.CharField(_("维度"), max_length=8, choices=Dimension)
    indicator = models.CharField(_("指标"), max_length=80)
    problem = models.CharField(_("问题"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    severity = models.CharField(
        _("严重程度"), max_length=8, choices=Severity, default=Severity.SLIGHT
    )
    source = models.CharField(_("体检来源"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    #: What makes two rows the same problem, however they are spaced.
    digest = models.CharField(max_length=64, editable=False)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    # Said to be resolved without a delivery: by whom, when, and what shows it.
    evidence = models.CharField(_("解决依据"), max_length=400, blank=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("认定时间"), null=True)

    class Meta:
        verbose_name = _("体检问题")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "digest"], name="checkup_problem_once"),
            models.UniqueConstraint(
                fields=["alliance", "source", "year", "number"],
                condition=~Q(number=""),
                name="checkup_number_once",
            ),
            models.CheckConstraint(  # who, when and why are known together or not at all
                name="checkup_settlement_complete",
                condition=Q(evidence="", settled_by=None, settled_at=None)
                | ~Q(evidence="") & Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.problem

    def save(self, *args, **kwargs) -> None:
        self.digest = digest_of(
            self.source, self.year, self.dimension, self.indicator, self.place, self.problem
        )
        super().save(*args, **kwargs)

    @property
    def is_resolved(self) -> bool:
        return self.settled_at is not None or self.need.state == Need.State.CLOSED


def digest_of(*words: object) -> str:
    """SHA-256 (hex) of source, year, dimension, indicator, place and problem as compared."""
    return hashlib.sha256("\x1f".join(map(comparable, words)).encode()).hexdigest()
