"""Who may use how much of the shared offers: split, cleared, passed on, moved."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from .clock import Clock
from .fleet import Fleet
from .joint_prices import PriceRounds
from .market import Market
from .pairs import Ints, Supplies
from .problem import CouplingProblem
from .sharing import Stock, split
from .steady import Answer, Response, clear_steadily

SMALLEST_MOVE = 1 / 32


def clear_within(
    market: Market,
    table: Ints,
    limit: Ints,
    warm: Supplies | None,
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
        warm,
        response.price,
        exchanges=exchanges,
        seed=seed,
        deadline=deadline,
    )


class ShareRounds:
    """Amounts ``used[a, k, t]`` by each alliance, and the answers that use them."""

    def __init__(
        self,
        fleet: Fleet,
        stock: Stock,
        problems: Mapping[str, CouplingProblem],
        pricing: PriceRounds,
        clock: Clock,
        deadline: float,
        exchanges: int,
        seed: int,
    ) -> None:
        self.fleet, self.stock, self.problems, self.pricing = fleet, stock, problems, pricing
        self.clock, self.deadline = clock, deadline
        self.exchanges, self.seed = exchanges, seed
        self.answers: dict[str, Answer] = {}
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
        """Pass on what is left over, then move single units, for so many rounds in all."""
        tried = np.zeros(self.used.shape, dtype=np.bool_)
        portion = 0.25
        for turn in range(rounds if self.stock.offers else 0):
            if self.clock.is_over():
                break
            parts = self._with_leftovers(tried)
            if (parts > self.used).any():
                tried |= parts > self.used
                self._try(parts)
            elif portion >= SMALLEST_MOVE:
                parts = self._with_moves(portion)
                if (parts == self.used).all() or not self._try(parts):
                    portion /= 2
                else:
                    tried[:] = False
            else:
                break
            self._tell(turn + 1, rounds)

    def _with_leftovers(self, tried: npt.NDArray[np.bool_]) -> Ints:
        """Give what nobody uses to whoever would use most more and has not had it yet."""
        over = self.stock.left - self.used.sum(axis=0)
        may = self.stock.is_open[:, :, None] & ~tried
        wish = np.where(may, self.pricing.demand - self.used, -np.inf)
        first = wish == wish.max(axis=0)
        first &= np.cumsum(first, axis=0) == 1
        return self.used + np.where(first & may, over, 0)

    def _with_moves(self, portion: float) -> Ints:
        """Move a portion of what is used from where one more unit is worth least to most."""
        worth = np.array(
            [
                np.where(table >= 0, np.append(self.answers[name].price, 0.0)[table], 0.0)
                for name, table in zip(self.stock.names, self.pricing.tables, strict=True)
            ]
        )
        is_open = self.stock.is_open[:, :, None]
        high = np.where(is_open, worth, -np.inf).argmax(axis=0)
        low = np.where(self.used > 0, worth, np.inf).argmin(axis=0)
        k, t = np.nonzero(self.used.max(axis=0, initial=0) > 0)
        source, target = low[k, t], high[k, t]
        gains = worth[target, k, t] > 1.05 * worth[source, k, t] + 1e-9
        k, t, source, target = k[gains], t[gains], source[gains], target[gains]
        units = np.ceil(portion * self.used[source, k, t]).astype(np.int64)
        parts = self.used.copy()
        parts[source, k, t] -= units
        parts[target, k, t] += units
        return parts

    def _try(self, parts: Ints) -> bool:
        """Clear again whose part changed; keep the answers if they reach more together."""
        changed = np.flatnonzero((parts != self.used).any(axis=(1, 2))).tolist()
        answers = self.answers | self._clear(changed, parts, max(1, self.exchanges // 2))
        for a in changed:
            name = self.stock.names[a]
            grew = (parts[a] >= self.used[a]).all()
            if grew and answers[name].objective < self.answers[name].objective:
                answers[name] = self.answers[name]
        better = sum(answer.objective for answer in answers.values()) > self.objective
        if better:
            self.answers, self.used = answers, self._used(answers)
        return better

    def _clear(self, which: Iterable[int], parts: Ints, exchanges: int) -> dict[str, Answer]:
        started = {}
        for a in which:
            name = self.stock.names[a]
            warm = self.answers[name].supplies if name in self.answers else None
            started[name] = self.fleet.start(
                clear_within,
                self.pricing.markets[name],
                self.pricing.tables[a],
                parts[a],
                warm,
                self.pricing.best[name],
                exchanges,
                self.seed,
                self.deadline,
            )
        return dict(zip(started, self.fleet.results(list(started.values())), strict=True))

    def _used(self, answers: Mapping[str, Answer]) -> Ints:
        stock = self.stock
        return np.array([stock.used(n, self.problems[n], answers[n].supplies) for n in stock.names])

    def _tell(self, turn: int, rounds: int) -> None:
        share = 0.6 + 0.4 * turn / max(1, rounds)
        self.clock.tell("search", self.objective, self.pricing.bound, share=min(0.99, share))
