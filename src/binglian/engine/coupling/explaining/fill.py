"""Serves one need from what is left, piece by piece: a quick estimate, not the best answer.

It keeps every rule (or all but those it is told to ignore), so what it completes can be done.
What it fails to complete might still be possible in a way it does not try.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from binglian.engine.coupling.problem import weight_of

from .leftover import ANY_SLOT, Leftover
from .trial import PLAIN, Row, Terms, Trial


@dataclass(frozen=True, slots=True)
class Filled:
    """What can be sent to a need.

    ``missing``: component → quantity short in the ``slot`` where least is short (of a partial
    need: short over all times), empty if the need is complete; ``times_short``: times for which
    no slot can be completed; ``open_slots``: those that can be, one by one. ``cost`` is what
    ``rows`` cost at the prices, ``worth`` what they earn, both in points.
    """

    rows: tuple[Row, ...] = ()
    missing: dict[int, int] = field(default_factory=dict)
    slot: int = 0
    times_short: int = 0
    open_slots: tuple[int, ...] = ()
    cost: float = 0.0
    worth: float = 0.0

    @property
    def is_complete(self) -> bool:
        return not self.times_short and not self.missing


def fill(left: Leftover, n: int, terms: Terms = PLAIN) -> Filled:
    """Complete need ``n`` from ``left`` (which stays as it is)."""
    need = left.problem.needs[n]
    if need.all_or_nothing:
        return _fill_whole(left, n, terms)
    return _fill_partly(left, n, terms)


def missing_by_slot(left: Leftover, n: int, terms: Terms = PLAIN) -> dict[int, dict[int, int]]:
    """Return, for every slot that suits, component → quantity that ``left`` leaves short."""
    slots = sorted({*left.slots_of_need(n), *left.slots_used(n)})
    return {t: _one_slot(left, n, (t,), terms).missing for t in slots}


def cost_by_slot(left: Leftover, n: int, terms: Terms) -> dict[int, float]:
    """Return what completing a whole need would cost in each slot in which it can be done."""
    slots = sorted({*left.slots_of_need(n), *left.slots_used(n)})
    alone = {t: _one_slot(left, n, (t,), terms) for t in slots}
    return {t: filled.cost for t, filled in alone.items() if filled.is_complete}


def runs_of(slots: Iterable[int], times: int, forced: Iterable[int]) -> list[tuple[int, ...]]:
    """Return every ``times`` slots in a row among ``slots`` that contain all ``forced`` ones."""
    usable, needed = {*slots, *forced}, set(forced)
    found = [tuple(range(first, first + times)) for first in sorted(usable)]
    return [run for run in found if usable.issuperset(run) and needed.issubset(run)]


def _fill_whole(left: Leftover, n: int, terms: Terms) -> Filled:
    need, used = left.problem.needs[n], left.slots_used(n)
    if not any(left.wanted(n, ANY_SLOT)):
        return Filled(worth=weight_of(need))
    alone = {t: _one_slot(left, n, (t,), terms) for t in sorted({*left.slots_of_need(n), *used})}
    best = [t for t in sorted(alone, key=lambda t: (alone[t].cost, t)) if alone[t].is_complete]
    if need.consecutive and need.times > 1:
        runs = runs_of(best, need.times, used)
        runs.sort(key=lambda run: (sum(alone[t].cost for t in run), run))
    else:
        others = [t for t in best if t not in used][: max(0, need.times - len(used))]
        runs = [(*used, *others)]
    for run in runs:
        if len(run) == need.times:
            filled = alone[run[0]] if need.times == 1 else _one_slot(left, n, run, terms)
            if filled.is_complete:
                return filled
    return _shortest(left, n, alone, best)


def _shortest(left: Leftover, n: int, alone: dict[int, Filled], best: list[int]) -> Filled:
    """Describe the slot where least is short."""
    need = left.problem.needs[n]
    short = {t: filled for t, filled in alone.items() if not filled.is_complete}
    times = max(1, need.times - len(best))
    if not short:
        # Every slot could be completed alone, yet not enough of them together.
        missing = {c: part.quantity for c, part in enumerate(need.components)} if alone else {}
        slot = min(alone, default=0)
        return Filled(missing=missing, slot=slot, times_short=times, open_slots=tuple(sorted(best)))

    def gap(t: int) -> tuple[float, int]:
        parts = short[t].missing.items()
        return sum(quantity / need.components[c].quantity for c, quantity in parts), t

    t = min(short, key=gap)
    return Filled(
        missing=short[t].missing, slot=t, times_short=times, open_slots=tuple(sorted(best))
    )


def _one_slot(left: Leftover, n: int, slots: tuple[int, ...], terms: Terms) -> Filled:
    """Complete a need in each of the slots; stops at the first that stays short."""
    trial = Trial(left, n, terms)
    for t in slots:
        missing = trial.cover(t, left.wanted(n, t))
        if missing:
            return Filled(tuple(trial.rows), missing, t, 1, cost=trial.cost)
    if terms.through is not None and not trial.came_through:
        return Filled(slot=slots[0], times_short=1)
    return Filled(tuple(trial.rows), cost=trial.cost, worth=weight_of(trial.need))


def _fill_partly(left: Leftover, n: int, terms: Terms) -> Filled:
    need, used = left.problem.needs[n], left.slots_used(n)
    slots = left.slots_of_need(n)
    room = max(0, need.times - len(used))
    if need.consecutive and need.times > 1:
        # A partial need may use fewer slots than it asks for: any stretch of them.
        runs = runs_of(slots, need.times, used) or [used or tuple(slots[:1])]
        tried = [(_served(left, n, run, terms), run) for run in runs]
        chosen: tuple[int, ...] = max(tried, key=lambda one: (one[0], [-t for t in one[1]]))[1]
    else:
        order = sorted(
            (t for t in slots if t not in used),
            key=lambda t: (-_served(left, n, (t,), terms), t),
        )
        chosen = (*used, *order[:room])
    trial, short = _sent(left, n, chosen, terms)
    missing = {c: quantity for c, quantity in enumerate(short) if quantity}
    if terms.only is not None:
        missing = {c: quantity for c, quantity in missing.items() if c == terms.only}
    slot = chosen[0] if chosen else 0
    worth = trial.partial_worth()
    return Filled(tuple(trial.rows), missing, slot, cost=trial.cost, worth=worth)


def _served(left: Leftover, n: int, slots: tuple[int, ...], terms: Terms) -> float:
    """Return what a partial need earns, less its cost, in these slots."""
    trial, _ = _sent(left, n, slots, terms)
    return trial.partial_worth() - trial.cost


def _sent(left: Leftover, n: int, slots: tuple[int, ...], terms: Terms) -> tuple[Trial, list[int]]:
    """Send a partial need what it wants in these slots; return what each component lacks then."""
    trial, short = Trial(left, n, terms), left.short(n)
    for t in slots:
        wanted = [min(now, ever) for now, ever in zip(left.wanted(n, t), short, strict=True)]
        missing = trial.cover(t, wanted)
        if terms.only is not None:
            wanted = [want if c == terms.only else 0 for c, want in enumerate(wanted)]
        short = [
            ever - want + missing.get(c, 0)
            for c, (ever, want) in enumerate(zip(short, wanted, strict=True))
        ]
    return trial, short
