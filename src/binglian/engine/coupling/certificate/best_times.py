"""Which slots a need takes when each has its own cost."""

import numpy as np

from binglian.engine.coupling.judge.tables import Truths
from binglian.engine.coupling.pairs import Floats, Ints


def least_cost(cost: Floats, held: Truths, whole: Truths, times: Ints, in_a_row: Truths) -> Floats:
    """Return the least total cost for each need (N), infinite where it cannot be met.

    ``cost`` (N × T) is infinite where a whole need cannot be covered, at most 0 for others.
    ``held`` slots are taken already and count towards ``times``; a whole need takes exactly that
    many, any other at most.
    """
    total = np.where(in_a_row, np.inf, _any_slots(cost, held, whole, times))
    for span in np.unique(times[in_a_row]).tolist():
        rows = in_a_row & (times == span)
        total[rows] = _one_run(cost[rows], held[rows], whole[rows], span)
    return total


def _any_slots(cost: Floats, held: Truths, whole: Truths, times: Ints) -> Floats:
    slots = cost.shape[1]
    free = np.where(held, np.where(whole, np.inf, 0.0)[:, None], cost)
    sums = np.zeros((len(cost), slots + 1))
    np.cumsum(np.sort(free, axis=1), axis=1, out=sums[:, 1:])
    others = times - held.sum(axis=1)
    total = sums[np.arange(len(cost)), np.clip(others, 0, slots)]
    total += np.where(held, cost, 0.0).sum(axis=1)
    impossible = (others < 0) | (whole & (others > slots))
    return np.where(impossible, np.inf, total)


def _one_run(cost: Floats, held: Truths, whole: Truths, span: int) -> Floats:
    length = min(span, cost.shape[1])
    views = np.lib.stride_tricks.sliding_window_view
    totals = views(cost, length, axis=1).sum(axis=2)
    inside = views(held, length, axis=1).sum(axis=2)
    fits = inside == held.sum(axis=1)[:, None]
    if length < span:
        fits &= ~whole[:, None]
    least: Floats = np.where(fits, totals, np.inf).min(axis=1)
    return least
