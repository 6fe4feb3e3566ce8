"""Greedy filling by price, and ruin-and-recreate: good answers fast, without proof."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from .clock import Clock
from .exact import Held
from .model import Model
from .problem import weight_of

# One unit of fit never outweighs a quarter point of the first aim within one exchange.
FIT_WEIGHT = 1e-4


class Assignment:
    """A sound answer under construction: what each open need holds, what each offer has left."""

    def __init__(self, model: Model, prices: list[float]) -> None:
        self.model = model
        self.prices = prices
        self.left = list(model.offer_left)
        self.held: list[dict[int, int]] = [{} for _ in model.needs]
        self.value = [0.0] * len(model.needs)
        self.takers: dict[int, set[int]] = defaultdict(set)
        self._offer = [o.offer for o in model.openings]
        self._least = [o.least for o in model.openings]
        self._most = [o.most for o in model.openings]
        self._fit = [
            FIT_WEIGHT * float(model.fit[k]) * model.parts[c].unit_share
            for k, c in enumerate(model.part_of)
        ]
        self._order: list[list[int]] = []
        self.set_prices(prices)

    def set_prices(self, prices: list[float]) -> None:
        """Rank the openings of every part by these prices per unit."""
        self.prices = prices
        price = [prices[o] for o in self._offer]
        fit = self._fit
        self._order = [
            sorted(part.openings, key=lambda k: price[k] - fit[k]) for part in self.model.parts
        ]

    def total_of(self, needs: Iterable[int]) -> float:
        """Return the first aim over ``needs``, plus a trace of the second."""
        return sum(self.value[n] for n in needs)

    def served(self, needs: Iterable[int]) -> float:
        """Return the first aim over ``needs``."""
        return float(sum((self._worth(n, self.held[n]) for n in needs), Fraction(0)))

    def fit(self, needs: Iterable[int]) -> float:
        """Return the second aim over ``needs``."""
        return float(sum((self._fit_of(self.held[n]) for n in needs), Fraction(0)))

    def loads(self, without: Sequence[int] = ()) -> list[float]:
        """Return the load of each organisation, leaving out what some needs hold."""
        loads, left_out = list(self.model.loads), set(without)
        for n, supplies in enumerate(self.held):
            if n not in left_out:
                self._add_loads(loads, supplies)
        return loads

    def _add_loads(self, loads: list[float], supplies: dict[int, int]) -> None:
        for k, quantity in supplies.items():
            share = quantity * self.model.parts[self.model.part_of[k]].unit_share
            loads[self.model.organisation[self._offer[k]]] += share

    def _worth(self, n: int, supplies: dict[int, int]) -> Fraction:
        need = self.model.needs[n]
        weight = weight_of(self.model.problem.needs[need.index])
        if need.whole:
            return weight if supplies else Fraction(0)
        return weight * sum((self._share(k, q) for k, q in supplies.items()), Fraction(0))

    def _share(self, k: int, quantity: int) -> Fraction:
        opening = self.model.openings[k]
        components = self.model.problem.needs[opening.need].components
        return Fraction(quantity, components[opening.component].quantity * len(components))

    def _fit_of(self, supplies: dict[int, int]) -> Fraction:
        return sum(
            (
                self._share(k, quantity) * Fraction(round(1000 * self.model.fit[k]), 1000)
                for k, quantity in supplies.items()
            ),
            Fraction(0),
        )

    def replace_if_better(self, found: Held) -> bool:
        """Take ``found`` over if it is better by the aims in order, compared exactly."""
        before = {n: self.held[n] for n in found}
        if self._aims(found) <= self._aims(before):
            return False
        for n in found:
            self.take_back(n)
        for n, supplies in found.items():
            self.give(n, supplies)
        return True

    def _aims(self, held: Held) -> tuple[Fraction, Fraction, float]:
        loads = self.loads(without=list(held))
        for supplies in held.values():
            self._add_loads(loads, supplies)
        return (
            sum((self._worth(n, supplies) for n, supplies in held.items()), Fraction(0)),
            sum((self._fit_of(supplies) for supplies in held.values()), Fraction(0)),
            -round(sum(int(load) * (load - (int(load) + 1) / 2) for load in loads), 9),
        )

    def copy_from(self, other: "Assignment", needs: list[int]) -> None:
        """Let ``needs``, which compete with no others, hold what they hold in ``other``."""
        for n in needs:
            self.take_back(n)
        for n in needs:
            self.give(n, other.held[n])

    def give(self, n: int, supplies: dict[int, int]) -> None:
        """Let need ``n``, which holds nothing, hold ``supplies``."""
        self.held[n] = supplies
        for k, quantity in supplies.items():
            self.left[self._offer[k]] -= quantity
            self.takers[self._offer[k]].add(n)
        self.value[n] = self.value_of(n, supplies)

    def take_back(self, n: int) -> dict[int, int]:
        """Return what need ``n`` held to the offers."""
        supplies = self.held[n]
        for k, quantity in supplies.items():
            self.left[self._offer[k]] += quantity
            self.takers[self._offer[k]].discard(n)
        self.held[n] = {}
        self.value[n] = 0.0
        return supplies

    def value_of(self, n: int, supplies: dict[int, int]) -> float:
        """Return what ``supplies`` earn for need ``n``."""
        if not supplies:
            return 0.0
        need, value = self.model.needs[n], 0.0
        for k, quantity in supplies.items():
            gain = 0.0 if need.whole else self.model.parts[self.model.part_of[k]].gain
            value += quantity * (gain + self._fit[k])
        return value + (need.worth if need.whole else 0.0)

    def cost_of(self, supplies: dict[int, int]) -> float:
        """Return what ``supplies`` cost at the prices."""
        return sum(quantity * self.prices[self._offer[k]] for k, quantity in supplies.items())

    def cheapest(self, n: int) -> float:
        """Return what need ``n`` would cost if it stood alone."""
        cost = 0.0
        for c in self.model.needs[n].parts:
            wanted = self.model.parts[c].wanted
            for k in self._order[c]:
                taken = min(wanted, self._most[k])
                cost += taken * self.prices[self._offer[k]]
                wanted -= taken
                if not wanted:
                    break
        return cost

    def find_supplies(self, n: int, *, spare: bool = False) -> dict[int, int]:
        """Find supplies for need ``n`` from what is left, cheapest first; empty if none.

        A partial need buys only below what a unit earns, or, with ``spare``, at any price.
        """
        found = self._fill(n, None, spare)
        limit = self.model.needs[n].suppliers_left
        if limit is None or self.suppliers_allow(n, found):
            return found
        options = [self._fill(n, {organisation}, spare) for organisation in self._could_join(n)]
        if limit > 1:
            options.append(self._fill(n, self._largest(found, limit), spare))
        options = [option for option in options if option]
        return max(options, key=lambda s: self.value_of(n, s) - self.cost_of(s), default={})

    def suppliers_allow(self, n: int, supplies: dict[int, int]) -> bool:
        """Tell whether ``supplies`` keep the supplier limit of need ``n``."""
        limit = self.model.needs[n].suppliers_left
        return limit is None or len(self._joining(supplies)) <= limit

    def _joining(self, supplies: dict[int, int]) -> set[int]:
        openings = self.model.openings
        return {
            self.model.organisation[self._offer[k]] for k in supplies if openings[k].counts_as_new
        }

    def _could_join(self, n: int) -> list[int]:
        return sorted(self._joining(dict.fromkeys(self.model.openings_of(n), 0)))

    def _largest(self, supplies: dict[int, int], limit: int) -> set[int]:
        shares: dict[int, float] = defaultdict(float)
        for k, quantity in supplies.items():
            if self.model.openings[k].counts_as_new:
                part = self.model.parts[self.model.part_of[k]]
                organisation = self.model.organisation[self._offer[k]]
                shares[organisation] += quantity * part.unit_share
        return set(sorted(shares, key=lambda organisation: -shares[organisation])[:limit])

    def _fill(self, n: int, allowed: set[int] | None, spare: bool) -> dict[int, int]:
        need, supplies = self.model.needs[n], dict[int, int]()
        used: dict[int, int] = {}
        for c in need.parts:
            part = self.model.parts[c]
            ceiling = float("inf") if need.whole or spare else part.gain
            short = self._fill_part(c, part.wanted, ceiling, allowed, used, supplies)
            if short and need.whole:
                return {}
        return supplies

    def _fill_part(
        self,
        c: int,
        wanted: int,
        ceiling: float,
        allowed: set[int] | None,
        used: dict[int, int],
        supplies: dict[int, int],
    ) -> int:
        """Add supplies of part ``c``; return how much is still short."""
        offers, mine = self._offer, []
        too_big = []
        for k in self._order[c]:
            o = offers[k]
            room = self.left[o] - used.get(o, 0)
            if room < self._least[k] or self.prices[o] >= ceiling:
                continue
            if (
                allowed is not None
                and self.model.openings[k].counts_as_new
                and self.model.organisation[o] not in allowed
            ):
                continue
            if wanted < self._least[k]:
                too_big.append(k)
                continue
            quantity = min(room, wanted, self._most[k])
            supplies[k] = quantity
            mine.append(k)
            used[o] = used.get(o, 0) + quantity
            wanted -= quantity
            if not wanted:
                return 0
        for k in too_big:
            if self._make_room(self._least[k] - wanted, mine, used, supplies):
                supplies[k] = self._least[k]
                used[offers[k]] = used.get(offers[k], 0) + self._least[k]
                return 0
        return wanted

    def _make_room(
        self, quantity: int, mine: list[int], used: dict[int, int], supplies: dict[int, int]
    ) -> bool:
        """Take ``quantity`` back from one supply of this part, if its own lot allows."""
        for k in mine:
            if supplies[k] - quantity >= self._least[k]:
                supplies[k] -= quantity
                used[self._offer[k]] -= quantity
                return True
        return False

    def insert(self, n: int, *, spare: bool = False) -> bool:
        """Serve need ``n``, which holds nothing, if what is left allows."""
        supplies = self.find_supplies(n, spare=spare)
        if supplies:
            self.give(n, supplies)
        return bool(supplies)


def fill_greedily(assignment: Assignment, needs: list[int]) -> None:
    """Serve ``needs`` in this order as far as possible, then let partial needs take the rest."""
    for n in needs:
        if not assignment.held[n]:
            assignment.insert(n)
    top_up(assignment, needs)


def top_up(assignment: Assignment, needs: list[int]) -> None:
    """Let partial needs refill without regard to prices."""
    for n in needs:
        if assignment.model.needs[n].whole:
            continue
        before, supplies = assignment.value[n], assignment.take_back(n)
        assignment.insert(n, spare=True)
        if assignment.value[n] < before:
            assignment.take_back(n)
            assignment.give(n, supplies)


def by_weight(model: Model) -> list[int]:
    """Rank open needs as a desk would by hand: the weightiest first."""
    return sorted(range(len(model.needs)), key=lambda n: (-model.needs[n].worth, n))


def by_price(assignment: Assignment) -> tuple[list[int], list[float]]:
    """Rank open needs by worth over what they cost at the prices; return (ranking, costs).

    A cost is at least a twentieth of the worth, so that free needs still rank by worth.
    """
    costs = [assignment.cheapest(n) for n in range(len(assignment.model.needs))]
    worths = [need.worth for need in assignment.model.needs]
    costs = [max(cost, 0.05 * worth, 1e-9) for cost, worth in zip(costs, worths, strict=True)]
    return sorted(range(len(costs)), key=lambda n: (-worths[n] / costs[n], -worths[n], n)), costs


class Ruin:
    """Ruin-and-recreate on some needs, tolerating worse answers less and less."""

    def __init__(
        self, assignment: Assignment, needs: list[int], costs: list[float], seed: int
    ) -> None:
        self.now = assignment
        self.needs = needs
        self.costs = costs
        self.random = random.Random(seed)
        self.worth = [need.worth for need in assignment.model.needs]
        self.total = self.best_total = assignment.total_of(needs)
        self.best_held = {n: assignment.held[n] for n in needs}
        model = assignment.model
        self.offers_of = {
            n: sorted({model.openings[k].offer for k in model.openings_of(n)}) for n in needs
        }
        self.wanting: dict[int, list[int]] = defaultdict(list)
        for n, offers in self.offers_of.items():
            for o in offers:
                self.wanting[o].append(n)

    def run(self, *, rounds: int, clock: Clock, share: float, tell: Callable[[], None]) -> None:
        """Try ``rounds`` exchanges, or until this share of the time; keep the best answer."""
        began = clock.elapsed()
        span = max(1e-3, share * clock.seconds - began)
        heat = 0.3
        for turn in range(rounds):
            if turn % 32 == 0:
                if clock.is_over(share):
                    break
                tell()
                done, spent = turn / rounds, (clock.elapsed() - began) / span
                if spent > max(0.5, done):  # time will cut the rounds short: cool faster
                    done = spent
                heat = 0.3 * 0.01**done
            self._exchange(self.random.choice(self.needs), heat)
        self._back_to_best()

    def _back_to_best(self) -> None:
        changed = [n for n in self.needs if self.now.held[n] is not self.best_held[n]]
        for n in changed:
            self.now.take_back(n)
        for n in changed:
            self.now.give(n, self.best_held[n])

    def _exchange(self, centre: int, heat: float) -> None:
        now, pick = self.now, self.random
        freed = self._ruin(centre)
        trail = {n: now.held[n] for n in freed}
        before = now.total_of(freed)
        for n in freed:
            now.take_back(n)
        for n in self._waiting(centre, freed):
            if not now.held[n] and now.insert(n):
                trail.setdefault(n, {})
        after = now.total_of(trail)
        if after >= before - heat * pick.expovariate(1.0):
            self.total += after - before
            if self.total > self.best_total + 1e-9:
                self.best_total = self.total
                self.best_held = {n: now.held[n] for n in self.needs}
            return
        for n in trail:
            now.take_back(n)
        for n, supplies in trail.items():
            now.give(n, supplies)

    def _ruin(self, centre: int) -> list[int]:
        """Choose holders of offers that ``centre`` could use."""
        pick, takers = self.random, self.now.takers
        wanted = pick.randint(1, 6)
        freed: list[int] = [centre] if self.now.held[centre] else []
        offers = list(self.offers_of[centre])
        pick.shuffle(offers)
        for o in offers:
            holders = sorted(takers[o] - set(freed))
            pick.shuffle(holders)
            freed += holders[: max(1, wanted // 2)]
            if len(freed) >= wanted:
                break
        return freed

    def _waiting(self, centre: int, freed: list[int]) -> list[int]:
        """Rank the needs that could use what was freed, by worth over cost with some noise."""
        pick = self.random
        waiting = {centre, *freed}
        for o in {o for n in freed for o in self.offers_of[n]}:
            waiting.update(n for n in self.wanting[o] if not self.now.held[n])
        noisy = {n: self.worth[n] * pick.uniform(0.7, 1.0) / self.costs[n] for n in sorted(waiting)}
        if centre not in freed and pick.random() < 0.5:
            noisy[centre] = float("inf")
        return sorted(noisy, key=lambda n: (-noisy[n], n))
