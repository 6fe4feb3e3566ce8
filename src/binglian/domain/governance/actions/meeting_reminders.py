"""What the clock does for meetings and evaluations; safe to run as often as wished."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.governance.models import Evaluation, Meeting, MeetingRules
from binglian.domain.governance.queries import suggested_start

from .meetings import prepare_meeting

#: Members are asked for topics this many days before topics are due.
AHEAD = timedelta(days=14)
_TOLD = {
    "topics": gettext_noop("第 %(number)s 次联席会议的议题征集 %(day)s 截止。"),
    "agenda": gettext_noop("第 %(number)s 次联席会议的议程应于 %(day)s 前发出。"),
    "superiors": gettext_noop("第 %(number)s 次联席会议应于 %(day)s 前报告上级。"),
    "minutes": gettext_noop("第 %(number)s 次联席会议的纪要还没有提请确认。"),
    "evaluation": gettext_noop("“%(title)s”请贵单位在 %(day)s 前答复。"),
}


def remind_of_meetings() -> int:
    """Prepare meetings that are due by the cadence, and tell whoever is awaited."""
    for rules in MeetingRules.objects.select_related("alliance"):
        _prepare_when_due(rules)
    open_ = Meeting.objects.filter(state__in=[Meeting.State.PREPARED, Meeting.State.CONVENED])
    told = sum(_remind(meeting) for meeting in open_.select_related("alliance"))
    return told + sum(
        _remind_to_answer(one)
        for one in Evaluation.objects.filter(
            state=Evaluation.State.OPEN, answers_due_on__lte=today() + timedelta(days=3)
        ).select_related("alliance")
    )


@transaction.atomic
def _prepare_when_due(rules: MeetingRules) -> None:
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=rules.alliance_id)
    waiting = alliance.meetings.filter(state__in=[Meeting.State.PREPARED, Meeting.State.CONVENED])
    start = suggested_start(alliance)
    if waiting.exists() or start is None:
        return
    if start.date() - timedelta(days=rules.topics_days) - AHEAD <= today():
        prepare_meeting(alliance=alliance, starts_at=start, by=None)


def _remind(meeting: Meeting) -> int:
    told, tomorrow = 0, today() + timedelta(days=1)
    is_prepared = meeting.state == Meeting.State.PREPARED
    if is_prepared and meeting.topics_due_on - timedelta(days=2) <= today() < meeting.topics_due_on:
        told += _tell(meeting, "topics", meeting.topics_due_on, Role.LIAISON)
    if is_prepared and meeting.agenda_due_on <= tomorrow:
        told += _tell(meeting, "agenda", meeting.agenda_due_on, Role.SECRETARIAT)
    if meeting.superiors_told_on is None and meeting.superiors_due_on <= tomorrow <= meeting.on:
        told += _tell(meeting, "superiors", meeting.superiors_due_on, Role.SECRETARIAT)
    if not is_prepared and meeting.on < today() and meeting.minuted_by_id is None:
        told += _tell(meeting, "minutes", meeting.on, Role.SECRETARIAT)
    return told


def _tell(meeting: Meeting, what: str, day: object, role: Role) -> int:
    return notify(
        people_with(meeting.alliance, role),
        key=f"meeting:{meeting.pk}:due:{what}:{day}",
        message=_TOLD[what],
        facts={"number": meeting.number, "day": day},
        url=meeting.path,
    )


def _remind_to_answer(evaluation: Evaluation) -> int:
    waiting = evaluation.sheets.filter(answered_at=None).select_related("organisation")
    return sum(
        notify(
            liaison_officers(evaluation.alliance, sheet.organisation),
            key=f"evaluation:{evaluation.pk}:due:{evaluation.answers_due_on}",
            message=_TOLD["evaluation"],
            facts={"title": evaluation.title, "day": evaluation.answers_due_on},
            url=f"/a/{evaluation.alliance.slug}/evaluations/{evaluation.pk}/",
        )
        for sheet in waiting
    )
