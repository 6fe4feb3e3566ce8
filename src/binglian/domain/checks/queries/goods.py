"""Donations: who sees which, and totals that balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to, own_organisations
from binglian.domain.checks.models import Donation, HandOut
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects


@dataclass(frozen=True, slots=True)
class Totals:
    """Worth in yuan: ``given`` is always ``handed_out`` plus ``remaining``."""

    given: Decimal
    handed_out: Decimal
    remaining: Decimal


def donations_visible_to(user: User) -> QuerySet[Donation]:
    """Donations of the alliances in which the person holds a seat."""
    return _whole(Donation.objects.filter(alliance__in=alliances_visible_to(user)))


def public_donations(alliance: Alliance) -> QuerySet[Donation]:
    """What everybody may see: published, to the site of a public project; cancelled ones too,
    for what was public once does not vanish."""
    shown = public_projects().filter(alliance=alliance)
    return _whole(alliance.donations.filter(published_at__isnull=False, project__in=shown))


def totals_of(donations: Iterable[Donation]) -> Totals:
    """The worth of all goods of these donations; cancelled ones count for nothing."""
    goods = [
        good
        for donation in donations
        if donation.state != Donation.State.CANCELLED
        for good in donation.goods.all()
    ]
    return Totals(
        given=sum((good.value for good in goods), Decimal(0)),
        handed_out=sum((good.value_handed_out for good in goods), Decimal(0)),
        remaining=sum((good.value_remaining for good in goods), Decimal(0)),
    )


def hand_outs_to_confirm(user: User, alliance: Alliance) -> QuerySet[HandOut]:
    """What the person's organisations are said to have received and have not confirmed."""
    own = own_organisations(user, alliance)
    waiting = HandOut.objects.filter(
        good__donation__alliance=alliance,
        organisation__in=own,
        confirmed_at=None,
        taken_back_at=None,
    )
    return waiting.select_related("good__donation", "organisation")


def sites_kept_by(user: User, alliance: Alliance) -> list[Project]:
    """Projects whose books the person keeps, those under way first."""
    projects = alliance.projects.exclude(state=Project.State.WITHDRAWN)
    projects = projects.select_related("alliance", "owner").order_by("-pk")
    may_keep: dict[int, bool] = {}
    for project in projects:
        if project.owner_id not in may_keep:
            may_keep[project.owner_id] = has_permission(
                user, Permission.KEEP_SITE_BOOKS, within=project.seat
            )
    return [project for project in projects if may_keep[project.owner_id]]


def _whole(donations: QuerySet[Donation]) -> QuerySet[Donation]:
    standing = HandOut.objects.filter(taken_back_at=None).select_related("organisation")
    return donations.select_related(
        "alliance", "donor", "project__alliance", "project__owner"
    ).prefetch_related("goods", Prefetch("goods__hand_outs", standing))
