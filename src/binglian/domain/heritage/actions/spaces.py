"""Rooms of a place offered to merchants and makers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.actions import save_offer, withdraw_row
from binglian.domain.heritage.models import Place, Space
from binglian.domain.heritage.queries.spaces import landlords_of
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .steps import locked

#: The kind of offer, and of the need that asks for it.
KIND = "premises"
UNIT = "处"


@transaction.atomic
def save_space(
    *,
    place: Place,
    landlord: Organisation,
    by: User,
    area: Decimal,
    space: Space | None = None,
    floor: str = "",
    trades: Sequence[str] = (),
    rent: Decimal = Decimal(0),
    available_on: date | None = None,
    conditions: Sequence[str] = (),
    is_public: bool = True,
) -> Space:
    """Offer rooms of a place (登记待租空间): one offer of its owner or agent, on the list.

    ``rent`` is in yuan a month, 0 for free; ``trades`` are wanted trades, as tags to be matched.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the lists of the landlord.
    ActionRefused
        The landlord is neither owner nor agent, or the area is not above 0.
    """
    place = locked(place)
    alliance = place.alliance
    require_permission(by, Permission.TEND_PLACE, within=alliance.seat_of(landlord))
    refuse_unless(
        landlords_of(place).filter(pk=landlord.pk).exists(),
        _("“%(name)s”不是这处里院的所有权人或代管人，不能出租。") % {"name": landlord.name},
    )
    refuse_unless(area > 0, _("面积须大于零。"))
    known = {word.code for word in alliance.kind_words()}
    refuse_unless(
        KIND in known, _("本联盟的清单没有“经营用房”（premises）这一类别，请先在设置里加上。")
    )
    title = " · ".join(filter(None, [place.name_zh, floor.strip(), f"{area.normalize():f} ㎡"]))
    offer = save_offer(
        alliance=alliance,
        organisation=landlord,
        by=by,
        offer=space.offer if space else None,
        kind=KIND,
        title=title[:120],
        quantity=Decimal(1),
        unit=UNIT,
        price=rent,
        tags=list(trades),
        conditions=list(conditions),
        place=(place.address or place.name_zh)[:120],
        longitude=place.longitude,
        latitude=place.latitude,
    )
    facts = {
        "floor": floor.strip(),
        "area": area,
        "available_on": available_on,
        "is_public": is_public,
    }
    if space is None:
        space = Space.objects.create(place=place, offer=offer, **facts)
        record(by, "space.entered", space, within=alliance, organisation=landlord, change=facts)
        return space
    change = {
        name: [getattr(space, name), value]
        for name, value in facts.items()
        if getattr(space, name) != value
    }
    for name, value in facts.items():
        setattr(space, name, value)
    if change:
        space.save()
        record(by, "space.changed", space, within=alliance, organisation=landlord, change=change)
    return space


@transaction.atomic
def withdraw_space(*, space: Space, by: User) -> Space:
    """Take a space off the list; what was promised on it stays."""
    alliance, landlord = space.place.alliance, space.offer.organisation
    if not has_permission(by, Permission.TEND_PLACE, within=alliance.seat_of(landlord)):
        raise PermissionDenied(_("只有出租单位可以撤下。"))
    withdraw_row(row=space.offer, by=by)
    record(by, "space.withdrawn", space, within=alliance, organisation=landlord)
    return space
