"""Seeded random alliances: common and rare tags, clustered places, bundles, conflicts."""

import math
import random

from binglian.engine.coupling.candidates import find_pairs
from binglian.engine.coupling.problem import Component, CouplingProblem, Need, Offer, Window

KINDS = ("venue", "expertise", "equipment", "funds", "seats", "volunteers", "parking", "materials")
SLOTS = ((480, 720), (720, 1080), (1080, 1320), (480, 1320))
CONDITIONS = ("收费", "需保险", "限噪音", "需预约")


def random_problem(
    rows: int,
    *,
    seed: int,
    partial: float = 0.15,
    lots: float = 0.2,
    limits: float = 0.15,
    tags_per_kind: int = 12,
    most_per_component: int | None = 16,
) -> CouplingProblem:
    """Make a problem of ``rows`` offers and needs together, twice as many needs as offers.

    ``partial``, ``lots`` and ``limits`` are the shares of needs that may be served in part, of
    offers with a smallest lot and of needs with a supplier limit; with fewer ``tags_per_kind``
    more offers fit each need.
    """
    pick = random.Random(seed)
    clusters = [
        (120.3 + pick.uniform(-0.1, 0.1), 36.07 + pick.uniform(-0.08, 0.08))
        for _ in range(2 + rows // 100)
    ]
    organisations = [f"单位{i + 1}" for i in range(max(4, rows // 8))]
    offers = tuple(
        _offer(pick, i, organisations, clusters, lots, tags_per_kind) for i in range(rows // 3)
    )
    needs = tuple(
        _need(pick, i, organisations, clusters, partial, limits, tags_per_kind)
        for i in range(rows - len(offers))
    )
    pairs = find_pairs(offers, needs, most_per_component=most_per_component)
    return CouplingProblem(offers, needs, pairs)


def _zipf(pick: random.Random, count: int) -> int:
    return min(count - 1, int(math.exp(pick.random() * math.log(count + 1))) - 1)


def _tags(pick: random.Random, kind: str, most: int, known: int) -> frozenset[str]:
    return frozenset(f"{kind}{_zipf(pick, known)}" for _ in range(pick.randint(1, most)))


def _place(pick: random.Random, clusters: list[tuple[float, float]]) -> tuple[float, float]:
    longitude, latitude = clusters[_zipf(pick, len(clusters))]
    return longitude + pick.gauss(0, 0.01), latitude + pick.gauss(0, 0.008)


def _windows(pick: random.Random) -> tuple[Window, ...]:
    if pick.random() < 0.4:
        return ()
    weekdays = pick.choice((0b0011111, 0b1100000, 1 << pick.randrange(7), 0b1111111))
    start, end = pick.choice(SLOTS)
    return (Window(weekdays=weekdays, start_minute=start, end_minute=end),)


def _quantity(pick: random.Random, kind: str) -> int:
    if kind == "venue":
        return pick.choice((1, 1, 1, 2))
    if kind == "funds":
        return 500 * pick.randint(1, 30)
    return max(1, round(math.exp(pick.uniform(0, 4))))


def _offer(
    pick: random.Random,
    number: int,
    organisations: list[str],
    clusters: list[tuple[float, float]],
    lots: float,
    tags: int,
) -> Offer:
    kind = KINDS[_zipf(pick, len(KINDS))]
    quantity = 2 * _quantity(pick, kind)
    longitude, latitude = _place(pick, clusters)
    organisation = pick.choice(organisations)
    others = [name for name in organisations if name != organisation]
    return Offer(
        ref=f"O{number + 1}",
        organisation=organisation,
        title=f"{kind} {number + 1}",
        kind=kind,
        quantity=quantity,
        tags=_tags(pick, kind, 3, tags),
        lot=max(1, quantity // pick.randint(3, 8)) if pick.random() < lots else 1,
        windows=_windows(pick),
        longitude=longitude,
        latitude=latitude,
        conditions=frozenset({pick.choice(CONDITIONS)} if pick.random() < 0.2 else ()),
        excludes=frozenset({pick.choice(others)} if pick.random() < 0.1 else ()),
    )


def _need(
    pick: random.Random,
    number: int,
    organisations: list[str],
    clusters: list[tuple[float, float]],
    partial: float,
    limits: float,
    tags: int,
) -> Need:
    kinds = [KINDS[_zipf(pick, len(KINDS))] for _ in range(pick.choice((1, 1, 2, 2, 3, 4)))]
    longitude, latitude = _place(pick, clusters)
    organisation = pick.choice(organisations)
    return Need(
        ref=f"N{number + 1}",
        organisation=organisation,
        title=f"need {number + 1}",
        components=tuple(
            Component(kind, _quantity(pick, kind), tags=_tags(pick, kind, 2, tags))
            for kind in kinds
        ),
        priority=pick.choice((1, 1, 1, 2, 2, 3)),
        beneficiaries=pick.choice((0, 20, 60, 200, 1000)),
        windows=_windows(pick) if pick.random() < 0.5 else (),
        longitude=longitude,
        latitude=latitude,
        within_km=pick.choice((None, 3.0, 6.0, 12.0)),
        all_or_nothing=pick.random() >= partial,
        max_suppliers=pick.randint(1, 3) if pick.random() < limits else None,
        rules_out=frozenset({pick.choice(organisations)} if pick.random() < 0.1 else ()),
        refuses=frozenset({pick.choice(CONDITIONS)} if pick.random() < 0.2 else ()),
    )
