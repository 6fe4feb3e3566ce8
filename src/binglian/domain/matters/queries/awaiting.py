"""What waits for somebody, and what is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, seats_of
from binglian.domain.matters.models import (
    Assignment,
    Matter,
    Objection,
    Pause,
    Reply,
    WhistleCall,
)

from .visibility import WITH_NAMES

State = Matter.State
#: The first to be due come first; what has no deadline comes last.
BY_DUE = (F("due_at").asc(nulls_last=True), "id")


def awaited_matters(user: User, seats: Iterable[Appointment] | None = None) -> QuerySet[Matter]:
    """Matters in which the next step is this person's, or their organisation's.

    ``seats`` are the person's present ones, where the caller knows them.
    """
    if seats is None:
        seats = seats_of(user)
    keys = Matter.objects.none().values("pk")
    for seat in seats:
        parts = _awaited_by(seat, user)
        keys = keys.union(*(part.order_by().values("pk") for part in parts))
    matters = Matter.objects.filter(pk__in=keys)
    return matters.select_related(*WITH_NAMES).order_by(*BY_DUE)


def _awaited_by(seat: Appointment, user: User) -> Iterator[QuerySet[Matter]]:
    """What waits for one seat, by kind: each is found by an index, all at once by none."""
    granted = Role(seat.role).permissions
    here = Matter.objects.filter(alliance=seat.alliance_id)
    if Permission.DISPATCH_MATTERS in granted:
        yield here.filter(state=State.RECEIVED)
    if Permission.REVIEW_OBJECTIONS in granted:
        yield here.filter(pk__in=_objected())
        yield here.filter(pk__in=_to_review())
    if Permission.REVISIT in granted:
        yield here.filter(state=State.REPLIED)
    if Permission.HANDLE_MATTERS in granted:
        yield here.filter(pk__in=_to_handle(seat.organisation_id))
        yield here.filter(pk__in=_called(seat.organisation_id))
    if Permission.FILE_FOR_RESIDENT in granted:
        yield here.filter(state=State.REPLIED, entered_by=user)
    if Permission.WHISTLE in granted:
        yield here.filter(pk__in=_to_judge(seat.organisation_id))
    if Permission.SIGN_WHISTLE in granted:
        yield here.filter(whistles__state="drafted", whistles__organisation=seat.organisation_id)


def overdue_matters(alliance: Alliance) -> QuerySet[Matter]:
    """Matters not answered in time, the longest overdue first; a stopped clock is not late."""
    stopped = Pause.objects.filter(matter=OuterRef("pk"), until_at=None)
    running = [State.DISPATCHED, State.OBJECTED, State.HANDLING]
    late = alliance.matters.filter(state__in=running, due_at__lt=now())
    return late.exclude(Exists(stopped)).select_related(*WITH_NAMES).order_by("due_at")


def _objected() -> QuerySet[Objection, int]:
    waiting = Objection.objects.filter(verdict=Objection.Verdict.WAITING)
    return waiting.values_list("assignment__matter", flat=True)


def _to_review() -> QuerySet[Reply, int]:
    unreviewed = Reply.objects.filter(outcome=Reply.Outcome.UNREASONABLE, is_confirmed=None)
    return unreviewed.values_list("matter", flat=True)


def _to_handle(organisation_id: int | None) -> QuerySet[Assignment, int]:
    """Parts to accept, matters to answer, and help not yet reported."""
    own = Assignment.objects.filter(organisation=organisation_id, state__in=["sent", "accepted"])
    to_answer = Q(state="accepted", part="lead", matter__state=State.HANDLING)
    to_answer &= ~Q(matter__need__state="open")
    to_report = Q(state="accepted", part="help", reported_at=None, matter__state=State.HANDLING)
    return own.filter(Q(state="sent") | to_answer | to_report).values_list("matter", flat=True)


def _called(organisation_id: int | None) -> QuerySet[WhistleCall, int]:
    calls = WhistleCall.objects.filter(organisation=organisation_id, whistle__state="blown")
    unfinished = calls.filter(Q(arrived_at=None) | Q(result_at=None))
    return unfinished.values_list("whistle__matter", flat=True)


def _to_judge(organisation_id: int | None) -> QuerySet[WhistleCall, int]:
    calls = WhistleCall.objects.filter(whistle__organisation=organisation_id, verdict="")
    is_due = Q(result_at__isnull=False) | Q(result_due_at__lt=now())
    return calls.filter(is_due, whistle__state="blown").values_list("whistle__matter", flat=True)
