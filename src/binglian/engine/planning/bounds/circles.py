"""Tasks that wait for one another: circles of precedences that take time."""

from __future__ import annotations

import numpy as np

from binglian.engine.planning.network import (
    FINISH_FINISH,
    FINISH_START,
    NEVER,
    START_FINISH,
    Flags,
    Network,
)

Arc = tuple[int, int, int]  # from one instant to another, at least so many units later


def find_circle(network: Network, usable: Flags) -> tuple[int, ...]:
    """Return tasks each of which waits for the one before it, the first again at the end; or ().

    Starts are instants ``2 n``, finishes ``2 n + 1``. Bellman and Ford's longest ways; a way that
    still grows after as many rounds as there are instants goes round a circle.
    """
    arcs = _arcs(network, usable)
    if not len(arcs):
        return ()
    tails, heads, lengths = arcs.T
    order = np.argsort(heads, kind="stable")
    tails, heads, lengths = tails[order], heads[order], lengths[order]
    begins = np.flatnonzero(np.append(True, heads[1:] != heads[:-1]))
    groups = heads[begins]
    instants = 2 * network.tasks
    way = np.zeros(instants, dtype=np.int64)
    came = np.full(instants, -1, dtype=np.int64)
    for _ in range(instants + 1):
        ends = way[tails] + lengths
        best = np.maximum.reduceat(ends, begins)
        grows = best > way[groups]
        if not grows.any():
            return ()
        reached = np.repeat(best, np.diff(np.append(begins, len(ends))))
        last = ends == reached
        by = np.full(instants, -1, dtype=np.int64)
        by[heads[last]] = tails[last]
        came[groups[grows]] = by[groups[grows]]
        way[groups[grows]] = best[grows]
        circle = _closed(came)
        if circle:
            return _as_tasks(circle)
    return ()


def _arcs(network: Network, usable: Flags) -> np.ndarray:
    far = np.int64(1) << 40
    shortest = np.where(usable == 1, network.duration, far)
    longest = np.where(usable == 1, network.duration, 0)
    least = np.minimum.reduceat(shortest, network.mode_start[:-1])
    most = np.maximum.reduceat(longest, network.mode_start[:-1])
    paused = np.maximum.reduceat(network.mode_calendar, network.mode_start[:-1]) > 0
    number = np.arange(network.tasks)
    free = network.frozen_start < 0
    rows = [np.column_stack((2 * number, 2 * number + 1, least))[free]]
    rows.append(np.column_stack((2 * number + 1, 2 * number, -most))[free & ~paused])
    link = network.link
    by_finish = (link == FINISH_START) | (link == FINISH_FINISH)
    to_finish = (link == FINISH_FINISH) | (link == START_FINISH)
    before, after = 2 * network.before + by_finish, 2 * network.after + to_finish
    judged = free[network.before] | free[network.after]
    rows.append(np.column_stack((before, after, network.least))[judged])
    tight = judged & (network.most < NEVER) & (network.lag_calendar == 0)
    rows.append(np.column_stack((after, before, -network.most))[tight])
    return np.concatenate(rows).astype(np.int64)


def _closed(came: np.ndarray) -> list[int]:
    """Return a circle among the instants' predecessors, or nothing."""
    seen = np.zeros(len(came), dtype=np.int64)
    for start in np.flatnonzero(came >= 0).tolist():
        if seen[start]:
            continue
        at = start
        while at >= 0 and not seen[at]:
            seen[at] = start + 1
            at = int(came[at])
        if at >= 0 and seen[at] == start + 1:
            circle, first = [at], at
            at = int(came[at])
            while at != first:
                circle.append(at)
                at = int(came[at])
            return circle[::-1]
    return []


def _as_tasks(circle: list[int]) -> tuple[int, ...]:
    tasks: list[int] = []
    for instant in circle:
        if not tasks or tasks[-1] != instant // 2:
            tasks.append(instant // 2)
    if len(tasks) > 1 and tasks[0] == tasks[-1]:
        tasks.pop()
    return (*tasks, tasks[0])
