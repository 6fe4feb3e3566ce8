"""Orders in which a schedule can be built: by a key, but after all that a task is tied to."""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt

from .axis import Ints
from .network import Network


def in_order(network: Network, place: Ints, key: Ints) -> npt.NDArray[np.int32]:
    """Return the tasks by ascending key as far as ties allow.

    ``place`` (N) are their places in an order that respects all ties except on circles.
    """
    rank = np.empty(network.tasks, dtype=np.int64)
    order = np.lexsort((place, key))
    rank[order] = np.arange(network.tasks)
    before, after = network.before, network.after
    forward = place[before] < place[after]
    if np.all(rank[before[forward]] < rank[after[forward]]):
        return order.astype(np.int32)
    return _respecting(network.tasks, before[forward], after[forward], rank)


def _respecting(tasks: int, before: Ints, after: Ints, rank: Ints) -> npt.NDArray[np.int32]:
    """Return the tasks, each time the first by rank that waits for nobody."""
    waits = np.bincount(after, minlength=tasks).tolist()
    by_before = np.argsort(before, kind="stable")
    begin = np.searchsorted(before[by_before], np.arange(tasks + 1)).tolist()
    afters, ranks = after[by_before].tolist(), rank.tolist()
    ready = [(ranks[n], n) for n in range(tasks) if not waits[n]]
    heapq.heapify(ready)
    order = []
    while ready:
        _, n = heapq.heappop(ready)
        order.append(n)
        for other in afters[begin[n] : begin[n + 1]]:
            waits[other] -= 1
            if not waits[other]:
                heapq.heappush(ready, (ranks[other], other))
    return np.array(order, dtype=np.int32)
