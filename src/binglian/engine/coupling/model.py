"""The problem as the solver sees it: flat lists and arrays over what is still open."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .openings import room_in
from .problem import CouplingProblem, weight_of


@dataclass(slots=True)
class OpenNeed:
    """A need with at least one opening; ``worth`` is earned by serving all that is left of it."""

    index: int
    worth: float
    whole: bool  # all or nothing
    suppliers_left: int | None
    parts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class OpenPart:
    """A component still short of ``wanted``; each unit earns ``gain`` if the need is partial.

    ``unit_share`` is the share of the whole need that one unit carries.
    """

    need: int
    wanted: int
    gain: float
    unit_share: float
    openings: list[int] = field(default_factory=list)


class Model:
    """Open needs, open parts and openings, numbered from 0, with the arrays the prices need."""

    def __init__(self, problem: CouplingProblem) -> None:
        room = room_in(problem)
        self.problem = problem
        self.base = room.base
        self.offer_left = list(room.offer_left)
        self.openings = room.openings
        self.organisation = self._number_organisations(problem)
        self.needs: list[OpenNeed] = []
        self.parts: list[OpenPart] = []
        self._open_needs_and_parts(problem, room.component_left, room.suppliers_left)

        self.offer = np.array([o.offer for o in self.openings], dtype=np.int64)
        self.part = np.array(self.part_of, dtype=np.int64)
        self.most = np.array([o.most for o in self.openings], dtype=float)
        self.fit = np.array([problem.pairs[o.pair].fit for o in self.openings])
        self.loads = self._loads_kept(problem)
        self.island_of_need, self.island_of_offer = self._islands()
        self.islands = 1 + max(self.island_of_need, default=-1)

    @staticmethod
    def _number_organisations(problem: CouplingProblem) -> list[int]:
        number: dict[str, int] = {}
        return [number.setdefault(o.organisation, len(number)) for o in problem.offers]

    def _open_needs_and_parts(
        self,
        problem: CouplingProblem,
        left: tuple[tuple[int, ...], ...],
        suppliers_left: tuple[int | None, ...],
    ) -> None:
        need_number: dict[int, int] = {}
        part_number: dict[tuple[int, int], int] = {}
        self.part_of: list[int] = []
        for k, opening in enumerate(self.openings):
            need = problem.needs[opening.need]
            if opening.need not in need_number:
                need_number[opening.need] = len(self.needs)
                self.needs.append(
                    OpenNeed(
                        opening.need,
                        float(weight_of(need)) if need.all_or_nothing else 0.0,
                        need.all_or_nothing,
                        suppliers_left[opening.need],
                    )
                )
            n = need_number[opening.need]
            ends = opening.need, opening.component
            if ends not in part_number:
                asked = need.components[opening.component].quantity
                share = 1 / (asked * len(need.components))
                gain = 0.0 if need.all_or_nothing else float(weight_of(need)) * share
                wanted = left[opening.need][opening.component]
                part_number[ends] = len(self.parts)
                self.needs[n].parts.append(len(self.parts))
                self.needs[n].worth += gain * wanted
                self.parts.append(OpenPart(n, wanted, gain, share))
            self.parts[part_number[ends]].openings.append(k)
            self.part_of.append(part_number[ends])

    def _loads_kept(self, problem: CouplingProblem) -> list[float]:
        loads = [0.0] * (1 + max(self.organisation, default=-1))
        for kept in problem.kept:
            components = problem.needs[kept.need].components
            share = kept.quantity / (components[kept.component].quantity * len(components))
            loads[self.organisation[kept.offer]] += share
        return loads

    def _islands(self) -> tuple[list[int], dict[int, int]]:
        """Number the connected components of the graph of needs and offers."""
        needs_at: dict[int, list[int]] = defaultdict(list)
        for k, opening in enumerate(self.openings):
            needs_at[opening.offer].append(self.parts[self.part_of[k]].need)
        island_of_need = [-1] * len(self.needs)
        island_of_offer: dict[int, int] = {}
        islands = 0
        for first in range(len(self.needs)):
            if island_of_need[first] >= 0:
                continue
            island_of_need[first] = islands
            reached = [first]
            while reached:
                need = self.needs[reached.pop()]
                for part in need.parts:
                    for k in self.parts[part].openings:
                        offer = self.openings[k].offer
                        if offer in island_of_offer:
                            continue
                        island_of_offer[offer] = islands
                        for other in needs_at[offer]:
                            if island_of_need[other] < 0:
                                island_of_need[other] = islands
                                reached.append(other)
            islands += 1
        return island_of_need, island_of_offer

    def openings_of(self, need: int) -> list[int]:
        """Return all openings of one open need."""
        return [k for part in self.needs[need].parts for k in self.parts[part].openings]

    def quantities(self, held: list[dict[int, int]]) -> tuple[int, ...]:
        """Turn supplies per open need ({opening: quantity}) into quantities per pair."""
        quantities = [0] * len(self.problem.pairs)
        for supplies in held:
            for k, quantity in supplies.items():
                quantities[self.openings[k].pair] = quantity
        return tuple(quantities)

    def supplies(self, quantities: Sequence[int]) -> list[dict[int, int]]:
        """Turn quantities per pair into supplies per open need."""
        held: list[dict[int, int]] = [{} for _ in self.needs]
        for k, opening in enumerate(self.openings):
            if quantity := quantities[opening.pair]:
                held[self.parts[self.part_of[k]].need][k] = quantity
        return held
