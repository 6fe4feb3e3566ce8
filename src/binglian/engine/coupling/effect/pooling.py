"""What groups of organisations could achieve if only they pooled their offers and needs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.judge.aims import shares_served
from binglian.engine.coupling.pairs import Floats, Ints, Pairs, Supplies
from binglian.engine.coupling.problem import Budget, CouplingProblem, Need, Offer, weight_of
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.solve import solve_coupling

#: Marks an organisation as giver, so that it may serve itself and limits still find it.
GIVING = "\x1f"
SECONDS_PER_GROUP = 2.0


class TimeOver(Exception):
    """The clock ran out, or somebody asked to stop, before a value was known."""


class Worth(NamedTuple):
    """What a group reaches, and what it surely cannot exceed; points of the first aim."""

    objective: float
    bound: float


class Pooling:
    """V(S) for groups S of the organisations of one problem, each worked out only once.

    V(S) is the best first aim if only the organisations in S pool offers and needs. Unlike in a
    coupling, pairs *within* one organisation are allowed, in every V(S): an organisation alone
    serves itself as far as it can, and a larger group never reaches less. Earlier commitments
    are left aside: V asks what pooling can do, not what was promised.

    Parameters
    ----------
    own
        The pairs within single organisations; found by the ordinary rules if not given.
    """

    def __init__(
        self, problem: CouplingProblem, clock: Clock, seed: int, own: Pairs | None
    ) -> None:
        own = pairs_within(problem) if own is None else own
        self.problem = _two_sided(problem, own)
        self.clock, self.seed = clock, seed
        self.gap = 0.0
        givers = [offer.organisation for offer in problem.offers]
        takers = [need.organisation for need in problem.needs]
        self.members = tuple(sorted({*givers, *takers}))
        number = {ref: i for i, ref in enumerate(self.members)}
        self.giver: Ints = np.array([number[ref] for ref in givers], dtype=np.int64)
        self.taker: Ints = np.array([number[ref] for ref in takers], dtype=np.int64)
        self._links = self._linked()
        self._known: dict[frozenset[int], Worth] = {frozenset(): Worth(0.0, 0.0)}

    def islands(self) -> list[frozenset[int]]:
        """Return the groups that have nothing to do with each other, in order of members."""
        return self._connected(frozenset(range(len(self.members))))

    def together(self, seconds: float) -> CouplingResult:
        """Solve for everybody at once, and remember what each island got of it."""
        result = self._solved(self.problem, seconds)
        value = self.value_by_taker(result.supplies)
        slack = max(0.0, result.bound - result.objective)
        for island in self.islands():
            reached = float(value[sorted(island)].sum())
            self._known[island] = Worth(reached, reached + slack)
        return result

    def alone(self, seconds: float) -> tuple[Floats, Worth]:
        """Return V({i}) for every member i, and their sum with its bound.

        One solve does it: organisations that only serve themselves meet nowhere, once each has
        a budget of its own.
        """
        pairs = self.problem.pairs
        within = np.flatnonzero(self.giver[pairs.offer] == self.taker[pairs.need])
        needs, budgets = self._own_budgets()
        problem = replace(self.problem, pairs=pairs.rows(within), needs=needs, budgets=budgets)
        result = self._solved(problem, seconds)
        value = self.value_by_taker(result.supplies, problem)
        slack = max(0.0, result.bound - result.objective)
        for member, reached in enumerate(value.tolist()):
            self._known.setdefault(frozenset({member}), Worth(reached, reached + slack))
        return value, Worth(result.objective, result.bound)

    def value(self, group: frozenset[int]) -> float:
        """Return V of a group of members.

        Raises
        ------
        TimeOver
            It would take a solve, and the time is over.
        """
        return sum(self._worth(part).objective for part in self._connected(group))

    def value_by_taker(self, supplies: Supplies, problem: CouplingProblem | None = None) -> Floats:
        """Return what an answer is worth, by the member whose needs it serves."""
        value = value_by_need(problem or self.problem, supplies)
        return np.bincount(self.taker, value, minlength=len(self.members)).astype(np.float64)

    def _worth(self, part: frozenset[int]) -> Worth:
        if part not in self._known:
            if self.clock.is_over():
                raise TimeOver
            result = self._solved(self._only(part), min(SECONDS_PER_GROUP, self.clock.left()))
            self._known[part] = Worth(result.objective, result.bound)
        return self._known[part]

    def _solved(self, problem: CouplingProblem, seconds: float) -> CouplingResult:
        def is_over() -> bool:
            return self.clock.is_over()

        result = solve_coupling(
            problem, seconds=max(0.01, seconds), seed=self.seed, should_stop=is_over
        )
        if result.bound > 0:
            self.gap = max(self.gap, (result.bound - result.objective) / result.bound)
        return result

    def _only(self, group: Iterable[int]) -> CouplingProblem:
        inside = np.zeros(len(self.members), dtype=np.bool_)
        inside[list(group)] = True
        offers, needs = inside[self.giver], inside[self.taker]
        pairs = self.problem.pairs
        kept = pairs.rows(np.flatnonzero(offers[pairs.offer] & needs[pairs.need]))
        offer_row, need_row = np.cumsum(offers) - 1, np.cumsum(needs) - 1
        return replace(
            self.problem,
            offers=tuple(self.problem.offers[o] for o in np.flatnonzero(offers)),
            needs=tuple(self.problem.needs[n] for n in np.flatnonzero(needs)),
            pairs=replace(kept, offer=offer_row[kept.offer], need=need_row[kept.need]),
        )

    def _own_budgets(self) -> tuple[tuple[Need, ...], tuple[Budget, ...]]:
        """Return needs and budgets such that every organisation has each budget to itself."""
        amounts = {budget.ref: budget.amount for budget in self.problem.budgets}
        needs: list[Need] = []
        budgets: dict[str, Budget] = {}
        for need in self.problem.needs:
            if need.budget is not None:
                ref = f"{need.budget}{GIVING}{need.organisation}"
                budgets[ref] = Budget(ref, amounts[need.budget])
                need = replace(need, budget=ref)
            needs.append(need)
        return tuple(needs), tuple(budgets.values())

    def _linked(self) -> dict[int, set[int]]:
        """Return whom each member may serve, be served by, or share a budget with."""
        links: dict[int, set[int]] = defaultdict(set)
        pairs, count = self.problem.pairs, max(1, len(self.members))
        met = np.unique(self.giver[pairs.offer] * count + self.taker[pairs.need])
        payers: dict[str, int] = {}
        shared = [
            (payers.setdefault(need.budget, int(self.taker[n])), int(self.taker[n]))
            for n, need in enumerate(self.problem.needs)
            if need.budget is not None
        ]
        for i, j in [*(divmod(key, count) for key in met.tolist()), *shared]:
            links[i].add(j)
            links[j].add(i)
        return links

    def _connected(self, group: frozenset[int]) -> list[frozenset[int]]:
        waiting, parts = set(group), []
        for first in sorted(group):
            if first not in waiting:
                continue
            part, front = {first}, [first]
            waiting.discard(first)
            while front:
                near = self._links[front.pop()] & waiting
                waiting -= near
                part |= near
                front += near
            parts.append(frozenset(part))
        return parts


def pairs_within(problem: CouplingProblem) -> Pairs:
    """Return the pairs that would be allowed if an organisation could couple with itself."""
    takers = {need.organisation for need in problem.needs}
    rows = [
        o for o, offer in enumerate(problem.offers) if offer.organisation in takers & _served(offer)
    ]
    offers = [
        replace(_as_giver(offer), only_for=frozenset({offer.organisation}))
        for offer in (problem.offers[o] for o in rows)
    ]
    needs = [_facing_givers(need) for need in problem.needs]
    found = find_pairs(offers, needs, slots=problem.slots)
    return replace(found, offer=np.array(rows, dtype=np.int32)[found.offer])


def value_by_need(problem: CouplingProblem, supplies: Supplies) -> Floats:
    """Return what an answer brings every need: its weight and what its supplies add or cost."""
    pairs, p = problem.pairs, supplies.pair
    weights = np.array([weight_of(need) for need in problem.needs], dtype=np.float64)
    setup = np.array([offer.setup_cost for offer in problem.offers], dtype=np.float64)
    extra = pairs.value[p] * supplies.quantity + pairs.fixed[p] - setup[pairs.offer[p]]
    extras = np.bincount(pairs.need[p], extra, minlength=len(problem.needs))
    return weights * shares_served(problem, supplies) + extras


def _two_sided(problem: CouplingProblem, own: Pairs) -> CouplingProblem:
    """Return the problem without commitments, in which whoever gives bears another name."""
    limits = (replace(limit, ref=limit.ref + GIVING) for limit in problem.organisations)
    return replace(
        problem,
        offers=tuple(_as_giver(offer) for offer in problem.offers),
        needs=tuple(_facing_givers(need) for need in problem.needs),
        organisations=tuple(limits),
        pairs=_merged(problem, own),
        kept=(),
    )


def _as_giver(offer: Offer) -> Offer:
    return replace(offer, organisation=offer.organisation + GIVING)


def _facing_givers(need: Need) -> Need:
    prefers, rules_out = ({ref + GIVING for ref in refs} for refs in (need.prefers, need.rules_out))
    return replace(need, prefers=frozenset(prefers), rules_out=frozenset(rules_out))


def _served(offer: Offer) -> frozenset[str]:
    """Return the organisation of the offer if the offer would serve it, else nobody."""
    own = frozenset({offer.organisation})
    return (own & offer.only_for if offer.only_for else own) - offer.excludes


def _merged(problem: CouplingProblem, own: Pairs) -> Pairs:
    """Return both sets of pairs in one, sorted by need, component and offer."""
    both = problem.pairs.joined(own)
    order = np.lexsort((both.offer, both.component, both.need))
    both = both.rows(order)
    same = np.zeros(len(both), dtype=np.bool_)
    same[1:] = (
        (both.offer[1:] == both.offer[:-1])
        & (both.need[1:] == both.need[:-1])
        & (both.component[1:] == both.component[:-1])
    )
    return both.rows(np.flatnonzero(~same))
