"""Who answers for what: categories, and the organisation responsible for each, place by place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models.languages import in_language


class Clock(models.TextChoices):
    """How a deadline is counted."""

    HOURS = "hours", _("小时")
    CALENDAR_DAYS = "days", _("自然日")
    WORKING_DAYS = "working_days", _("工作日")


class Category(models.Model):
    """What a matter can be about (诉求类别); the alliance's own words and deadlines."""

    alliance = models.ForeignKey(
        "alliance.Alliance", models.PROTECT, related_name="matter_categories"
    )
    code = models.CharField(_("代码"), max_length=30)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(max_length=80)
    group_zh = models.CharField(_("大类"), max_length=60, blank=True)
    group_en = models.CharField(max_length=80, blank=True)
    hint_zh = models.CharField(_("说明"), max_length=200, blank=True)
    hint_en = models.CharField(max_length=250, blank=True)
    # What people write when they mean it; the form proposes the category by them.
    keywords = models.JSONField(_("关键词"), default=list, blank=True)
    # Questions of the category, in the form of Open311 service attributes.
    attributes = models.JSONField(_("附加问题"), default=list, blank=True)
    # Whether matters of the category are shown to the public once checked.
    is_public = models.BooleanField(_("可公开"), default=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("诉求类别")
        ordering = ["group_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "code"], name="category_code_once")
        ]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def group(self) -> str:
        return in_language(self.group_zh, self.group_en)

    @property
    def hint(self) -> str:
        return in_language(self.hint_zh, self.hint_en)


class Responsibility(models.Model):
    """Who leads and who helps for a category, everywhere or in one area (责任清单)."""

    category = models.ForeignKey(
        Category, models.PROTECT, related_name="responsibilities", verbose_name=_("诉求类别")
    )
    # The most narrow area that holds the place counts; none means everywhere.
    area = models.ForeignKey(
        "places.Area", models.PROTECT, null=True, blank=True, verbose_name=_("范围")
    )
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("主办单位")
    )
    co_handlers = models.ManyToManyField(
        "alliance.Organisation", related_name="+", blank=True, verbose_name=_("协办单位")
    )
    # Until first contact with the reporter, in hours; until the answer, by the clock.
    contact_hours = models.PositiveSmallIntegerField(_("首次联系（小时）"), default=24)
    period = models.PositiveSmallIntegerField(_("办理期限"))
    clock = models.CharField(_("计时"), max_length=12, choices=Clock, default=Clock.WORKING_DAYS)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("责任清单")
        ordering = ["category", "area"]
        constraints = [
            models.CheckConstraint(name="responsibility_period", condition=Q(period__gt=0)),
            models.UniqueConstraint(
                fields=["category", "area"], name="responsibility_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} → {self.organisation}"
