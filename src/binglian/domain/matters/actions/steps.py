"""What every change to a matter has in common: lock it, note the step, tell who must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.actions import record
from binglian.domain.matters.models import Assignment, Matter, MatterEvent
from binglian.domain.matters.words import SENTENCES
from binglian.domain.refusals import found_or_refused, refuse_unless

#: Until a matter is dispatched nobody leads it and its clock does not run.
NO_LEADER = _("该诉求还没有主办单位。")


def locked(matter: Matter) -> Matter:
    """The matter as it stands now, and nobody else changes it until this act is over."""
    return (
        Matter.objects.select_for_update(of=("self",)).select_related("alliance").get(pk=matter.pk)
    )


def note_step(
    matter: Matter,
    what: str,
    by: User | None,
    *,
    organisation: Organisation | None = None,
    facts: Mapping[str, Any] | None = None,
    is_public: bool = True,
    change: Mapping[str, Any] | None = None,
) -> MatterEvent:
    """One step, for the reporter to read and for the ledger to keep.

    ``facts`` fill the sentence of the step; ``change`` is what the ledger keeps. Neither ever
    holds how to reach somebody, nor the words of a report.
    """
    if what not in SENTENCES:
        raise KeyError(f"There is no sentence for the step {what!r}.")
    record(
        by,
        f"matter.{what}",
        matter,
        within=matter.alliance,
        organisation=organisation,
        change=change,
    )
    return MatterEvent.objects.create(
        matter=matter,
        what=what,
        organisation=organisation,
        facts=dict(facts or {}),
        is_public=is_public,
        at=now(),
    )


def tell(matter: Matter, users: Iterable[User], *, key: str, message: str, **facts: Any) -> None:
    """Tell people of a matter, once for each ``key``; by its number alone, never by its text."""
    notify(
        users,
        key=f"matter:{matter.pk}:{key}",
        message=message,
        facts={"number": matter.number, **facts},
        url=f"/a/{matter.alliance.slug}/matters/{matter.pk}/",
    )


def require_for(by: User | None, permission: Permission, matter: Matter) -> None:
    """The permission within the matter's alliance."""
    require_permission(by, permission, within=matter.alliance)


def require_for_seat(
    by: User | None, permission: Permission, matter: Matter, organisation: Organisation
) -> None:
    """The permission for one organisation in the matter's alliance."""
    require_permission(by, permission, within=matter.alliance.seat_of(organisation))


def leading(matter: Matter) -> Assignment:
    """The part of the organisation that leads now; refused where there is none."""
    return found_or_refused(lead_assignment(matter), NO_LEADER)


def led_by(matter: Matter, by: User) -> Organisation:
    """The organisation that leads, for which the person must be able to speak."""
    leader = leading(matter)
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, leader.organisation)
    return leader.organisation


def refuse_unless_in(matter: Matter, states: Iterable[str], message: Any) -> None:
    refuse_unless(matter.state in states, message)


def lead_assignment(matter: Matter) -> Assignment | None:
    """The part of the organisation that leads now."""
    leads = matter.assignments.filter(part=Assignment.Part.LEAD)
    return leads.exclude(state=Assignment.State.MOVED).select_related("organisation").first()
