"""Which report is possible in which state of a task, what comes of it, and who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

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
