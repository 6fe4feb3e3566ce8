"""What keeps each task from starting earlier: one reason, in one plain sentence."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from binglian.engine.planning.problem import Link, Precedence
from binglian.engine.planning.wording import Wording

from .view import View

__all__ = ["Cause", "Reason", "reasons_of"]


class Cause(StrEnum):
    """Why a task starts when it does."""

    BEGUN = "begun"  # it has begun, or is promised
    OPENING = "opening"  # it waits for nothing
    RELEASE = "release"  # not before an instant
    PRECEDENCE = "precedence"  # another task comes first
    CAPACITY = "capacity"  # what it demands is used by others
    CHOICE = "choice"  # it could start earlier; nothing would be gained


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``task`` starts at ``start``.

    ``waits_for``: the tasks that come first, or that use ``resource`` until then. ``link``: the
    precedence that binds; ``is_event`` where it waits for a milestone. ``others``: further
    precedences that bind just as much.
    """

    task: str
    cause: Cause
    start: int
    waits_for: tuple[str, ...] = ()
    link: Precedence | None = None
    is_event: bool = False
    others: int = 0
    resource: str = ""

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        return (_in_chinese if words.zh else _in_english)(self, words)


def reasons_of(view: View) -> list[Reason]:
    """Return for each task (N) what keeps it from starting earlier, all else staying."""
    busy = _Busy(view)
    return [_reason(view, n, busy) for n in range(len(view.refs))]


def _reason(view: View, n: int, busy: "_Busy") -> Reason:
    ref, start = view.refs[n], view.start[n]
    if view.is_frozen(n):
        return Reason(ref, Cause.BEGUN, start)
    hours, units = view.hours[n], view.units[n]
    needed = [(view.needed_start(link), link) for link in view.before[n]]
    binding = [link for at, link in needed if at >= start]
    if binding:
        return _bound_by(view, ref, start, binding)
    ready = hours.next_open(view.ready[n]) if units else view.ready[n]
    if ready >= start:
        cause = Cause.RELEASE if view.ready[n] > 0 else Cause.OPENING
        return Reason(ref, cause, view.ready[n] if cause is Cause.RELEASE else start)
    if units and view.demands[n]:
        earlier = hours.unit(hours.worked(start) - 1)
        if (found := busy.who(n, earlier)) is not None:
            resource, holders = found
            return Reason(ref, Cause.CAPACITY, start, holders, resource=resource)
    return Reason(ref, Cause.CHOICE, start)


def _bound_by(view: View, ref: str, start: int, binding: list[Precedence]) -> Reason:
    """Name the binding precedence whose task ends last, and does the most work."""

    def weight(link: Precedence) -> tuple[int, int, int]:
        earlier = view.row[link.before]
        return view.finish[earlier], view.units[earlier], -earlier

    link = max(binding, key=weight)
    is_event = not view.units[view.row[link.before]]
    return Reason(ref, Cause.PRECEDENCE, start, (link.before,), link, is_event, len(binding) - 1)


class _Busy:
    """Who uses a resource in a unit."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._tasks: dict[str, list[int]] = defaultdict(list)
        for n, demands in enumerate(view.demands):
            for resource, _ in demands:
                self._tasks[resource].append(n)
        for rows in self._tasks.values():
            rows.sort(key=lambda n: view.start[n])
        self._starts = {r: [view.start[n] for n in rows] for r, rows in self._tasks.items()}
        self._longest = {
            r: max(view.finish[n] - view.start[n] for n in rows) for r, rows in self._tasks.items()
        }

    def who(self, n: int, start: int) -> tuple[str, tuple[str, ...]] | None:
        """Return the resource that is full if task n starts then, and who fills it."""
        view, hours = self.view, self.view.hours[n]
        finish = hours.finish(start, view.units[n])
        for resource, amount in view.demands[n]:
            rivals = self._rivals(n, resource, start, finish)
            fewer = (first for first, _, _ in view.shortages.get(resource, ()))
            begins = (*fewer, *(view.start[m] for m in rivals))
            instants = sorted({start, *(max(start, at) for at in begins)})
            for at in instants:
                unit = hours.next_open(at)
                here = [m for m in rivals if self._works(m, unit)]
                used = sum(self._amount(m, resource) for m in here)
                if unit < finish and used + amount > view.there(resource, unit):
                    here.sort(key=lambda m: (-view.finish[m], m))
                    return resource, tuple(view.refs[m] for m in here)
        return None

    def _rivals(self, n: int, resource: str, start: int, finish: int) -> list[int]:
        rows, starts = self._tasks[resource], self._starts[resource]
        first = bisect_left(starts, start - self._longest[resource])
        last = bisect_left(starts, finish)
        return [m for m in rows[first:last] if m != n and self.view.finish[m] > start]

    def _works(self, m: int, unit: int) -> bool:
        view = self.view
        return view.start[m] <= unit < view.finish[m] and view.hours[m].next_open(unit) == unit

    def _amount(self, m: int, resource: str) -> int:
        return next(amount for one, amount in self.view.demands[m] if one == resource)


def _in_chinese(reason: Reason, words: Wording) -> str:
    start = words.start(reason.start)
    match reason.cause:
        case Cause.BEGUN:
            return f"{start} 已开始或已确定。"
        case Cause.OPENING:
            return "没有前置，一开始即可办理。"
        case Cause.RELEASE:
            return f"不早于 {start}。"
        case Cause.CAPACITY:
            holders = words.names(reason.waits_for)
            busy = f"正在办理{holders}，" if holders else ""
            return f"{words.name(reason.resource)}{busy}到这时才有余力。"
        case Cause.CHOICE:
            return "还可以更早，不影响总工期。"
    assert reason.link is not None
    before, link = words.name(reason.link.before), reason.link
    wait = f"{words.length(link.least)}后" if link.least > 0 else ""
    ahead = f"可提前 {words.length(-link.least)}" if link.least < 0 else ""
    also = f"（另有 {reason.others} 项前置同时到位）" if reason.others else ""
    done = "" if reason.is_event else "办结"
    said = {
        Link.FINISH_START: f"待{before}{done}{wait}即可开始",
        Link.START_START: f"{before}开始{wait}即可开始",
        Link.FINISH_FINISH: f"可先行准备，待{before}{done}{wait}才能办结",
        Link.START_FINISH: f"可先行准备，待{before}开始{wait}才能办结",
    }[link.link]
    return words.sentence([said + also, ahead])


def _in_english(reason: Reason, words: Wording) -> str:
    start = words.start(reason.start)
    match reason.cause:
        case Cause.BEGUN:
            return f"Begun or promised at {start}."
        case Cause.OPENING:
            return "Waits for nothing."
        case Cause.RELEASE:
            return f"Not before {start}."
        case Cause.CAPACITY:
            holders = words.names(reason.waits_for)
            if not holders:
                return f"{words.name(reason.resource)} has too little capacity until then."
            return f"{words.name(reason.resource)} is busy with {holders} until then."
        case Cause.CHOICE:
            return "Could start earlier; nothing would be gained."
    assert reason.link is not None
    before, link = words.name(reason.link.before), reason.link
    wait = f"{words.length(link.least)} after " if link.least > 0 else "once "
    ahead = f"up to {words.length(-link.least)} ahead" if link.least < 0 else ""
    also = f" ({reason.others} more are in time with it)" if reason.others else ""
    done = "has come" if reason.is_event else "is done"
    said = {
        Link.FINISH_START: f"starts {wait}{before} {done}",
        Link.START_START: f"starts {wait}{before} begins",
        Link.FINISH_FINISH: f"prepared before; ends {wait}{before} {done}",
        Link.START_FINISH: f"prepared before; ends {wait}{before} begins",
    }[link.link]
    return words.sentence([said + also, ahead])
