"""Setting and moving the deadlines of a matter."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Clock, Matter, Responsibility
from binglian.domain.refusals import found_or_refused

from .steps import NO_LEADER, locked, note_step, tell

_MOVED = gettext_noop("办公日历已更新，诉求 %(number)s 的办理期限由 %(before)s 调整为 %(until)s。")

#: Where the catalogue is silent.
_CONTACT_HOURS, _PERIOD, _CLOCK = 24, 5, "working_days"


def start_clock(matter: Matter, entry: Responsibility | None) -> None:
    """Both clocks begin now: the one for the first contact and the one for the answer."""
    matter.counted_from = now()
    matter.period = entry.period if entry else _PERIOD
    matter.clock = entry.clock if entry else _CLOCK
    hours = entry.contact_hours if entry else _CONTACT_HOURS
    matter.contact_due_at = matter.counted_from + timedelta(hours=hours)
    matter.contacted_at = None
    set_due(matter)


def set_due(matter: Matter) -> bool:
    """Work the deadline out again; returns whether it moved. The caller saves."""
    since = found_or_refused(matter.counted_from, NO_LEADER)
    period = found_or_refused(matter.period, NO_LEADER)
    # While parked the clock stands still as well.
    stops = [
        *matter.pauses.filter(from_at__gte=since).values_list("from_at", "until_at"),
        *matter.parkings.filter(at__gte=since).values_list("at", "ended_at"),
    ]
    extensions = matter.extensions.filter(at__gte=since)
    found = due(
        since,
        period,
        matter.clock,
        pauses=[(begun, ended) for begun, ended in stops if ended],
        extensions=extensions.values_list("working_days", flat=True),
    )
    has_moved = found.at != matter.due_at
    matter.due_at, matter.is_due_provisional = found.at, found.is_provisional
    return has_moved


@transaction.atomic
def recount_deadlines(*, by: User | None) -> int:
    """Work every running deadline out again, after a calendar was imported; returns how many moved.

    Each that moves is a step of the matter and a row of the ledger, and its leader is told.
    """
    counted = Matter.objects.filter(counted_from__isnull=False, replied_at=None)
    moved = 0
    for matter in counted.exclude(clock=Clock.HOURS).order_by("pk"):
        moved += _recounted(locked(matter), by)
    return moved


def _recounted(matter: Matter, by: User | None) -> bool:
    before = matter.due_at
    has_moved = set_due(matter)
    matter.save(update_fields=FIELDS)
    if not has_moved or before is None or matter.due_at is None:
        return False
    facts = {"before": _day(before), "until": _day(matter.due_at)}
    note_step(matter, "due_moved", by, organisation=matter.lead, facts=facts, change=facts)
    if matter.lead is not None:
        officers = liaison_officers(matter.alliance, matter.lead)
        tell(matter, officers, key=f"moved:{facts['until']}", message=_MOVED, **facts)
    return True


def _day(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d}"


#: What ``start_clock`` and ``set_due`` change.
FIELDS = (
    "counted_from",
    "period",
    "clock",
    "contact_due_at",
    "contacted_at",
    "due_at",
    "is_due_provisional",
    "changed_at",
)
