"""The cheapest way to cover a quantity by one, two or three suppliers."""

import math

from binglian.engine.coupling.judge.tables import Counts
from binglian.engine.coupling.pairs import Floats


def cheapest_few(length: Counts, slope: Floats, wanted: int, few: int) -> float:
    """Return the least cost of ``wanted`` units from at most ``few`` (1 to 3) suppliers.

    Supplier i gives up to ``length[i]`` units at ``slope[i]`` each; slopes rise. In the best answer
    all but the dearest supplier give all they can. ``math.inf`` if no few suffice.
    """
    lengths, slopes = [int(units) for units in length], slope.tolist()
    best = math.inf
    stack = [(0, wanted, 0.0, few)]  # first supplier allowed, units still wanted, cost, places
    while stack:
        start, left, cost, places = stack.pop()
        for i in range(start, len(lengths)):
            if cost + slopes[i] * left >= best:
                break
            if lengths[i] >= left:
                best = cost + slopes[i] * left
                break
            if places > 1:
                stack.append((i + 1, left - lengths[i], cost + slopes[i] * lengths[i], places - 1))
    return best
