"""What unmet needs lack, and the imagined offers that would fill many such gaps at once."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.candidates.finding import distance_km
from binglian.engine.coupling.problem import (
    EVERY_DAY,
    CouplingProblem,
    Need,
    Offer,
    Window,
    weight_of,
)
from binglian.engine.coupling.units import same_unit
from binglian.engine.coupling.windows import shared_time

from .fill import missing_by_slot
from .leftover import Leftover

#: Beyond these, the weightiest: unmet needs looked at, gaps of one kind, tags, times, places.
_MOST_NEEDS, _MOST_GAPS, _MOST_TAGS, _MOST_TIMES, _MOST_PLACES = 2000, 400, 12, 24, 12
#: An offer of a kind that nobody offers is imagined no larger than so many common gaps.
_COMMON_GAPS = 8
#: Imagined offers of one kind and unit that are worth a try.
_MOST_SPOTS = 15
_WORKDAYS, _WEEKEND = 0b0011111, 0b1100000

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gap:
    """What one unmet need lacks of one kind: nothing else is short in these ``slots``.

    ``quantity`` at each of ``times`` times (of a partial need: over all of them, ``times`` 1);
    an offer needs one of ``tags`` (empty: any will do). ``worth``: points that filling it earns.
    """

    need: int
    components: tuple[int, ...]
    kind: str
    unit: str
    tags: frozenset[str]
    quantity: int
    times: int
    slots: frozenset[int]
    worth: float


@dataclass(frozen=True, slots=True)
class Spot:
    """An imagined offer, generous in quantity, and the gaps it might fill, best first.

    ``near`` is the need in whose place it is imagined, if place matters.
    """

    offer: Offer
    gaps: tuple[Gap, ...]
    near: int | None
    estimate: float


def gaps_of(now: Leftover) -> list[Gap]:
    """Return the gaps of unmet needs, the weightiest needs first."""
    needs = now.problem.needs
    unmet = [n for n, need in enumerate(needs) if now.share(n) < 1]
    unmet.sort(key=lambda n: (-weight_of(needs[n]), n))
    return [gap for n in unmet[:_MOST_NEEDS] for gap in _gaps_of_need(now, n)]


def _gaps_of_need(now: Leftover, n: int) -> list[Gap]:
    need, short = now.problem.needs[n], missing_by_slot(now, n)
    parts: dict[tuple[int, ...], dict[int, int]] = defaultdict(dict)
    for t, missing in short.items():
        kinds = {need.components[c].kind for c in missing}
        if not need.all_or_nothing:
            for c, quantity in missing.items():
                parts[c,][t] = quantity
        elif len(kinds) == 1:
            parts[tuple(sorted(missing))][t] = sum(missing.values())
    worth = weight_of(need) * (1 - now.share(n))
    used = len(now.slots_used(n))
    gaps = []
    for components, by_slot in parts.items():
        wanted = [need.components[c] for c in components]
        tags = _common_tags([part.tags for part in wanted])
        if tags is None:
            continue
        quantity, times, part_worth = min(by_slot.values()), max(1, need.times - used), worth
        if not need.all_or_nothing:
            (c,) = components
            asked = wanted[0].quantity * need.times
            quantity, times = max(1, now.short(n)[c]), 1
            part_worth = weight_of(need) * quantity / asked / len(need.components)
        first = wanted[0]
        slots = frozenset(by_slot)
        gaps.append(
            Gap(n, components, first.kind, first.unit, tags, quantity, times, slots, part_worth)
        )
    return gaps


def _common_tags(asked: list[frozenset[str]]) -> frozenset[str] | None:
    """Return tags of which each satisfies all; empty if none is asked, None if none does."""
    particular = [tags for tags in asked if tags]
    if not particular:
        return frozenset()
    return frozenset.intersection(*particular) or None


def spots(now: Leftover, gaps: list[Gap]) -> list[Spot]:
    """Return imagined offers, some of each kind, those that seem to help most first."""
    alike: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in gaps:
        alike[gap.kind, same_unit(gap.unit)].append(gap)
    found = [spot for mine in alike.values() for spot in _spots_of_kind(now, mine)[:_MOST_SPOTS]]
    return sorted(found, key=_promise)


def _promise(spot: Spot) -> tuple[float, int, str]:
    return -spot.estimate, -len(spot.gaps), spot.offer.ref


def _spots_of_kind(now: Leftover, gaps: list[Gap]) -> list[Spot]:
    problem = now.problem
    gaps = sorted(gaps[:_MOST_GAPS], key=lambda gap: (-gap.worth / _size(gap), gap.need))
    likeness = _like(problem, gaps)
    worth = np.array([gap.worth for gap in gaps])
    sizes = np.array([_size(gap) for gap in gaps], dtype=np.float64)
    needs = [problem.needs[gap.need] for gap in gaps]

    tags = _tags(gaps)
    by_tag = [np.array([not gap.tags or tag in gap.tags for gap in gaps]) for tag in tags]
    times = _times(problem, gaps)
    by_time = [np.array([_is_free(problem, time, gap) for gap in gaps]) for time in times]
    places = _places(problem, gaps)
    by_place = [_near_enough(_in_place(likeness, problem, near), needs) for near in places]
    seen: dict[bytes, Spot] = {}
    best: dict[bytes, tuple[float, int]] = {}
    for g, h, k in product(range(len(tags)), range(len(times)), range(len(places))):
        fits = by_tag[g] & by_time[h] & by_place[k]
        room = likeness.quantity * (len(times[h][1]) if likeness.renews and times[h][1] else 1)
        rows = np.flatnonzero(fits)
        within = rows[np.cumsum(sizes[rows]) <= room]
        if not len(within):
            continue
        key, estimate = fits.tobytes(), float(worth[within].sum())
        extent = len(times[h][0]) or len(problem.slots) + 1
        rank = estimate, -extent
        if key in seen and rank <= best[key]:
            continue
        best[key] = rank
        offer = _in_place(likeness, problem, places[k])
        offer = replace(
            offer,
            tags=frozenset({tags[g]} - {""}),
            windows=times[h][0],
            ref=f"{likeness.kind} {tags[g]} {h} {k}",
        )
        seen[key] = Spot(offer, tuple(gaps[i] for i in rows), places[k], estimate)
    return sorted(seen.values(), key=_promise)


def _near_enough(offer: Offer, needs: list[Need]) -> Marks:
    """Mark the needs that an offer in this place, or in none, would be near enough to."""
    marks = []
    for need in needs:
        is_bound = need.within_km is not None and need.latitude is not None
        km = distance_km(offer, need)
        marks.append(not is_bound or (km is not None and km <= (need.within_km or 0)))
    return np.array(marks)


def _size(gap: Gap) -> int:
    return gap.quantity * gap.times


def _like(problem: CouplingProblem, gaps: list[Gap]) -> Offer:
    """Imagine an offer such as one organisation might make."""
    unit = Counter(gap.unit for gap in gaps).most_common(1)[0][0]
    kin = [offer for offer in problem.offers if offer.kind == gaps[0].kind]
    quantities = [o.quantity for o in kin if same_unit(o.unit) == same_unit(unit)]
    renewing = sum(offer.renews for offer in kin) * 2 >= len(kin)
    lacked = sorted(gap.quantity for gap in gaps)
    usual = max(quantities, default=_COMMON_GAPS * lacked[len(lacked) // 2])
    largest = max(usual, lacked[-1])
    return Offer(
        ref="",
        organisation="",
        title="",
        kind=gaps[0].kind,
        quantity=largest,
        unit=unit,
        renews=bool(problem.slots) and renewing,
    )


def _in_place(offer: Offer, problem: CouplingProblem, near: int | None) -> Offer:
    if near is None:
        return offer
    place = problem.needs[near]
    return replace(offer, longitude=place.longitude, latitude=place.latitude)


def _tags(gaps: list[Gap]) -> list[str]:
    """Return the tags worth most; "" for an offer without any."""
    worth: Counter[str] = Counter()
    for gap in gaps:
        worth.update(dict.fromkeys(gap.tags, gap.worth))
    ranked = sorted(worth, key=lambda tag: (-worth[tag], tag))[:_MOST_TAGS]
    return ["", *ranked]


def _places(problem: CouplingProblem, gaps: list[Gap]) -> list[int | None]:
    """Return needs in whose place the offer could be; None for no place in particular."""
    places: dict[tuple[float | None, float | None], int] = {}
    for gap in gaps:
        need = problem.needs[gap.need]
        if need.within_km is not None and need.latitude is not None:
            places.setdefault((need.longitude, need.latitude), gap.need)
    return [None, *list(places.values())[:_MOST_PLACES]]


Time = tuple[tuple[Window, ...], tuple[int, ...]]  # windows of the offer, slots of the problem


def _times(problem: CouplingProblem, gaps: list[Gap]) -> list[Time]:
    """Return the stretches of time in which the offer could be there."""
    if problem.slots:
        groups = _slot_groups(problem.slots, {t for gap in gaps for t in gap.slots})
        return [(tuple(problem.slots[t] for t in group), group) for group in groups]
    worth: Counter[tuple[Window, ...]] = Counter()
    for gap in gaps:
        for window in problem.needs[gap.need].windows:
            worth[window,] += gap.worth  # type: ignore[assignment]
    ranked = sorted(worth, key=lambda windows: -worth[windows])[:_MOST_TIMES]
    return [*((windows, ()) for windows in ranked), ((), ())]


def _slot_groups(slots: tuple[Window, ...], wanted: set[int]) -> list[tuple[int, ...]]:
    """Return what people ask for in one breath: one slot, the same hours of days, one day."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for t, slot in enumerate(slots):
        hours = slot.start_minute, slot.end_minute
        for days in (_WORKDAYS, _WEEKEND, EVERY_DAY):
            if not slot.weekdays & ~days:
                alike[(*hours, days)].append(t)
        alike[slot.first_day, slot.last_day, slot.weekdays, "day"].append(t)
    groups = [tuple(group) for group in alike.values() if wanted.intersection(group)]
    singles = [(t,) for t in sorted(wanted)][:_MOST_TIMES]
    return list(dict.fromkeys([*singles, *groups[: 4 * _MOST_TIMES]]))


def _is_free(problem: CouplingProblem, time: Time, gap: Gap) -> bool:
    windows, group = time
    if group:
        return len(gap.slots.intersection(group)) >= gap.times
    need = problem.needs[gap.need]
    return shared_time(windows, need.windows, need.deadline) is not None
