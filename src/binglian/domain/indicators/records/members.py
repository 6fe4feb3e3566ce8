"""Members, and the register of who could be one, as the record stood at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.places.models import Area
from binglian.domain.together import Reader

from .bodies import Bodies, pk_by_name
from .rewinding import Later, acts_after

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


@dataclass(frozen=True, slots=True)
class Roll:
    """What members and register are told from. One statement.

    Attributes
    ----------
    areas
        Every area, and both names of each → its key.
    bodies
        Organisations as they stood.
    categories
        Codes of the member categories the alliance had.
    """

    alliance: Alliance
    memberships: Sequence[Membership]
    membership_acts: Later
    areas: Sequence[Area]
    area_acts: Later
    area_by_name: Mapping[str, int]
    alliance_acts: Later
    bodies: Bodies

    @property
    def categories(self) -> list[str]:
        now = [word.code for word in self.alliance.category_words()]
        said = self.alliance_acts.before(self.alliance.pk, "categories", None)
        return now if said is None else [row["code"] for row in said]


def roll_of(alliance: Alliance, as_of: datetime) -> Reader[Roll]:
    chain = alliance.slug
    memberships, membership_acts, areas, area_acts, alliance_acts, body_acts = yield (
        alliance.memberships.exclude(state__in=_GONE)
        .filter(applied_at__lte=as_of)
        .select_related("organisation")
        .order_by("pk"),
        acts_after(as_of, Membership, chain=chain),
        Area.objects.order_by("pk"),
        acts_after(as_of, Area, chain=None),
        acts_after(as_of, Alliance, chain=chain),
        acts_after(as_of, Organisation, chain=None),
    )
    by_name = pk_by_name(areas)
    return Roll(
        alliance=alliance,
        memberships=memberships,
        membership_acts=Later(membership_acts),
        areas=areas,
        area_acts=Later(area_acts),
        area_by_name=by_name,
        alliance_acts=Later(alliance_acts),
        bodies=Bodies(Later(body_acts), by_name),
    )


def members_of(roll: Roll) -> list[Member]:
    """Everybody known by then to have been admitted, those who have left since included."""
    later = roll.membership_acts
    return [
        Member(
            organisation=roll.bodies.as_it_stood(row.organisation),
            category=later.before(row.pk, "category", row.category),
            from_on=_day(later.before(row.pk, "from_on", row.from_on)),
            until_on=None if later.has(row.pk, "membership.withdrawn") else row.until_on,
        )
        for row in roll.memberships
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


def register_of(roll: Roll) -> Register:
    """Communities and organisations of the area; empty where the alliance has none.

    Areas and organisations carry no instant of their own: those the ledger first names later are
    left out, and what it changed later is changed back.
    """
    later, by_name, bodies = roll.area_acts, roll.area_by_name, roll.bodies
    parents = {
        one.pk: _area(later.before(one.pk, "parent", one.parent_id), by_name) for one in roll.areas
    }
    seat = roll.alliance_acts.before(roll.alliance.pk, "area", roll.alliance.area_id)
    home = _area(seat, by_name)
    above = {pk: frozenset(_above(pk, parents)) for pk in parents}
    inside = {pk for pk in above if home is not None and (pk == home or home in above[pk])}
    seated = Organisation.objects.filter(Q(area__in=inside) | Q(pk__in=bodies.corrected))
    then = [bodies.as_it_stood(one) for one in seated.order_by("pk") if bodies.is_known(one.pk)]
    return Register(
        communities=tuple(
            one
            for one in roll.areas
            if one.pk in inside
            and one.kind == Area.Kind.COMMUNITY
            and not later.has(one.pk, "area.added")
            and not later.before(one.pk, "is_retired", one.is_retired)
        ),
        organisations=tuple(one for one in then if one.area_id in inside),
        above=above,
    )


def _area(said: int | str | None, by_name: Mapping[str, int]) -> int | None:
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
