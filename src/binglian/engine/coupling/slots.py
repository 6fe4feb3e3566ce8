"""Slots: the agreed stretches of time, such as Tuesday afternoon, in which needs are met."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .problem import CouplingProblem, Need, Offer, Window
from .windows import shared_time

DAY_PARTS = ((360, 720), (720, 1080), (1080, 1440))
#: Morning, afternoon and evening of every weekday: what offices book by.
HALF_DAYS = tuple(
    Window(weekdays=1 << day, start_minute=start, end_minute=end)
    for day in range(7)
    for start, end in DAY_PARTS
)


def slots_for(offers: Iterable[Offer], needs: Iterable[Need]) -> tuple[Window, ...]:
    """Return the slots a problem takes when nobody states any.

    Half-days if any offer renews or any need is met more than once; else none, since then all
    that counts is whether an offer and a need have time in common.
    """
    recurring = any(offer.renews for offer in offers) or any(need.times > 1 for need in needs)
    return HALF_DAYS if recurring else ()


def slots_of_offer(offer: Offer, slots: tuple[Window, ...]) -> list[int]:
    """Return the slots in which the offer is there."""
    return _shared(offer.windows, slots, None)


def slots_of_need(need: Need, slots: tuple[Window, ...]) -> list[int]:
    """Return the slots in which the need may be met."""
    return _shared(need.windows, slots, need.deadline)


def availability(problem: CouplingProblem) -> npt.NDArray[np.bool_]:
    """Return ``available[o, t]``: whether offer ``o`` is there in slot ``t``."""
    return _table([slots_of_offer(offer, problem.slots) for offer in problem.offers], problem)


def suitability(problem: CouplingProblem) -> npt.NDArray[np.bool_]:
    """Return ``suits[n, t]``: whether need ``n`` may be met in slot ``t``."""
    return _table([slots_of_need(need, problem.slots) for need in problem.needs], problem)


def _shared(
    windows: tuple[Window, ...], slots: tuple[Window, ...], deadline: int | None
) -> list[int]:
    if not slots:
        return [0]
    return [t for t, slot in enumerate(slots) if shared_time((slot,), windows, deadline)]


def _table(rows: list[list[int]], problem: CouplingProblem) -> npt.NDArray[np.bool_]:
    table = np.zeros((len(rows), problem.slot_count), dtype=np.bool_)
    for row, slots in enumerate(rows):
        table[row, slots] = True
    return table
