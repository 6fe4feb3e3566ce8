"""The least horizon that cannot be shown to be too short."""

from __future__ import annotations

from collections.abc import Callable

from binglian.engine.planning.axis import Ints
from binglian.engine.planning.result import Bound

from .energy import Energy
from .windows import Ends, Impossible


def energy_bound(
    ends: Ends, heads: tuple[Ints, Ints], upper: int, is_over: Callable[[], bool]
) -> tuple[int, Bound]:
    """Return a horizon before which no plan can end, and what shows it.

    ``upper`` is a horizon within which some plan ends, or one beyond all need. Each horizon tried
    is refuted by tails from it and the work between two instants, so what is shown stands even
    if ``is_over`` ends the search early.
    """
    energy = Energy(ends)
    best, by = int(heads[1].max(initial=0)), Bound.CRITICAL_PATH
    for shifted, name in ((False, Bound.CAPACITY), (True, Bound.ENERGY)):
        found = _least_open(ends, heads, energy, best, upper, shifted, is_over)
        if found > best:
            best, by = found, name
    return best, by


def _least_open(
    ends: Ends,
    heads: tuple[Ints, Ints],
    energy: Energy,
    lower: int,
    upper: int,
    shifted: bool,
    is_over: Callable[[], bool],
) -> int:
    """Return the least horizon not refuted: what is refuted is refuted for all before it."""
    step = 1
    while lower < upper and not is_over():  # first near the bound, then by halving
        middle = min(lower + step - 1, (lower + upper) // 2)
        if _is_refuted(ends, heads, energy, middle, shifted):
            lower = middle + 1
            step *= 2
        else:
            upper = middle
    return lower


def _is_refuted(
    ends: Ends, heads: tuple[Ints, Ints], energy: Energy, horizon: int, shifted: bool
) -> bool:
    try:
        windows = ends.windows(heads, horizon)
    except Impossible:
        return True
    return energy.refutes(windows, shifted=shifted)
