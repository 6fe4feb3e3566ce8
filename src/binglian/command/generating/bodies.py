"""Organisations, alliances, and who sits where in the made-up city. Nobody in it is real."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation
from binglian.domain.alliance.names import search_text
from binglian.domain.alliance.publicness import Published
from binglian.domain.matters.models import Category, Responsibility
from binglian.domain.places.models import Area

from .chains import Acts, moment
from .ground import District
from .rows import Rows
from .span import DAY, Span, day_of
from .words import BODIES, KINDS, SYLLABLES

#: Nobody can sign in with it; see ``django.contrib.auth.hashers.UNUSABLE_PASSWORD_PREFIX``.
_NO_PASSWORD = "!generated"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation with its liaison officer; ``person`` is key and user name."""

    key: int
    name: str
    kind: str
    person: tuple[int, str]

    @property
    def named(self) -> tuple[int, str]:
        return self.key, self.name


@dataclass(slots=True)
class Circle:
    """An alliance as the generator needs it.

    Attributes
    ----------
    share
        Its share of everything that happens, 0 … 1; some alliances are large.
    pull
        Shares of its members, in their order: few do much.
    leads
        For each kind of matter, in the order of ``KINDS``, who answers for it.
    """

    key: int
    slug: str
    district: District
    share: float
    members: list[Body]
    pull: np.ndarray
    secretary: tuple[int, str]
    categories: list[int] = field(default_factory=list)
    leads: list[Body] = field(default_factory=list)


def zipf(n: int, exponent: float = 0.8) -> np.ndarray:
    """Shares of ``n`` things by rank, together 1: the k-th has k to the power −exponent."""
    weights = np.arange(1, n + 1, dtype=float) ** -exponent
    return weights / weights.sum()


def found_city(
    rows: Rows,
    acts: Acts,
    districts: list[District],
    span: Span,
    chance: np.random.Generator,
    *,
    alliances: int,
    organisations: int,
) -> list[Circle]:
    """All alliances with their members; every organisation is a member of one."""
    shares = zipf(alliances, 0.5)
    # Each has its two leads and one more; the others are shared out by size.
    counts = 3 + chance.multinomial(organisations - 3 * alliances, shares)
    return [
        _found(rows, acts, districts[number % len(districts)], span, chance, number, share, count)
        for number, (share, count) in enumerate(zip(shares.tolist(), counts.tolist(), strict=True))
    ]


def _found(
    rows: Rows,
    acts: Acts,
    district: District,
    span: Span,
    chance: np.random.Generator,
    number: int,
    share: float,
    count: int,
) -> Circle:
    at = span.begin - 30 * DAY + number * 3600
    middle = district.middles[number % len(district.middles)]
    slug, name = f"alliance-{number + 1:02d}", f"示例{number + 1}号片区联盟"
    bodies = [_body(rows, district, at, chance, number, rank) for rank in range(count)]
    area = rows.add(
        Area,
        name=f"示例{number + 1}号更新片区",
        name_en=f"Renewal Area {number + 1}",
        kind="renewal",
        parent_id=district.key,
        longitude=float(middle[0]),
        latitude=float(middle[1]),
    )
    key = rows.add(
        Alliance,
        slug=slug,
        name=name,
        name_en=f"Example Alliance {number + 1}",
        description="为测量而生成的联盟，不对应任何真实单位。",
        area_id=area,
        lead_a_id=bodies[0].key,
        lead_b_id=bodies[1].key,
        founded_on=day_of(at),
        published=Published.values,
        reserved={},
    )
    acts.note(at, slug, "alliance.founded", Alliance, key, name)
    secretary = _person(rows, f"secretariat-{number + 1:02d}", f"{name}秘书处", at)
    circle = Circle(key, slug, district, share, bodies, zipf(count), secretary)
    _seat(rows, circle, secretary[0], Role.SECRETARIAT, None, at)
    for rank, body in enumerate(bodies):
        _join(rows, acts, circle, body, at + 60 * (rank + 1))
    _seat(rows, circle, bodies[0].person[0], Role.LEAD_A, None, at)
    _seat(rows, circle, bodies[1].person[0], Role.LEAD_B, None, at)
    _answer_for_kinds(rows, circle)
    return circle


def _body(
    rows: Rows,
    district: District,
    at: float,
    chance: np.random.Generator,
    alliance: int,
    rank: int,
) -> Body:
    # The leads are a department and a sub-district; the rest as in member lists of the kind.
    weights = np.array([row[2] for row in BODIES], dtype=float)
    row = BODIES[rank if rank < 2 else chance.choice(len(BODIES), p=weights / weights.sum())]
    syllables = chance.integers(0, len(SYLLABLES), 2)
    called = "".join(SYLLABLES[n] for n in syllables) + row[3][chance.integers(len(row[3]))]
    name = f"{called}（示例{alliance + 1}-{rank + 1}）"
    place = int(chance.integers(len(district.parts)))
    longitude, latitude = (district.middles[place] + chance.normal(0, 0.003, 2)).round(6).tolist()
    key = rows.add(
        Organisation,
        name=name,
        name_en=f"Example Body {alliance + 1}-{rank + 1}",
        kind=row[0],
        area_id=district.parts[place],
        longitude=longitude,
        latitude=latitude,
        search_text=search_text(name),
    )
    person = _person(rows, f"officer-{alliance + 1:02d}-{rank + 1:04d}", f"{name}联络员", at)
    return Body(key, name, row[0], person)


def _person(rows: Rows, username: str, shown: str, at: float) -> tuple[int, str]:
    key = rows.add(
        User,
        username=username,
        display_name=shown[:60],
        email=f"{username}@city.example",
        password=_NO_PASSWORD,
        joined_at=moment(at),
    )
    return key, username


def _join(rows: Rows, acts: Acts, circle: Circle, body: Body, at: float) -> None:
    joined: datetime = moment(at)
    category = next(row[1] for row in BODIES if row[0] == body.kind)
    key = rows.add(
        Membership,
        alliance_id=circle.key,
        organisation_id=body.key,
        category=category,
        state=Membership.State.ADMITTED.value,
        applied_at=joined,
        from_on=day_of(at),
    )
    acts.note(
        at, circle.slug, "membership.admitted", Membership, key, body.name, by=circle.secretary
    )
    _seat(rows, circle, body.person[0], Role.LIAISON, body.key, at)
    if body.kind == Organisation.Kind.COMMUNITY:
        _seat(rows, circle, body.person[0], Role.WORKER, body.key, at)


def _seat(
    rows: Rows, circle: Circle, person: int, role: Role, organisation: int | None, at: float
) -> None:
    rows.add(
        Appointment,
        alliance_id=circle.key,
        user_id=person,
        role=role.value,
        organisation_id=organisation,
        from_on=day_of(at),
    )


def _answer_for_kinds(rows: Rows, circle: Circle) -> None:
    """The alliance's catalogue: every kind of matter with who leads and until when."""
    for position, kind in enumerate(KINDS):
        body = circle.members[position % len(circle.members)]
        category = rows.add(
            Category,
            alliance_id=circle.key,
            code=kind.code,
            name_zh=kind.zh,
            name_en=kind.en,
            group_zh=kind.group[0],
            group_en=kind.group[1],
            keywords=list(kind.keywords),
        )
        rows.add(
            Responsibility,
            category_id=category,
            organisation_id=body.key,
            period=kind.period,
            clock=kind.clock,
        )
        circle.categories.append(category)
        circle.leads.append(body)
