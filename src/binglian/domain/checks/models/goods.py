"""Goods given to a site: by whom, what, and to whom they went (慰问品和捐赠物资)."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Donation(models.Model):
    """What one organisation gave to one site at one time, under one receipt (捐赠)."""

    class State(models.TextChoices):
        ENTERED = "entered", _("已登记")
        PUBLISHED = "published", _("已公示")
        CANCELLED = "cancelled", _("已撤销")

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="donations")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, related_name="donations", verbose_name=_("工地")
    )
    receipt_number = models.CharField(_("收据编号"), max_length=40)
    # An organisation, always: private persons are not asked for anything here.
    donor = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("捐赠单位")
    )
    given_on = models.DateField(_("接收日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ENTERED)
    reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    published_at = models.DateTimeField(_("公示时间"), null=True)

    class Meta:
        verbose_name = _("捐赠")
        ordering = ["-given_on", "-pk"]
        constraints = [
            # A receipt entered wrongly is cancelled and entered again.
            models.UniqueConstraint(
                fields=["alliance", "receipt_number"],
                condition=~Q(state="cancelled"),
                name="donation_receipt_once",
            ),
            models.CheckConstraint(
                name="donation_state_complete",
                condition=Q(state="entered", published_at=None)
                | Q(state="published", published_at__isnull=False)
                | Q(state="cancelled") & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number


class DonatedGood(models.Model):
    """One line of a donation: what was given is what was handed out and what is left (物资)."""

    donation = models.ForeignKey(Donation, models.PROTECT, related_name="goods")
    item = models.CharField(_("品名"), max_length=60)
    quantity = models.PositiveIntegerField(_("数量"))
    unit = models.CharField(_("计量单位"), max_length=10)
    unit_price = models.DecimalField(
        _("单价"), max_digits=10, decimal_places=2, help_text=_("元，按购买票据或市价")
    )
    handed_out = models.PositiveIntegerField(_("已发放"), default=0)
    remaining = models.PositiveIntegerField(_("结存"))

    class Meta:
        verbose_name = _("物资")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="good_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="good_price", condition=Q(unit_price__gte=0)),
            models.CheckConstraint(
                name="good_balances", condition=Q(quantity=F("handed_out") + F("remaining"))
            ),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def value(self) -> Decimal:
        """In yuan, exact to the fen: quantities are whole."""
        return self.quantity * self.unit_price

    @property
    def value_handed_out(self) -> Decimal:
        return self.handed_out * self.unit_price

    @property
    def value_remaining(self) -> Decimal:
        return self.remaining * self.unit_price


class HandOut(models.Model):
    """Some of a good goes to one organisation, which says that it came (发放)."""

    good = models.ForeignKey(DonatedGood, models.PROTECT, related_name="hand_outs")
    organisation = models.ForeignKey(
        "alliance.Organisation", models.PROTECT, related_name="+", verbose_name=_("接收单位")
    )
    quantity = models.PositiveIntegerField(_("数量"))
    on = models.DateField(_("发放日期"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("确认收到"), null=True)
    taken_back_at = models.DateTimeField(_("收回时间"), null=True)
    reason = models.CharField(_("收回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发放")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="hand_out_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="hand_out_confirmation_complete",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hand_out_taken_back_for_a_reason",
                condition=Q(taken_back_at=None) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.good} {self.quantity} → {self.organisation}"
