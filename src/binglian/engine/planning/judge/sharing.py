"""What tasks share: capacities in every unit, budgets once."""

from collections.abc import Iterator, Sequence

import numpy as np

from .broken_rule import BrokenRule, Code
from .tables import Tables, groups
from .working_time import Ints

#: So many overdrawn stretches of one resource are told; a plan with more is beyond telling.
MOST_TOLD = 100


class Use:
    """How much of a renewable resource tasks use: ``amount[k]`` from ``at[k]`` to the next.

    ``added`` is the part of it that is not frozen, ``short`` how much of the capacity is not there.
    """

    def __init__(
        self,
        tables: Tables,
        rows: Ints,
        amounts: Ints,
        shortages: Sequence[tuple[int, int, int]] = (),
    ) -> None:
        events = [
            _events(tables, number, rows[mine], amounts[mine])
            for number, mine in groups(tables.calendar[rows])
        ]
        instants, changes, added = (np.concatenate(some) for some in zip(*events, strict=True))
        ends = np.array([(first, last) for first, last, _ in shortages], dtype=np.int64)
        steps = np.array([(amount, -amount) for _, _, amount in shortages], dtype=np.int64)
        self.at, where = np.unique(np.append(instants, ends), return_inverse=True)
        of_tasks, of_shortages = where[: len(instants)], where[len(instants) :]
        self.amount = _running(of_tasks, changes, len(self.at))
        self.added = _running(of_tasks, added, len(self.at))
        self.short = _running(of_shortages, steps.ravel(), len(self.at))


def demands(tables: Tables, *, renewable: bool) -> Iterator[tuple[int, Ints, Ints]]:
    """Return for each resource that is demanded: its row, the tasks' rows, their amounts."""
    number = {one.ref: r for r, one in enumerate(tables.problem.resources)}
    kind = [one.renewable is renewable for one in tables.problem.resources]
    used = [
        (number[demand.resource], n, demand.amount)
        for n, mode in enumerate(tables.modes)
        for demand in mode.demands
        if demand.amount
    ]
    columns = np.array(used, dtype=np.int64).reshape(-1, 3)
    for r, rows in groups(columns[:, 0]):
        if kind[r]:
            yield r, columns[rows, 1], columns[rows, 2]


def broken_capacities(tables: Tables) -> Iterator[BrokenRule]:
    """No unit of a renewable resource carries more than its capacity, unless it is history."""
    for r, rows, amounts in demands(tables, renewable=True):
        resource = tables.problem.resources[r]
        use = Use(tables, rows, amounts, resource.shortages)
        room = resource.capacity - use.short
        wrong = (use.amount > room) & (use.added > 0)
        begins = np.flatnonzero(wrong & ~np.append(False, wrong[:-1]))
        ends = np.flatnonzero(wrong & ~np.append(wrong[1:], False))
        for first, last in list(zip(begins.tolist(), ends.tolist(), strict=True))[:MOST_TOLD]:
            worst = first + int(np.argmax((use.amount - room)[first : last + 1]))
            at = use.at[worst]
            busy = (tables.start[rows] <= at) & (tables.finish[rows] > at)
            yield BrokenRule(
                Code.CAPACITY,
                tuple(tables.refs[n] for n in rows[busy].tolist()),
                int(use.amount[worst]),
                int(room[worst]),
                resource.ref,
                at=int(use.at[first]),
                until=int(use.at[last + 1]),
            )


def broken_budgets(tables: Tables) -> Iterator[BrokenRule]:
    """No budget is overspent, unless history spent it."""
    for r, rows, amounts in demands(tables, renewable=False):
        budget, spent = tables.problem.resources[r], int(amounts.sum())
        new = int(amounts[~tables.frozen[rows]].sum())
        if spent > budget.capacity and new:
            tasks = tuple(tables.refs[n] for n in rows.tolist())
            yield BrokenRule(Code.BUDGET, tasks, spent, budget.capacity, budget.ref)


def _events(tables: Tables, number: int, rows: Ints, amounts: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the instants at which use changes, by how much, and by how much what is not frozen.

    Tasks are counted from start to finish; what they do not use in closed stretches between is
    taken off again, stretch by stretch for all of them together.
    """
    time = tables.working_time(number)
    begun, done = time.worked(tables.start[rows]), time.worked(tables.finish[rows])
    works = (done > begun) & (tables.duration[rows] > 0)
    start = time.worked_unit(begun[works])  # of what is frozen, the first unit really worked
    finish = time.worked_unit(done[works] - 1) + 1
    inside = np.searchsorted(time.first, start, side="right")
    beyond = np.searchsorted(time.first, finish, side="left")
    new = np.where(tables.frozen[rows], 0, amounts)[works]
    changes = []
    for amount in (amounts[works], new):
        paused = np.zeros(len(time.first) + 1, dtype=np.int64)
        np.add.at(paused, inside, amount)
        np.subtract.at(paused, beyond, amount)
        changes.append((amount, np.cumsum(paused)[:-1]))
    (amount, paused), (added, new_paused) = changes
    breaks = np.flatnonzero(paused)
    return (
        np.concatenate((start, finish, time.first[breaks], time.last[breaks])),
        np.concatenate((amount, -amount, -paused[breaks], paused[breaks])),
        np.concatenate((added, -added, -new_paused[breaks], new_paused[breaks])),
    )


def _running(where: Ints, changes: Ints, length: int) -> Ints:
    """Return the sums so far of the changes at each instant."""
    total = np.zeros(length, dtype=np.int64)
    np.add.at(total, where, changes)
    return np.cumsum(total)
