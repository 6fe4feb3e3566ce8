"""What the clock tells: before a deadline, after it, and when a parked matter is due a look."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.matters.engine_adapter import warning_at
from binglian.domain.matters.models import (
    Contact,
    Matter,
    MatterEvent,
    Parking,
    Pause,
    Whistle,
    WhistleCall,
)

from .steps import locked, note_step, tell

State = Matter.State
_RUNNING = (State.DISPATCHED, State.OBJECTED, State.HANDLING)
_SOON = gettext_noop("诉求 %(number)s 将于 %(until)s 到期，请尽快答复。")
_LATE = gettext_noop("诉求 %(number)s 已超过办理期限（%(until)s）。")
_CONTACT_SOON = gettext_noop("诉求 %(number)s 请于 %(until)s 前联系诉求人。")
_CONTACT_LATE = gettext_noop("诉求 %(number)s 已超过首次联系期限（%(until)s）。")
_LOOK_AGAIN = gettext_noop("挂账的诉求 %(number)s 到了再研究的日子。")
_NOT_THERE = gettext_noop("诉求 %(number)s 吹哨，%(who)s尚未按时报到。")
_NO_RESULT = gettext_noop("诉求 %(number)s 吹哨，%(who)s尚未按时反馈结果。")


def remind_of_matters() -> None:
    """Warn once before each deadline and escalate once after it; safe to run at any time."""
    _watch("due_at", _SOON, _LATE, "overdue")
    _watch("contact_due_at", _CONTACT_SOON, _CONTACT_LATE, "contact_overdue")
    _look_again()
    _watch_calls()


def _watch(field: str, soon: str, late: str, what: str) -> None:
    stopped = Pause.objects.filter(matter=OuterRef("pk"), until_at=None)
    running = Matter.objects.filter(state__in=_RUNNING, lead__isnull=False).exclude(Exists(stopped))
    if field == "contact_due_at":
        reachable = Contact.objects.filter(matter=OuterRef("pk"), erased_at=None)
        running = running.filter(Exists(reachable), contacted_at=None)
    running = running.select_related("alliance", "lead")
    # What has been noted since it was due was escalated; another deadline is another matter.
    noted = MatterEvent.objects.filter(matter=OuterRef("pk"), what=what, at__gte=OuterRef(field))
    for matter in running.filter(**{f"{field}__lt": now()}).exclude(Exists(noted)):
        _escalate(matter, getattr(matter, field), late, what)
    for matter in running.filter(**{f"{field}__gte": now()}):
        due: datetime = getattr(matter, field)
        if matter.counted_from and now() >= warning_at(matter.counted_from, due):
            _tell_lead(matter, due, f"soon:{what}", soon)


@transaction.atomic
def _escalate(matter: Matter, due: datetime, message: str, what: str) -> None:
    """Late: a step that stands, and both the leader and the secretariat are told."""
    matter = locked(matter)
    note_step(matter, what, None, organisation=matter.lead)
    _tell_lead(matter, due, what, message)
    secretariat = people_with(matter.alliance, Role.SECRETARIAT)
    tell(matter, secretariat, key=_key(what, due), message=message, until=_shown(due))


def _key(what: str, due: datetime) -> str:
    """Each deadline is told of once; moved, it is another one."""
    return f"{what}:{due:%Y%m%d%H%M}"


def _shown(due: datetime) -> str:
    return f"{localtime(due):%Y-%m-%d %H:%M}"


def _tell_lead(matter: Matter, due: datetime, what: str, message: str) -> None:
    if matter.lead is not None:
        officers = liaison_officers(matter.alliance, matter.lead)
        tell(matter, officers, key=_key(what, due), message=message, until=_shown(due))


def _look_again() -> None:
    due = Parking.objects.filter(ended_at=None, look_again_on__lte=localdate())
    for row in due.select_related("matter__alliance", "matter__lead"):
        matter = row.matter
        people = people_with(matter.alliance, Role.SECRETARIAT)
        if matter.lead is not None:
            people = people | liaison_officers(matter.alliance, matter.lead)
        tell(matter, people.distinct(), key=f"look:{row.pk}", message=_LOOK_AGAIN)


def _watch_calls() -> None:
    calls = WhistleCall.objects.filter(whistle__state=Whistle.State.BLOWN)
    calls = calls.select_related(
        "whistle__matter__alliance", "whistle__organisation", "organisation"
    )
    missing = calls.filter(arrived_at=None, arrive_by__lt=now())
    unheard = calls.filter(result_at=None, result_due_at__lt=now())
    for rows, what, message in ((missing, "absent", _NOT_THERE), (unheard, "mute", _NO_RESULT)):
        for call in rows:
            matter = call.whistle.matter
            officers = liaison_officers(matter.alliance, call.organisation)
            officers = officers | liaison_officers(matter.alliance, call.whistle.organisation)
            who = call.organisation.name
            tell(matter, officers.distinct(), key=f"{what}:{call.pk}", message=message, who=who)
