"""A plan in numbers, and what it takes of the resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.network import NONE, Network


class Profile:
    """How much of one resource is used, from instant to instant."""

    def __init__(self) -> None:
        self._steps: dict[int, int] = defaultdict(int)

    def add(self, first: int, last: int, amount: int) -> None:
        """Use so much more from one instant to another."""
        self._steps[first] += amount
        self._steps[last] -= amount

    def stretches(
        self, begin: int, end: int, pauses: Iterable[tuple[int, int]] = ()
    ) -> Iterator[tuple[int, int, int]]:
        """Give stretches ``(first, last, used)`` with any use, without the pauses."""
        steps = dict(self._steps)
        closed = {}
        for first, last in pauses:
            closed[int(first)], closed[int(last)] = 1, -1
        at, used, shut = begin, 0, 0
        for instant in sorted({*steps, *closed, end}):
            until = min(instant, end)
            if until > at:
                if used > 0 and not shut:
                    yield at, until, used
                at = until
            used += steps.get(instant, 0)
            shut += closed.get(instant, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Starts and finishes (N, instants of the axis) and modes (N, numbering all)."""

    starts: Ints
    finishes: Ints
    modes: Ints

    @classmethod
    def of_history(cls, network: Network, frozen_finish: Ints) -> Standing:
        """Return only what is frozen; nothing else is placed yet."""
        frozen = network.frozen_start != NONE
        told = network.frozen_mode != NONE
        modes = np.where(told, network.frozen_mode, network.mode_start[:-1])
        starts = np.where(frozen, network.frozen_start, 0)
        return cls(starts, np.where(frozen, frozen_finish, 0), modes)

    def profiles(
        self, network: Network, without: Collection[int], resources: Collection[int]
    ) -> dict[int, Profile]:
        """Return what all tasks but some take of resources in the units they work in."""
        found = {r: Profile() for r in resources}
        for task in range(network.tasks):
            mode = int(self.modes[task])
            if task in without or network.duration[mode] == 0:
                continue  # milestones take nothing, even where history gave them time
            pieces = None
            for d in range(network.demand_start[mode], network.demand_start[mode + 1]):
                profile = found.get(int(network.demand_resource[d]))
                if profile is None:
                    continue
                if pieces is None:
                    pieces = list(self._pieces(network, task, mode))
                for first, last in pieces:
                    profile.add(first, last, int(network.demand_amount[d]))
        return found

    def spent(self, network: Network, without: Collection[int]) -> Ints:
        """Return what all tasks but some take of each resource (R), once."""
        spent = np.zeros(len(network.capacity), dtype=np.int64)
        for task in range(network.tasks):
            if task not in without:
                mode = self.modes[task]
                own = slice(network.demand_start[mode], network.demand_start[mode + 1])
                np.add.at(spent, network.demand_resource[own], network.demand_amount[own])
        return spent

    def _pieces(self, network: Network, task: int, mode: int) -> Iterator[tuple[int, int]]:
        at, finish = int(self.starts[task]), int(self.finishes[task])
        for first, last in network.closed(int(network.mode_calendar[mode])).tolist():
            if first >= finish:
                break
            if first > at:
                yield at, first
            at = max(at, last)
        if finish > at:
            yield at, finish
