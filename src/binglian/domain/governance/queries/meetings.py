"""Reads about meetings, their topics and what they resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import (
    alliances_visible_to,
    of_own_organisations,
    own_organisations,
)
from binglian.domain.counting import number_of
from binglian.domain.governance.agenda_sources import Unfinished
from binglian.domain.governance.meeting_dates import next_start
from binglian.domain.governance.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingRules,
    Resolution,
    Topic,
)
from binglian.domain.governance.promises import PromiseState, state_of
from binglian.domain.ledger.chain import digest_of

State = Meeting.State


def rules_of(alliance: Alliance) -> MeetingRules:
    """The alliance's rules; the usual ones, not stored, as long as it has set none."""
    return MeetingRules.objects.filter(alliance=alliance).first() or MeetingRules(alliance=alliance)


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    """Meetings of the alliances the person may see, latest first."""
    meetings = Meeting.objects.filter(alliance__in=alliances_visible_to(user))
    return meetings.select_related("alliance", "chair")


def topics_visible_to(user: User) -> QuerySet[Topic]:
    topics = Topic.objects.filter(alliance__in=alliances_visible_to(user))
    return topics.select_related("alliance", "organisation", "meeting")


def meeting_in_preparation(alliance: Alliance) -> Meeting | None:
    """The meeting topics are being collected for; there is one at most."""
    return alliance.meetings.filter(state=State.PREPARED).first()


def meeting_ahead(alliance: Alliance) -> Meeting | None:
    """The next meeting that is prepared or convened, or one whose minutes are being written."""
    open_ = alliance.meetings.filter(state__in=[State.PREPARED, State.CONVENED])
    return open_.order_by("starts_at").first()


def meetings_ahead(user: User) -> QuerySet[Meeting]:
    """The next meeting of each alliance the person may see.

    With ``has_agenda``, and ``topics_offered``: how many topics of the alliance await an answer.
    """
    open_ = Meeting.objects.filter(state__in=[State.PREPARED, State.CONVENED])
    here = open_.filter(alliance=OuterRef("alliance")).order_by("starts_at")
    offered = Topic.objects.filter(alliance=OuterRef("alliance"), state=Topic.State.OFFERED)
    rows = meetings_visible_to(user).filter(pk=Subquery(here.values("pk")[:1]))
    has_agenda = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    return rows.annotate(has_agenda=has_agenda, topics_offered=number_of(offered))


def suggested_start(alliance: Alliance) -> datetime | None:
    """When the next meeting falls by the cadence, counted from the last one or from today."""
    last = alliance.meetings.exclude(state=State.CANCELLED).first()
    after = max(today(), last.on) if last else today()
    return next_start(rules_of(alliance), after)


def can_write_minutes(meeting: Meeting) -> bool:
    return meeting.state == State.CONVENED and meeting.starts_at <= now()


# ---- what was resolved -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """A resolution, and how its promise stands; ``None`` before the minutes are confirmed."""

    resolution: Resolution
    promise: PromiseState | None

    @property
    def is_open(self) -> bool:
        return self.promise is not None and self.promise.is_open


def resolutions_of(*alliances: Alliance) -> QuerySet[Resolution]:
    """Everything resolved at meetings whose minutes are confirmed, oldest first."""
    rows = Resolution.objects.filter(meeting__alliance__in=alliances, meeting__state=State.MINUTED)
    return rows.select_related("meeting__alliance", "owner", "receiver").order_by("pk")


def resolutions_visible_to(user: User) -> QuerySet[Resolution]:
    """What was resolved in the alliances the person may see; drafts are the writers' own."""
    rows = Resolution.objects.filter(meeting__in=meetings_visible_to(user).order_by())
    return rows.filter(meeting__state=State.MINUTED).select_related("meeting__alliance")


def with_promises(alliance: Alliance, rows: Iterable[Resolution]) -> list[ResolutionRow]:
    """Each resolution with how its promise stands."""
    rows = list(rows)
    states = state_of(alliance, [row.origin for row in rows])
    return [ResolutionRow(row, states.get(row.origin)) for row in rows]


def open_resolutions(
    alliance: Alliance, organisations: QuerySet[Organisation] | None = None
) -> list[ResolutionRow]:
    """What is still to be done or judged, of these owners only when given; earliest due first."""
    rows = resolutions_of(alliance)
    if organisations is not None:
        rows = rows.filter(owner__in=organisations)
    found = [row for row in with_promises(alliance, rows) if row.is_open]
    return sorted(found, key=lambda row: (row.resolution.due_on, row.resolution.pk))


def unfinished_resolutions(alliance: Alliance) -> list[Unfinished]:
    """What was resolved and is not closed or explained, for the next agenda."""
    return [
        Unfinished(
            origin=row.resolution.origin,
            title_zh=row.resolution.text,
            title_en="",
            organisation=row.resolution.owner,
            url=row.promise.url if row.promise else "",
        )
        for row in open_resolutions(alliance)
    ]


# ---- who comes ---------------------------------------------------------------------------------


def own_attendances(user: User, meeting: Meeting) -> list[Attendance]:
    """The invitations of the organisations the person speaks for."""
    own = own_organisations(user, meeting.alliance)
    rows = meeting.attendances.filter(organisation__in=own).select_related("organisation")
    return list(rows)


def replies_awaited(user: User) -> QuerySet[Attendance]:
    """Invitations that the organisations of this person have not answered yet."""
    ours = of_own_organisations(user, "meeting__alliance", "organisation")
    if not ours:
        return Attendance.objects.none()
    rows = Attendance.objects.filter(
        meeting__alliance__in=alliances_visible_to(user),
        meeting__state=State.CONVENED,
        meeting__starts_at__gt=now(),
        reply="",
    ).select_related("meeting__alliance", "organisation")
    return rows.filter(ours).order_by("meeting__starts_at", "pk")


def minutes_digest(meeting: Meeting) -> str:
    """A digest of everything the minutes say."""
    return digest_of(
        {
            "meeting": [meeting.pk, meeting.number, meeting.starts_at, meeting.place],
            "summary": meeting.summary,
            "points": [[i.position, i.title_zh, i.conclusion] for i in meeting.items.all()],
            "present": [
                [row.organisation_id, row.present]
                for row in meeting.attendances.order_by("organisation_id")
            ],
            "resolutions": [
                [r.number, r.text, r.owner_id, r.receiver_id, r.due_on]
                for r in meeting.resolutions.all()
            ],
        }
    )
