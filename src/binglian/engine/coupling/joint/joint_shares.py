"""Who may use how much of the shared offers: split, cleared, passed on, moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from distributed import Future

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.market import Market
from binglian.engine.coupling.pairs import Floats, Ints

from .fleet import Fleet
from .joint_prices import PriceRounds, in_table
from .sharing import Stock, View, split
from .steady import Answer, Response, clear_steadily

GAIN = 1e-9  # points that a move must promise at least
LATER = 4  # how much less is searched once there is an answer to start from


def clear_within(
    market: Market,
    table: Ints,
    limit: Ints,
    warm: Answer | None,
    response: Response,
    exchanges: int,
    seed: int,
    deadline: float,
) -> Answer:
    """Clear an alliance that may use ``limit[k, t]`` of the shared offers."""
    mine = table >= 0
    return clear_steadily(
        market,
        table[mine],
        limit[mine],
        None if warm is None else warm.supplies,
        response.price,
        exchanges=exchanges,
        seed=seed,
        deadline=deadline,
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """An answer, which stays where it was found, and what the others must know of it.

    ``worth`` of one more unit and units ``used`` of the shared offers [k, t].
    """

    answer: Future[Any]
    objective: float
    worth: Floats
    used: Ints


def reached(market: Market, table: Ints, view: View, answer: Answer) -> tuple[float, Floats, Ints]:
    """Return objective, worth and use of an answer."""
    used = view.used(market.problem, answer.supplies)
    return answer.objective, in_table(answer.price, table), used


class ShareRounds:
    """Amounts ``used[a, k, t]`` by each alliance, and the answers that use them."""

    def __init__(
        self,
        fleet: Fleet,
        stock: Stock,
        pricing: PriceRounds,
        clock: Clock,
        deadline: float,
        exchanges: int,
        seed: int,
    ) -> None:
        self.fleet, self.stock, self.pricing = fleet, stock, pricing
        self.clock, self.deadline = clock, deadline
        self.exchanges, self.seed = exchanges, seed
        self.answers: dict[str, Reached] = {}
        everyone = range(len(stock.names))
        parts = split(stock.left, pricing.demand, stock.is_open)
        self.answers = self._clear(everyone, parts, exchanges)
        self.used = self._used(self.answers)
        self._tell(0, 1)

    @property
    def objective(self) -> float:
        """Return what all answers reach together."""
        return sum(answer.objective for answer in self.answers.values())

    def run(self, rounds: int) -> None:
        """Pass on what is left over, then move units, for so many rounds in all.

        Of all moves that promise something, half as many are made after each failure, down to
        the best alone; if that fails too, it is not tried again.
        """
        tried = np.zeros(self.used.shape, dtype=np.bool_)
        failed = np.zeros(self.used.shape, dtype=np.bool_)
        most = self.used.size
        for turn in range(rounds if self.stock.offers else 0):
            if self.clock.is_over():
                break
            parts = self._with_leftovers(tried)
            if (parts > self.used).any():
                tried |= parts > self.used
                self._try(parts)
            else:
                parts, moves = self._with_moves(failed, most)
                if not moves:
                    break
                if self._try(parts):
                    tried[:] = False
                elif moves == 1:
                    failed |= parts < self.used
                    most = self.used.size
                else:
                    most = moves // 2
            self._tell(turn + 1, rounds)

    def _with_leftovers(self, tried: npt.NDArray[np.bool_]) -> Ints:
        """Give what nobody uses to whoever would use most more and has not had it yet."""
        over = self.stock.left - self.used.sum(axis=0)
        may = self.stock.is_open[:, :, None] & ~tried
        wish = np.where(may, self.pricing.demand - self.used, -np.inf)
        first = wish == wish.max(axis=0)
        first &= np.cumsum(first, axis=0) == 1
        return self.used + np.where(first & may, over, 0)

    def _with_moves(self, failed: npt.NDArray[np.bool_], most: int) -> tuple[Ints, int]:
        """Move half of what is used from where a unit is worth least to where it is worth most.

        Returns the amounts and the number of moves: the ``most`` promising, none that failed.
        """
        worth = np.array([self.answers[name].worth for name in self.stock.names])
        may = np.broadcast_to(self.stock.is_open[:, :, None], worth.shape)
        high = np.where(may, worth, -np.inf).argmax(axis=0)
        low = np.where((self.used > 0) & ~failed, worth, np.inf).argmin(axis=0)
        k, t = np.indices(high.shape).reshape(2, -1)
        source, target = low[k, t], high[k, t]
        units = -(-self.used[source, k, t] // 2)
        gains = units * (worth[target, k, t] - 1.05 * worth[source, k, t])
        gains[failed[source, k, t]] = 0.0
        best = np.argsort(-gains, kind="stable")[:most]
        best = best[gains[best] > GAIN]
        parts = self.used.copy()
        parts[source[best], k[best], t[best]] -= units[best]
        parts[target[best], k[best], t[best]] += units[best]
        return parts, len(best)

    def _try(self, parts: Ints) -> bool:
        """Clear again whose part changed; keep the answers if they reach more together."""
        changed = np.flatnonzero((parts != self.used).any(axis=(1, 2))).tolist()
        answers = self.answers | self._clear(changed, parts, max(1, self.exchanges // LATER))
        for a in changed:
            name = self.stock.names[a]
            grew = (parts[a] >= self.used[a]).all()
            if grew and answers[name].objective < self.answers[name].objective:
                answers[name] = self.answers[name]
        better = sum(answer.objective for answer in answers.values()) > self.objective
        if better:
            self.answers, self.used = answers, self._used(answers)
        return better

    def _clear(self, which: Iterable[int], parts: Ints, exchanges: int) -> dict[str, Reached]:
        answers, figures = {}, []
        for a in which:
            name = self.stock.names[a]
            market, table = self.pricing.markets[name], self.pricing.resources[name]
            answers[name] = self.fleet.start(
                clear_within,
                market,
                table,
                parts[a],
                self.answers[name].answer if name in self.answers else None,
                self.pricing.best[name],
                exchanges,
                self.seed,
                self.deadline,
            )
            view = self.stock.views[name]
            figures.append(self.fleet.start(reached, market, table, view, answers[name]))
        found = self.fleet.results(figures)
        pairs = zip(answers.items(), found, strict=True)
        return {name: Reached(answer, *figures) for (name, answer), figures in pairs}

    def _used(self, answers: Mapping[str, Reached]) -> Ints:
        return np.array([answers[name].used for name in self.stock.names])

    def _tell(self, turn: int, rounds: int) -> None:
        share = 0.6 + 0.4 * turn / max(1, rounds)
        self.clock.tell("search", self.objective, self.pricing.bound, share=min(0.99, share))
