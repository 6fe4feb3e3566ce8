"""Alliances, and one organisation's seat in them as a scope of permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.words import BOTH, Word, default_categories, default_kinds

from .organisations import Organisation

if TYPE_CHECKING:
    from .appointments import Appointment


class Alliance(models.Model):
    """Organisations that renew one part of the city together, led by two of them (联盟)."""

    is_one_organisation = False

    slug = models.SlugField(_("网址名"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    description = models.TextField(_("简介"), blank=True)
    description_en = models.TextField(_("英文简介"), blank=True)
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("片区"),
    )
    lead_a = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位甲")
    )
    lead_b = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位乙")
    )
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    kinds = models.JSONField(_("资源与需求类别"), default=default_kinds)
    categories = models.JSONField(_("成员类别"), default=default_categories)
    # Codes of ``Published``; what is not named stays among the members.
    published = models.JSONField(_("向公众公开"), default=list, blank=True)
    # Act → letters of the leads who must approve it; what is not named is for both.
    reserved = models.JSONField(_("保留事项"), default=dict)
    decision_days = models.PositiveSmallIntegerField(
        _("答复决定的期限"), default=5, help_text=_("几个工作日内不答复即提醒秘书处和上级")
    )
    large_from = models.DecimalField(
        _("大额承诺起点"), max_digits=14, decimal_places=2, null=True, help_text=_("元；空着即不设")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("答复期限"), default=5, help_text=_("公布后几个工作日内认领或谢绝")
    )
    judge_days = models.PositiveSmallIntegerField(
        _("评价期限"), default=5, help_text=_("兑现后几个工作日内评价")
    )

    class Meta:
        verbose_name = _("联盟")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="alliance_two_leads", condition=~Q(lead_a=F("lead_b")))
        ]

    def __str__(self) -> str:
        return (
            self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name
        )

    @property
    def lead_ids(self) -> tuple[int, int]:
        """The organisations that lead it, by their keys."""
        return self.lead_a_id, self.lead_b_id

    def roles_of(self, user: User) -> list[Role]:
        """Every role the person holds here today, whatever organisation it is for."""
        return [Role(seat.role) for seat in self.seats_held(user)]

    def seats_held(self, user: User) -> list[Appointment]:
        """The person's present seats here; see ``keep_seats`` for pages that ask often."""
        kept = getattr(user, "kept_seats", None)
        if kept is not None:
            return [seat for seat in kept() if seat.alliance_id == self.pk]
        return list(self.appointments.current().filter(user=user))

    def seat_of(self, organisation: Organisation) -> Seat:
        """The scope in which one organisation's own permissions are asked."""
        return Seat(self, organisation)

    def publishes(self, what: Published) -> bool:
        """Whether everybody may see this list."""
        return what.value in self.published

    def reserved_for(self, act: str) -> str:
        """Letters of the leads who must approve the act: ``ab``, ``a``, ``b``, or none."""
        return str(self.reserved.get(act, BOTH))

    def kind_words(self) -> list[Word]:
        return [Word(k["code"], k["zh"], k.get("en", "")) for k in self.kinds]

    def category_words(self) -> list[Word]:
        return [Word(c["code"], c["zh"], c.get("en", "")) for c in self.categories]


class Seat:
    """One organisation's seat in one alliance, as a scope of permissions."""

    is_one_organisation = True

    def __init__(self, alliance: Alliance, organisation: Organisation) -> None:
        self.alliance, self.organisation = alliance, organisation

    def roles_of(self, user: User) -> list[Role]:
        """Alliance-wide roles, and those of an organisation only when it is this one."""
        return [
            Role(seat.role)
            for seat in self.alliance.seats_held(user)
            if Role(seat.role) not in OF_AN_ORGANISATION
            or seat.organisation_id == self.organisation.pk
        ]
