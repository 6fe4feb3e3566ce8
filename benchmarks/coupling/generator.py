"""Seeded random alliances: common and rare tags, clustered places, bundles, conflicts.

python -m benchmarks.coupling.generator --rows 10000 --seed 1 --family plain --out PROBLEM.json
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.form import write_problem
from binglian.engine.coupling.form.text import lines
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Organisation,
    Pairs,
    Window,
)
from binglian.engine.coupling.slots import HALF_DAYS

from .families import FAMILIES, Family

KINDS = ("venue", "expertise", "equipment", "funds", "seats", "volunteers", "parking", "materials")
CONDITIONS = ("收费", "需保险", "限噪音", "需预约")
MOST_PER_COMPONENT = 16

NOBODY: frozenset[str] = frozenset()
WEEKDAYS = (0b0011111, 0b1100000, *(1 << day for day in range(7)), 0b1111111)
WEEKDAY_CHANCES = (0.25, 0.25, *(0.25 / 7 for _ in range(7)), 0.25)
HOURS = ((480, 720), (720, 1080), (1080, 1320), (480, 1320))
WINDOWS = tuple(
    (Window(weekdays=days, start_minute=start, end_minute=end),)
    for days in WEEKDAYS
    for start, end in HOURS
)

Array = npt.NDArray[Any]


class Rows(NamedTuple):
    """An alliance before anybody asked which offers fit which needs."""

    offers: tuple[Offer, ...]
    needs: tuple[Need, ...]
    organisations: tuple[Organisation, ...]
    budgets: tuple[Budget, ...]
    slots: tuple[Window, ...]


def random_problem(
    rows: int,
    *,
    seed: int,
    family: str = "plain",
    most_per_component: int | None = MOST_PER_COMPONENT,
    **changes: Any,
) -> CouplingProblem:
    """Make a problem of ``rows`` offers and needs together, twice as many needs as offers.

    ``changes`` are fields of ``Family`` that shall differ from the ``family`` named.
    """
    drawn = random_rows(rows, seed=seed, family=family, **changes)
    pairs = find_pairs(
        drawn.offers, drawn.needs, slots=drawn.slots, most_per_component=most_per_component
    )
    return with_pairs(drawn, pairs, seed=seed, family=family, **changes)


def random_rows(rows: int, *, seed: int, family: str = "plain", **changes: Any) -> Rows:
    """Draw the offers and needs of ``random_problem``, without pairs."""
    return _Draw(rows, seed, replace(FAMILIES[family], **changes)).rows()


def with_pairs(
    drawn: Rows, pairs: Pairs, *, seed: int, family: str = "plain", **changes: Any
) -> CouplingProblem:
    """Put rows and pairs together; draw ties, coarse pairs and commitments if there are any."""
    shape = replace(FAMILIES[family], **changes)
    pick = np.random.default_rng([seed, len(pairs)])
    pairs = _with_ties(pick, pairs, shape)
    return CouplingProblem(
        offers=drawn.offers,
        needs=drawn.needs,
        pairs=pairs,
        kept=_kept(pick, drawn, pairs, shape),
        slots=drawn.slots,
        organisations=drawn.organisations,
        budgets=drawn.budgets,
    )


class _Draw:
    """One alliance being drawn; every column is one numpy call, rows are made last."""

    def __init__(self, rows: int, seed: int, shape: Family) -> None:
        self.pick = np.random.default_rng([seed, rows])
        self.shape = shape
        self.offers = rows // 3
        self.needs = rows - self.offers
        self.organisations = [f"单位{i + 1}" for i in range(max(4, rows // 8))]
        self.tags = max(shape.tags_per_kind, round(shape.tags_per_kind * (rows / 1000) ** 0.25))
        breadth = max(1.0, (rows / 3000) ** 0.5)  # a larger alliance covers a larger land
        middles = 2 + rows // 100
        self.east = 120.3 + self.pick.uniform(-0.1, 0.1, middles) * breadth
        self.north = 36.07 + self.pick.uniform(-0.08, 0.08, middles) * breadth
        self.known_tags: dict[tuple[int, ...], frozenset[str]] = {}

    def rows(self) -> Rows:
        offers = tuple(self._offers())
        fields, demand = self._needs()
        budgets, needs = self._budgets(offers, fields, demand)
        return Rows(
            offers, needs, self._limits(offers), budgets, HALF_DAYS if self.shape.slots else ()
        )

    def _zipf(self, count: int, size: int) -> Array:
        drawn: Array = np.exp(self.pick.random(size) * np.log(count + 1)).astype(np.int64)
        return np.minimum(count, drawn) - 1

    def _chance(self, share: float, size: int) -> Array:
        return np.asarray(self.pick.random(size) < share)

    def _places(self, size: int) -> tuple[list[float], list[float]]:
        middle = self._zipf(len(self.east), size)
        east = self.east[middle] + self.pick.normal(0, 0.01, size)
        north = self.north[middle] + self.pick.normal(0, 0.008, size)
        return np.round(east, 6).tolist(), np.round(north, 6).tolist()

    def _quantities(self, kind: Array) -> Array:
        size = len(kind)
        usual = np.maximum(1, np.rint(np.exp(self.pick.uniform(0, 4, size)))).astype(np.int64)
        venue = 1 + self._chance(0.25, size)
        funds = 500 * self.pick.integers(1, 31, size)
        return np.where(kind == 0, venue, np.where(kind == 3, funds, usual))

    def _tags(self, kind: Array, most: int) -> Iterator[frozenset[str]]:
        size = len(kind)
        many = self.pick.integers(1, most + 1, size)
        tags = np.stack([self._zipf(self.tags, size) for _ in range(most)], axis=1)
        for number, k, drawn in zip(many.tolist(), kind.tolist(), tags.tolist(), strict=True):
            key = (k, *sorted(drawn[:number]))
            if key not in self.known_tags:
                self.known_tags[key] = frozenset(f"{KINDS[k]}{tag}" for tag in key[1:])
            yield self.known_tags[key]

    def _windows(self, share: float, size: int) -> list[tuple[Window, ...]]:
        days = self.pick.choice(len(WEEKDAYS), size, p=WEEKDAY_CHANCES)
        hours = self.pick.integers(0, len(HOURS), size)
        number = np.where(self._chance(share, size), days * len(HOURS) + hours, len(WINDOWS))
        choices = (*WINDOWS, ())
        return [choices[w] for w in number.tolist()]

    def _sets(self, words: Sequence[str], share: float, size: int) -> list[frozenset[str]]:
        """Draw one word for a share of the rows, none for the others."""
        drawn = self.pick.integers(0, len(words), size)
        number = np.where(self._chance(share, size), drawn, -1)
        known = {-1: NOBODY}
        return [
            known[w] if w in known else known.setdefault(w, frozenset({words[w]}))
            for w in number.tolist()
        ]

    def _owners(self, size: int) -> list[str]:
        drawn = self.pick.integers(0, len(self.organisations), size)
        return [self.organisations[i] for i in drawn.tolist()]

    def _offers(self) -> Iterator[Offer]:
        shape, size = self.shape, self.offers
        kind = self._zipf(len(KINDS), size)
        renews = self._chance(shape.renews, size) & (kind != 3) & (kind != 7)
        plenty = np.where(renews, 1.0, 3.0) if shape.slots else np.full(size, 2.0)
        quantity = np.rint(self._quantities(kind) * plenty * shape.supply).astype(np.int64)
        quantity = np.maximum(1, quantity)
        lot = np.maximum(1, quantity // self.pick.integers(3, 9, size))
        lot = np.where(self._chance(shape.lots, size), lot, 1)
        priced = self._chance(shape.priced, size) & (kind != 3)
        price = np.where(priced, self.pick.integers(1, 21, size), 0)
        setup_price = np.where(priced & self._chance(0.4, size), self.pick.integers(5, 60, size), 0)
        setup_cost = self.pick.integers(1, 5, size) / 8
        setup_cost = np.where(self._chance(shape.setup, size), setup_cost, 0.0)
        effort = self.pick.integers(1, 4, size) * (shape.effort is not None) * (kind != 3)
        columns = zip(
            kind.tolist(),
            quantity.tolist(),
            lot.tolist(),
            self._owners(size),
            self._tags(kind, shape.most_tags),
            self._windows(0.6, size),
            *self._places(size),
            self._sets(CONDITIONS, 0.2, size),
            self._sets(self.organisations, 0.1, size),
            renews.tolist(),
            price.tolist(),
            setup_price.tolist(),
            setup_cost.tolist(),
            effort.tolist(),
            strict=True,
        )
        for i, (
            k, has, least, owner, tags, windows, east, north, conditions, excludes, anew,
            costs, begun, points, takes,
        ) in enumerate(columns, start=1):  # fmt: skip
            yield Offer(
                ref=f"O{i}",
                organisation=owner,
                title=f"{KINDS[k]} {i}",
                kind=KINDS[k],
                quantity=has,
                tags=tags,
                lot=least,
                windows=windows,
                longitude=east,
                latitude=north,
                conditions=conditions,
                excludes=excludes,
                renews=anew,
                effort=takes,
                price=costs,
                setup_price=begun,
                setup_cost=points,
            )

    def _components(self, counts: Array) -> tuple[list[tuple[Component, ...]], Array, Array]:
        total = int(counts.sum())
        kind = self._zipf(len(KINDS), total)
        quantity = self._quantities(kind)
        limit = np.where(
            self._chance(self.shape.component_limits, total), self.pick.integers(1, 4, total), 0
        )
        made = [
            Component(KINDS[k], wanted, tags=tags, max_suppliers=most or None)
            for k, wanted, tags, most in zip(
                kind.tolist(),
                quantity.tolist(),
                self._tags(kind, 2),
                limit.tolist(),
                strict=True,
            )
        ]
        ends = np.cumsum(counts).tolist()
        bundles = [tuple(made[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
        return bundles, kind, quantity

    def _needs(self) -> tuple[list[dict[str, Any]], tuple[Array, Array, Array]]:
        """Return the fields of every need, and (need, kind, quantity) of every component."""
        shape, size, pick = self.shape, self.needs, self.pick
        counts = pick.choice((1, 1, 2, 2, 3, 4), size)
        bundles, kind, quantity = self._components(counts)
        radius = pick.integers(0, 4, size).tolist()
        repeated = self._chance(shape.repeats, size)
        times = np.where(repeated, pick.integers(2, 4, size), 1)
        limit = np.where(self._chance(shape.limits, size), pick.integers(1, 4, size), 0)
        columns = zip(
            self._owners(size),
            bundles,
            pick.choice((1, 1, 2, 2, 2, 2, 2, 3), size).tolist(),
            np.exp(pick.uniform(2.3, 7, size)).astype(np.int64).tolist(),
            self._windows(0.3, size),
            *self._places(size),
            [(None, 3.0, 6.0, 12.0)[r] for r in radius],
            (~self._chance(shape.partial, size)).tolist(),
            limit.tolist(),
            self._sets(self.organisations, 0.1, size),
            self._sets(CONDITIONS, 0.2, size),
            times.tolist(),
            (repeated & self._chance(0.4, size)).tolist(),
            strict=True,
        )
        names = (
            "organisation", "components", "priority", "beneficiaries", "windows", "longitude",
            "latitude", "within_km", "all_or_nothing", "max_suppliers", "rules_out", "refuses",
            "times", "consecutive",
        )  # fmt: skip
        fields = []
        for i, column in enumerate(columns, start=1):
            row = dict(zip(names, column, strict=True))
            row["max_suppliers"] = row["max_suppliers"] or None
            fields.append({"ref": f"N{i}", "title": f"need {i}", **row})
        return fields, (np.repeat(np.arange(size), counts), kind, quantity)

    def _budgets(
        self,
        offers: tuple[Offer, ...],
        fields: list[dict[str, Any]],
        demand: tuple[Array, Array, Array],
    ) -> tuple[tuple[Budget, ...], tuple[Need, ...]]:
        """Give every need one of few payers, who cannot pay for everything."""
        if self.shape.budget is None:
            return (), tuple(Need(**row) for row in fields)
        payers = max(1, len(fields) // 100)
        payer = self.pick.integers(0, payers, len(fields))
        kinds = np.array([KINDS.index(offer.kind) for offer in offers])
        price = np.array([offer.price for offer in offers], dtype=np.float64)
        counts = np.maximum(1, np.bincount(kinds, minlength=len(KINDS)))
        mean = np.bincount(kinds, weights=price, minlength=len(KINDS)) / counts
        need, kind, quantity = demand
        times = np.array([row["times"] for row in fields])
        cost = np.bincount(payer[need], weights=mean[kind] * quantity * times[need])
        amounts = (self.shape.budget * cost).astype(np.int64).tolist()
        budgets = tuple(Budget(f"B{b + 1}", amount) for b, amount in enumerate(amounts))
        needs = (
            Need(**row, budget=budgets[b].ref)
            for row, b in zip(fields, payer.tolist(), strict=True)
        )
        return budgets, tuple(needs)

    def _limits(self, offers: tuple[Offer, ...]) -> tuple[Organisation, ...]:
        """Limit organisations to a share of the effort that all their offers would take."""
        if self.shape.effort is None:
            return ()
        all_of_it: dict[str, int] = {}
        for offer in offers:
            taken = offer.effort * offer.quantity * (3 if offer.renews else 1)
            all_of_it[offer.organisation] = all_of_it.get(offer.organisation, 0) + taken
        return tuple(
            Organisation(name, int(self.shape.effort * taken))
            for name, taken in sorted(all_of_it.items())
            if taken
        )


def _with_ties(pick: np.random.Generator, pairs: Pairs, shape: Family) -> Pairs:
    rows = len(pairs)
    tied, coarse = pick.random(rows) < shape.ties, pick.random(rows) < shape.coarse
    return replace(
        pairs,
        use=np.where(coarse, pick.integers(2, 4, rows), 1),
        fixed=np.where(tied, pick.integers(-2, 5, rows) / 8, 0.0),
        value=np.where(tied, pick.integers(-4, 3, rows) / 256, 0.0),
    )


def _kept(pick: np.random.Generator, drawn: Rows, pairs: Pairs, shape: Family) -> tuple[Kept, ...]:
    """Promise some needs part of one component, from what the offer and its lot allow."""
    chosen = np.flatnonzero(pick.random(len(drawn.needs)) < shape.kept).tolist()
    if not chosen:
        return ()
    order = np.argsort(pairs.need, kind="stable")
    ends = np.searchsorted(pairs.need[order], np.arange(len(drawn.needs) + 1))
    left = [offer.quantity for offer in drawn.offers]
    kept = []
    for n in chosen:
        if ends[n] == ends[n + 1]:
            continue
        p = int(order[pick.integers(ends[n], ends[n + 1])])
        o, c = int(pairs.offer[p]), int(pairs.component[p])
        need, offer, use = drawn.needs[n], drawn.offers[o], int(pairs.use[p])
        most = min(need.components[c].quantity, left[o] // (use * need.times))
        if most * use >= offer.lot and most > 0:
            kept.append(Kept(o, n, c, most))
            left[o] -= most * use * need.times
    return tuple(kept)


def main() -> None:
    """Write one random problem in the published JSON form.

    Its reader finds the pairs again, unless pairs say more than the rows do.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="plain")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    problem = random_problem(asked.rows, seed=asked.seed, family=asked.family)
    shape = FAMILIES[asked.family]
    document = write_problem(
        problem,
        with_pairs=bool(shape.ties or shape.coarse),
        most_per_component=MOST_PER_COMPONENT,
    )
    with asked.out.open("w", encoding="utf-8") as file:
        file.writelines(lines(document))


if __name__ == "__main__":
    main()
