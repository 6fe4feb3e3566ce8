"""The two cores: who decides for them for a while, and whom their silence is told to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import today


class Lead(models.TextChoices):
    """Which of the two cores (双核)."""

    A = "a", _("牵头单位甲")
    B = "b", _("牵头单位乙")


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self) -> DelegationQuerySet:
        """Those of today; whether giver and delegate may still act is asked beside this."""
        return self.filter(revoked_at=None, from_on__lte=today(), until_on__gte=today())


class Delegation(models.Model):
    """The holder of a lead's seat lets a colleague decide from a day to a day (委托)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="delegations")
    lead = models.CharField(_("牵头单位"), max_length=1, choices=Lead)
    giver = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("委托人")
    )
    delegate = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("受托人")
    )
    from_on = models.DateField(_("自"))
    # The last day, included.
    until_on = models.DateField(_("至"))
    why = models.CharField(_("事由"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("委托时间"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="delegation_has_days", condition=Q(from_on__lte=F("until_on"))
            ),
            models.CheckConstraint(name="delegation_to_another", condition=~Q(giver=F("delegate"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_lead_display()} → {self.delegate}"

    @property
    def is_over(self) -> bool:
        return self.revoked_at is not None or self.until_on < today()

    @property
    def is_current(self) -> bool:
        """As ``current`` of many."""
        return not self.is_over and self.from_on <= today()


class Superior(models.Model):
    """An office above a lead that is told when the lead stays silent (上级联系人)."""

    alliance = models.ForeignKey("alliance.Alliance", models.PROTECT, related_name="superiors")
    lead = models.CharField(_("牵头单位"), max_length=1, choices=Lead)
    office = models.CharField(_("上级单位或处室"), max_length=80)
    email = models.EmailField(_("公务邮箱"), help_text=_("有账号的，通知同时进入其收件箱"))

    class Meta:
        verbose_name = _("上级联系人")
        ordering = ["lead", "id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "lead", "email"], name="superior_once")
        ]

    def __str__(self) -> str:
        return self.office
