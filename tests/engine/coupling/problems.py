"""Small random problems with every feature, small enough to try everything."""

import numpy as np
from hypothesis import strategies as some

from binglian.engine.coupling.candidates.fitting import why_not
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Organisation,
    Pair,
    Window,
)
from binglian.engine.coupling.result import Prices

GIVERS, TAKERS = ("甲", "乙", "丙"), ("丁", "戊")
DAYS = tuple(Window(weekdays=1 << day, start_minute=540, end_minute=720) for day in range(3))


def seldom(usual: object, *others: object) -> some.SearchStrategy:
    """Draw the usual value about as often as all others together."""
    return some.just(usual) | some.sampled_from(others)


def windows_among(slots: tuple[Window, ...]) -> some.SearchStrategy:
    """Draw no windows (at any time), or some of the slots."""
    if not slots:
        return some.just(())
    return some.just(()) | some.lists(some.sampled_from(slots), min_size=1, unique=True).map(tuple)


@some.composite
def offers(draw: some.DrawFn, ref: str, slots: tuple[Window, ...]) -> Offer:
    return Offer(
        ref=ref,
        organisation=draw(some.sampled_from(GIVERS)),
        title="",
        kind="seats",
        quantity=draw(some.integers(0, 6)),
        lot=draw(seldom(1, 2, 3)),
        windows=draw(windows_among(slots)),
        renews=draw(some.booleans()),
        effort=draw(some.integers(0, 2)),
        price=draw(some.integers(0, 2)),
        setup_price=draw(seldom(0, 1, 2)),
        setup_cost=draw(seldom(0.0, 0.25, 1.5)),
    )


@some.composite
def needs(draw: some.DrawFn, ref: str, slots: tuple[Window, ...]) -> Need:
    components = tuple(
        Component("seats", draw(some.integers(1, 3)), max_suppliers=draw(seldom(None, 1, 2)))
        for _ in range(draw(some.integers(1, 2)))
    )
    return Need(
        ref=ref,
        organisation=draw(some.sampled_from(TAKERS)),
        title="",
        components=components,
        priority=draw(some.integers(1, 3)),
        beneficiaries=draw(seldom(0, 3, 40)),
        windows=draw(windows_among(slots)),
        all_or_nothing=draw(some.booleans()),
        max_suppliers=draw(seldom(None, 1, 2)),
        times=draw(seldom(1, 2)),
        consecutive=draw(some.booleans()),
        weight=draw(seldom(None, 0.75, 5.0)),
        waited=draw(seldom(0, 1, 6)),
        policy=draw(seldom(1.0, 0.5, 2.0)),
        budget=draw(some.sampled_from((None, "拨款"))),
    )


@some.composite
def small_problems(draw: some.DrawFn) -> CouplingProblem:
    """Up to three offers, three needs and five pairs, in up to three slots."""
    slots = DAYS[: draw(some.integers(0, 3))]
    offered = tuple(draw(offers(f"R{i}", slots)) for i in range(draw(some.integers(1, 3))))
    needed = tuple(draw(needs(f"N{i}", slots)) for i in range(draw(some.integers(1, 3))))
    ends = [
        (o, n, c)
        for o, offer in enumerate(offered)
        for n, need in enumerate(needed)
        for c, component in enumerate(need.components)
        if not why_not(offer, need, component)
    ]
    paired = draw(some.permutations(ends))[: draw(some.integers(0, 5))]
    pairs = tuple(
        Pair(
            *end,
            fit=draw(some.sampled_from((0.25, 0.5, 1.0))),
            use=draw(seldom(1, 2)),
            value=draw(seldom(0.0, 0.25, -0.125)),
            fixed=draw(seldom(0.0, 0.5, -0.25)),
        )
        for end in paired
    )
    return CouplingProblem(
        offered,
        needed,
        pairs,
        kept=draw(kept_among(ends, max(1, len(slots)))),
        slots=slots,
        organisations=tuple(
            Organisation(ref, draw(some.integers(0, 8)))
            for ref in draw(some.lists(some.sampled_from(GIVERS), unique=True, max_size=2))
        ),
        budgets=(Budget("拨款", draw(some.integers(0, 12))),),
    )


@some.composite
def kept_among(draw: some.DrawFn, ends: list[tuple[int, int, int]], slots: int) -> tuple[Kept, ...]:
    """Draw no commitment, or one or two between these ends."""
    if not ends or draw(some.booleans()):
        return ()
    chosen = draw(some.lists(some.sampled_from(ends), min_size=1, max_size=2))
    slot = some.none() | some.integers(0, slots - 1)
    return tuple(Kept(*end, draw(some.integers(1, 3)), draw(slot)) for end in chosen)


@some.composite
def prices_for(draw: some.DrawFn, problem: CouplingProblem) -> Prices:
    """Draw any prices, good or bad, for a problem."""
    price = some.sampled_from((0.0, 0.1, 0.25, 1.0, 3.0, -1.0)) | some.floats(0, 8)

    def row(length: int) -> list[float]:
        return draw(some.lists(price, min_size=length, max_size=length))

    return Prices(
        np.array([row(problem.slot_count) for _ in problem.offers]),
        np.array(row(len(problem.organisations))),
        np.array(row(len(problem.budgets))),
    )


@some.composite
def supplies_for(draw: some.DrawFn, problem: CouplingProblem) -> list[tuple[int, int, int]]:
    """Draw well-formed (pair, slot, quantity) rows, sound or not."""
    if not len(problem.pairs):
        return []
    end = some.tuples(
        some.integers(0, len(problem.pairs) - 1), some.integers(0, problem.slot_count - 1)
    )
    ends = draw(some.lists(end, unique=True, max_size=5))
    return [(*end, draw(some.integers(1, 3))) for end in sorted(ends)]
