"""Members, and the register of who could be one, as the record stood at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.places.models import Area

from .bodies import Bodies, pk_by_name
from .rewinding import Later

#: Offices of the state; a community's committee is the residents' own.
GOVERNMENT = (Organisation.Kind.DEPARTMENT, Organisation.Kind.SUBDISTRICT)
_GONE = (Membership.State.APPLIED, Membership.State.REFUSED)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation's time in the alliance."""

    organisation: Organisation
    category: str
    from_on: date
    until_on: date | None

    def belongs_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def members_at(alliance: Alliance, as_of: datetime, bodies: Bodies) -> list[Member]:
    """Everybody known by then to have been admitted, those who have left since included."""
    later = Later(Membership, as_of, chain=alliance.slug)
    rows = alliance.memberships.exclude(state__in=_GONE).select_related("organisation")
    return [
        Member(
            organisation=bodies.as_it_stood(row.organisation),
            category=later.before(row.pk, "category", row.category),
            from_on=_day(later.before(row.pk, "from_on", row.from_on)),
            until_on=None if later.has(row.pk, "membership.withdrawn") else row.until_on,
        )
        for row in rows.filter(applied_at__lte=as_of).order_by("pk")
        if not later.has(row.pk, "membership.admitted")
    ]


@dataclass(frozen=True, slots=True)
class Register:
    """What lies in the alliance's area: its communities, and the organisations seated there."""

    communities: tuple[Area, ...]
    organisations: tuple[Organisation, ...]
    #: Area → the areas above it.
    above: dict[int, frozenset[int]]

    def lies_in(self, organisation: Organisation, area: Area) -> bool:
        """Whether the organisation is seated in the area or in a part of it."""
        own = organisation.area_id
        return own is not None and (own == area.pk or area.pk in self.above.get(own, frozenset()))


def register_of(alliance: Alliance, as_of: datetime, bodies: Bodies) -> Register:
    """Communities and organisations of the area; empty where the alliance has none.

    Areas and organisations carry no instant of their own: those the ledger first names later are
    left out, and what it changed later is changed back.
    """
    later = Later(Area, as_of, chain=None)
    by_name = pk_by_name(Area)
    parents = {
        pk: _area(later.before(pk, "parent", parent), by_name)
        for pk, parent in Area.objects.values_list("pk", "parent")
    }
    home = _area(
        Later(Alliance, as_of, chain=alliance.slug).before(alliance.pk, "area", alliance.area_id),
        by_name,
    )
    above = {pk: frozenset(_above(pk, parents)) for pk in parents}
    inside = {pk for pk in above if home is not None and (pk == home or home in above[pk])}
    communities = Area.objects.filter(pk__in=inside, kind=Area.Kind.COMMUNITY)
    seated = Organisation.objects.filter(Q(area__in=inside) | Q(pk__in=bodies.corrected))
    then = [bodies.as_it_stood(one) for one in seated.order_by("pk") if bodies.is_known(one.pk)]
    return Register(
        communities=tuple(
            one
            for one in communities.order_by("pk")
            if not later.has(one.pk, "area.added")
            and not later.before(one.pk, "is_retired", one.is_retired)
        ),
        organisations=tuple(one for one in then if one.area_id in inside),
        above=above,
    )


def _area(said: int | str | None, by_name: dict[str, int]) -> int | None:
    """The key of an area, which the ledger keeps by its name."""
    return by_name.get(said) if isinstance(said, str) else said


def _above(pk: int, parents: dict[int, int | None]) -> list[int]:
    found: list[int] = []
    parent = parents.get(pk)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def _day(said: date | str) -> date:
    return date.fromisoformat(said) if isinstance(said, str) else said
