"""What the two lists hold: offers, and needs with their components."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation, Seat
from binglian.domain.alliance.names import search_text


class ListRow(models.Model):
    """What an offer and a need have in common."""

    alliance: Alliance
    organisation: Organisation

    class State(models.TextChoices):
        OPEN = "open", _("有效")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=30)
    title = models.CharField(_("名称"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    # [] means at any time; the form of one entry is sheets.cells.TimeWindow.as_json().
    windows = models.JSONField(_("时间段"), default=list, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def seat(self) -> Seat:
        return self.alliance.seat_of(self.organisation)


class Offer(ListRow):
    """Something an organisation can give to others (资源)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="offers", verbose_name=_("单位")
    )
    kind = models.CharField(_("类别"), max_length=20)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("计量单位"), max_length=16, blank=True)
    lot = models.DecimalField(
        _("最小批量"),
        default=Decimal(1),
        help_text=_("少于这个数量就不值得提供"),
        max_digits=14,
        decimal_places=2,
    )
    renews = models.BooleanField(
        _("可重复使用"), default=False, help_text=_("每个时段都有这么多，例如一间会议室、一支队伍")
    )
    price = models.DecimalField(
        _("单价（元）"),
        default=Decimal(0),
        help_text=_("每一计量单位多少元；0 为无偿"),
        max_digits=12,
        decimal_places=2,
    )
    conditions = models.JSONField(_("条件"), default=list, blank=True)
    excludes = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("不提供给")
    )

    class Meta:
        verbose_name = _("资源")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="offer_number_once"),
            models.CheckConstraint(
                name="offer_quantities", condition=Q(quantity__gte=0, lot__gt=0)
            ),
            models.CheckConstraint(name="offer_price", condition=Q(price__gte=0)),
        ]
        indexes = [models.Index(fields=["alliance", "state", "-id"], name="offer_state")]

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(
            self.title, self.number, self.place, self.note, *self.tags, *self.conditions
        )
        super().save(*args, **kwargs)


class Need(ListRow):
    """Something an organisation wants (需求), made of one or more components."""

    class Priority(models.TextChoices):
        URGENT = "urgent", _("紧急")
        IMPORTANT = "important", _("重要")
        ORDINARY = "ordinary", _("一般")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="needs")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="needs", verbose_name=_("单位")
    )
    priority = models.CharField(
        _("优先级"), max_length=10, choices=Priority, default=Priority.ORDINARY
    )
    deadline = models.DateField(_("截止日期"), null=True, blank=True)
    beneficiaries = models.PositiveIntegerField(_("受益人数"), default=0)
    is_all_or_nothing = models.BooleanField(_("须全部满足"), default=True)
    times = models.PositiveSmallIntegerField(
        _("次数"), default=1, help_text=_("在几个不同的时段各满足一次")
    )
    is_consecutive = models.BooleanField(
        _("须连续"), default=False, help_text=_("几次须落在相接的时段")
    )
    max_suppliers = models.PositiveSmallIntegerField(_("最多供方数"), null=True, blank=True)
    within_km = models.FloatField(_("服务半径（公里）"), null=True, blank=True)
    prefers = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("优先单位")
    )
    rules_out = models.ManyToManyField(
        "alliance.Organisation", blank=True, related_name="+", verbose_name=_("排除单位")
    )
    refuses = models.JSONField(_("不接受条件"), default=list, blank=True)

    class Meta:
        verbose_name = _("需求")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="need_number_once"),
            models.CheckConstraint(
                name="need_supplier_limit",
                condition=Q(max_suppliers=None) | Q(max_suppliers__gte=1),
            ),
            models.CheckConstraint(name="need_times", condition=Q(times__gte=1)),
        ]
        indexes = [models.Index(fields=["alliance", "state", "deadline"], name="need_state")]

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.title, self.number, self.place, self.note)
        super().save(*args, **kwargs)

    @property
    def is_bundle(self) -> bool:
        return len(self.components.all()) > 1


class Component(models.Model):
    """One part of a need that must come with the others."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("组成"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=20)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("计量单位"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("需求组成")
        ordering = ["need", "position"]
        constraints = [
            models.UniqueConstraint(fields=["need", "position"], name="component_position_once"),
            models.CheckConstraint(name="component_quantity", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title or self.need.title
