"""Who handled a matter together, as the record stood at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Assignment, Matter, WhistleCall
from binglian.domain.together import Reader


@dataclass(frozen=True, slots=True)
class HandledTogether:
    """Two organisations at one matter: its leader and a helper, or a whistle and who came."""

    matter_id: int
    number: str
    ends: tuple[int, int]
    on: date
    is_public: bool


def joint_matters_at(alliance: Alliance, as_of: datetime) -> Reader[list[HandledTogether]]:
    """Helpers that accepted and organisations that came when called, earliest first."""
    parts, calls = yield (
        Assignment.objects.filter(matter__alliance=alliance, accepted_at__lte=as_of)
        .select_related("matter")
        .order_by("pk"),
        WhistleCall.objects.filter(whistle__matter__alliance=alliance, arrived_at__lte=as_of)
        .select_related("whistle__matter")
        .order_by("pk"),
    )
    found = [*_helped(parts), *_came(calls)]
    return sorted(found, key=lambda one: (one.on, one.matter_id, one.ends))


def _helped(rows: list[Assignment]) -> Iterator[HandledTogether]:
    leaders = {row.matter_id: row.organisation_id for row in rows if row.part == "lead"}
    for row in rows:
        leader = leaders.get(row.matter_id)
        if row.part == Assignment.Part.HELP and leader not in (None, row.organisation_id):
            yield _together(row.matter, leader, row.organisation_id, row.accepted_at)


def _came(calls: list[WhistleCall]) -> Iterator[HandledTogether]:
    for call in calls:
        yield _together(
            call.whistle.matter,
            call.whistle.organisation_id,
            call.organisation_id,
            call.arrived_at,
        )


def _together(matter: Matter, one: int | None, other: int, at: datetime | None) -> HandledTogether:
    if one is None or at is None:
        raise TypeError("Whoever handles a matter together is known, and since when.")
    return HandledTogether(
        matter_id=matter.pk,
        number=matter.number,
        ends=(one, other),
        on=localdate(at),
        is_public=matter.visibility == Matter.Visibility.PUBLIC,
    )
