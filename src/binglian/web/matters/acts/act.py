"""What an act is, and what acts look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.matters.models import (
    Assignment,
    Matter,
    Objection,
    Reply,
    Whistle,
    WhistleCall,
)
from binglian.web.matters import forms as typed
from binglian.web.matters.reader import Reader

State, Part, Sent = Matter.State, Assignment.Part, Assignment.State


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes
    ----------
    label, said
        The button; what is said when it is done.
    do, takes
        The action, and as what it takes the part.
    parts
        Everything of a matter that the act could be about, the matter itself by default.
        Read from what the page has loaded, so that a list asks the database nothing more.
    is_now
        Whether it can be done to such a part now.
    whose
        The id of the organisation for which it is done; ``None`` where it belongs to none.
    desk
        A permission with which whoever runs the alliance may do it as well.
    waits
        The heading under which the part waits for somebody; nothing waits where there is none.
    look
        ``primary``, ``danger`` or nothing in particular.
    """

    label: Any
    said: Any
    permission: Permission
    do: Callable[..., Any]
    takes: str = "matter"
    parts: Callable[[Matter], Iterable[Any]] = lambda matter: [matter]
    is_now: Callable[[Any], bool] = lambda _part: True
    whose: Callable[[Any], int | None] = lambda _part: None
    desk: Permission | None = None
    form: type[typed.MatterForm] = typed.MatterForm
    waits: Any = None
    look: str = ""

    def could_be_open_to(self, reader: Reader) -> bool:
        """Whether the reader may do it to any part at all; asks nothing."""
        if self.desk is not None and reader.may(self.desk):
            return True
        return reader.may_for_some(self.permission)

    def is_open_to(self, reader: Reader, part: Any) -> bool:
        """Whether the reader may do it to the part, now or at another time."""
        if self.desk is not None and reader.may(self.desk):
            return True
        return reader.may(self.permission, self.whose(part))


class FilersAct(Act):
    """An act of whoever filed the matter for somebody."""

    def is_open_to(self, reader: Reader, part: Any) -> bool:
        is_own = part.matter.entered_by_id == reader.user.pk
        return is_own and reader.may_for_some(self.permission)


def in_states(*states: str) -> Callable[[Any], bool]:
    return lambda matter: matter.state in states


def by_leader(matter: Matter) -> int | None:
    return matter.lead_id


def of_part(part: Any) -> int | None:
    return part.organisation_id


def assignments(matter: Matter) -> list[Assignment]:
    """The parts that stand, the leader's first."""
    standing = [one for one in matter.assignments.all() if one.state != Sent.MOVED]
    return sorted(standing, key=lambda one: one.part != Part.LEAD)


def objections(matter: Matter) -> list[Objection]:
    found = [getattr(one, "objection", None) for one in matter.assignments.all()]
    return [objection for objection in found if objection]


def last_reply(matter: Matter) -> list[Reply]:
    return list(matter.replies.all())[-1:]


def is_running(matter: Matter) -> bool:
    """Whether its clock runs; asked of matters :func:`with_parts` has loaded."""
    return not matter.is_paused


def to_revisit(reply: Reply) -> bool:
    """Whether the reporter has not been reached yet."""
    revisit = getattr(reply, "revisit", None)
    return reply.matter.state == State.REPLIED and (revisit is None or not revisit.solved)


def is_under_review(matter: Matter) -> bool:
    return any(
        reply.outcome == Reply.Outcome.UNREASONABLE and reply.is_confirmed is None
        for reply in last_reply(matter)
    )


def whistles(matter: Matter) -> list[Whistle]:
    return list(matter.whistles.all())


def calls(matter: Matter) -> list[WhistleCall]:
    return [call for whistle in whistles(matter) for call in whistle.calls.all()]


def streets(matter: Matter) -> list[Organisation]:
    """The sub-districts of the alliance, in whose name one can whistle; asks the database."""
    members = admitted_organisations(matter.alliance)
    return list(members.filter(kind=Organisation.Kind.SUBDISTRICT))
