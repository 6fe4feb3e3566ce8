"""Who waits for whom in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def cycle_in(ties: Iterable[tuple[int, int]]) -> list[int]:
    """The ids along one circle of «before → after», its first repeated at the end; [] if none."""
    after: dict[int, list[int]] = defaultdict(list)
    for before, behind in ties:
        after[before].append(behind)
    finished: set[int] = set()
    for root in list(after):
        if circle := _circle_from(root, after, finished):
            return circle
    return []


def _circle_from(root: int, after: dict[int, list[int]], finished: set[int]) -> list[int]:
    """Walk down from ``root``; whatever is ``finished`` leads into no circle."""
    path: list[int] = []
    on_path: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            path.pop()
            on_path.remove(node)
            finished.add(node)
        elif node in on_path:
            return [*path[path.index(node) :], node]
        elif node not in finished:
            path.append(node)
            on_path.add(node)
            waiting.append((node, True))
            waiting += [(one, False) for one in after.get(node, ())]
    return []
