"""Which report is possible in which state of a task, what comes of it, and who makes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from binglian.domain.alliance.calendar import working_days_between

from .models import Report, Task

S, E = Task.State, Report.Event


class Teller(Enum):
    """Whose officer reports an event."""

    OFFICE = "office"
    APPLICANT = "applicant"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Step:
    """From some states to one, by one side's report."""

    of: tuple[Task.State, ...]
    to: Task.State
    teller: Teller = Teller.OFFICE


_AGAIN = (S.WAITING, S.PREPARING, S.NOT_ACCEPTED, S.REFUSED, S.WITHDRAWN, S.RECALLED, S.REVOKED)
_AT_WORK = (S.UNDER_WAY, S.STOPPED)

STEPS: dict[Report.Event, Step] = {
    E.PRE_REVIEW: Step((S.WAITING,), S.PREPARING),
    E.RECEIVED: Step(_AGAIN, S.RECEIVED, Teller.EITHER),
    E.NOT_ACCEPTED: Step((S.RECEIVED, S.CORRECTING), S.NOT_ACCEPTED),
    E.CORRECTION: Step((S.RECEIVED,), S.CORRECTING),
    E.COMPLETED: Step((S.CORRECTING,), S.RECEIVED, Teller.EITHER),
    E.ACCEPTED: Step((*_AGAIN, S.RECEIVED), S.UNDER_WAY),
    E.STOPPED: Step((S.UNDER_WAY,), S.STOPPED),
    E.RESUMED: Step((S.STOPPED,), S.UNDER_WAY),
    E.PASSED: Step((*_AT_WORK, S.RECEIVED, S.PREPARING, S.WAITING), S.PASSED),
    E.WITH_GAPS: Step((*_AT_WORK, S.RECEIVED), S.WITH_GAPS),
    E.GAPS_FILLED: Step((S.WITH_GAPS,), S.PASSED, Teller.EITHER),
    E.REFUSED: Step((*_AT_WORK, S.WITH_GAPS), S.REFUSED),
    E.WITHDRAWAL_ASKED: Step(
        (S.RECEIVED, S.CORRECTING, *_AT_WORK), S.WITHDRAWING, Teller.APPLICANT
    ),
    E.WITHDRAWN: Step((S.WITHDRAWING,), S.WITHDRAWN),
    E.RECALLED: Step((S.PASSED, S.WITH_GAPS), S.RECALLED),
    E.REVOKED: Step((S.PASSED, S.WITH_GAPS), S.REVOKED),
}


@dataclass(slots=True)
class Progress:
    """What the reports of a task add up to; the names are those of ``Task``."""

    state: Task.State = S.WAITING
    since_on: date | None = None
    started_on: date | None = None
    finished_on: date | None = None
    #: Working days for which its clock stood still.
    stopped_days: int = 0


def progress_of(reports: Iterable[Report]) -> Progress:
    """Where a task stands after these reports, which come in their order."""
    found, stopped_on = Progress(), None
    for made in reports:
        event = Report.Event(made.event)
        if stopped_on is not None:
            found.stopped_days += max(working_days_between(stopped_on, made.on) - 1, 0)
        stopped_on = made.on if event == E.STOPPED else None
        found.state, found.since_on = STEPS[event].to, made.on
        if found.state in Task.BEGUN:
            found.started_on = found.started_on or made.on
        elif found.state in Task.DONE:
            found.started_on = found.started_on or made.on
            found.finished_on = found.finished_on or made.on
        elif found.state in Task.LOST:
            found.started_on = found.finished_on = None
            found.stopped_days = 0
    return found


#: What is asked of a task that is no approval: it starts, pauses, goes on, is done.
PLAIN = (E.ACCEPTED, E.STOPPED, E.RESUMED, E.PASSED)


#: What is usually reported next, where it is possible.
USUAL = (E.RECEIVED, E.COMPLETED, E.ACCEPTED, E.RESUMED, E.PASSED)


def possible_events(task: Task) -> list[Report.Event]:
    """What can be reported of the task now, in the usual order."""
    wanted = STEPS if task.item_id else PLAIN
    return [event for event in wanted if task.state in STEPS[event].of]


def awaits_applicant(task: Task) -> bool:
    """Whether it is the project's owner who is awaited, rather than the office."""
    return task.item_id is not None and task.state in (S.WAITING, S.CORRECTING, *Task.LOST)
