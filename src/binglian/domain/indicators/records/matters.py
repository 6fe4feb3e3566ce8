"""Residents' matters as the record stood at an instant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Extension, Matter, MatterEvent, Parking, Pause, Reply
from binglian.domain.together import Reader

_AWAY = (Matter.State.DIVERTED, Matter.State.REJECTED)
_TURNS = ("joined", "published", "hidden", "reopened")
#: What is read of each: a city has hundreds of thousands.
_READ = (
    "alliance", "number", "lead", "courtyard", "reported_at", "state", "closed_at", "visibility",
    "dispatched_at", "counted_from", "due_at", "period", "clock",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """One matter: since when, whose, by when, and whether it had been answered."""

    pk: int
    number: str
    lead_id: int | None
    courtyard: str
    reported_at: datetime
    #: Sent elsewhere by law, not accepted, or about the same thing as another one.
    is_turned_away: bool
    #: Everybody may read it.
    is_public: bool
    #: The first answer that counts, and when the answer was due.
    answered_at: datetime | None
    due_at: datetime | None


def matters_at(alliance: Alliance, as_of: datetime) -> Reader[list[Topic]]:
    """Every matter reported by the instant, oldest first. One statement, however many there are."""
    rows = alliance.matters.filter(reported_at__lte=as_of).order_by("reported_at", "pk")
    own = {"matter__alliance": alliance, "matter__reported_at__lte": as_of}
    matters, pauses, parkings, extensions, replies, events = yield (
        rows.only(*_READ),
        Pause.objects.filter(**own).order_by("pk"),
        Parking.objects.filter(**own).order_by("pk"),
        Extension.objects.filter(**own).order_by("pk"),
        Reply.objects.filter(**own).order_by("pk").defer("public_text", "private_text"),
        MatterEvent.objects.filter(**own, what__in=_TURNS).order_by("pk").defer("facts"),
    )
    course: dict[int, _Course] = defaultdict(_Course)
    for one in pauses:
        course[one.matter_id].stops.append((one.from_at, one.until_at))
    for one in parkings:
        course[one.matter_id].stops.append((one.at, one.ended_at))
    for one in extensions:
        course[one.matter_id].extensions.append((one.at, one.working_days))
    for one in replies:
        course[one.matter_id].replies.append(one)
    for one in events:
        course[one.matter_id].events.append(one)
    return [_as_it_stood(row, course.get(row.pk, _Course()), as_of) for row in matters]


@dataclass(slots=True)
class _Course:
    """What moved one matter's clock, what was answered, and how it was turned."""

    stops: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    extensions: list[tuple[datetime, int]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    events: list[MatterEvent] = field(default_factory=list)


def _as_it_stood(row: Matter, course: _Course, as_of: datetime) -> Topic:
    answers = [at for reply in course.replies if (at := _counts_from(reply)) and at <= as_of]
    return Topic(
        pk=row.pk,
        number=row.number,
        lead_id=row.lead_id,
        courtyard=row.courtyard,
        reported_at=row.reported_at,
        is_turned_away=_is_turned_away(row, course.events, as_of),
        is_public=_is_public(row, course.events, as_of),
        answered_at=min(answers, default=None),
        due_at=_due_at(row, course, as_of),
    )


def _counts_from(reply: Reply) -> datetime | None:
    """«Unreasonable» counts once a second person has agreed."""
    if reply.outcome == Reply.Outcome.UNREASONABLE:
        return reply.reviewed_at if reply.is_confirmed else None
    return reply.at


def _is_turned_away(row: Matter, events: list[MatterEvent], as_of: datetime) -> bool:
    if row.state in _AWAY:
        return row.closed_at is not None and row.closed_at <= as_of
    return any(event.what == "joined" and event.at <= as_of for event in events)


def _is_public(row: Matter, events: list[MatterEvent], as_of: datetime) -> bool:
    """By the last time it was let out or held back until then."""
    turns = [event for event in events if event.what in ("published", "hidden")]
    known = [event for event in turns if event.at <= as_of]
    if known:
        return known[-1].what == "published"
    return not turns and row.visibility == Matter.Visibility.PUBLIC


def _due_at(row: Matter, course: _Course, as_of: datetime) -> datetime | None:
    """The deadline as it stood: worked out again where something has moved it since."""
    if row.dispatched_at is None or row.dispatched_at > as_of or row.counted_from is None:
        return None
    reopened = [event.at for event in course.events if event.what == "reopened"]
    pauses, extensions = course.stops, course.extensions
    moved = [end for _start, end in pauses if end] + [at for at, _days in extensions] + reopened
    if not any(at > as_of for at in moved):
        return row.due_at
    since = max((at for at in reopened if at <= as_of), default=row.dispatched_at)
    if not any(at > as_of for at in reopened):
        since = row.counted_from
    return due(
        since,
        row.period or 0,
        row.clock,
        pauses=[(start, end) for start, end in pauses if end and since <= start and end <= as_of],
        extensions=[days for at, days in extensions if since <= at <= as_of],
    ).at
