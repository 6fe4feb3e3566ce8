"""Setting and moving the deadlines of a matter."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import now

from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Matter, Responsibility

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
    assert matter.counted_from  # noqa: S101 - the clock has been started
    assert matter.period  # noqa: S101
    since = matter.counted_from
    # While parked the clock stands still as well.
    stops = [
        *matter.pauses.filter(from_at__gte=since).values_list("from_at", "until_at"),
        *matter.parkings.filter(at__gte=since).values_list("at", "ended_at"),
    ]
    extensions = matter.extensions.filter(at__gte=since)
    found = due(
        since,
        matter.period,
        matter.clock,
        pauses=[(begun, ended) for begun, ended in stops if ended],
        extensions=extensions.values_list("working_days", flat=True),
    )
    has_moved = found.at != matter.due_at
    matter.due_at, matter.is_due_provisional = found.at, found.is_provisional
    return has_moved


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
