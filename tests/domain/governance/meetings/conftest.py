"""Meetings that claims speak of: prepared, convened, begun; and both leads' agreement."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localtime, now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.actions import (
    add_agenda_item,
    answer_decision,
    convene_meeting,
    prepare_meeting,
)
from binglian.domain.governance.models import Decision, Lead, Meeting


def in_days(count: int) -> datetime:
    return localtime(now()).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(count)


@pytest.fixture
def prepared(alliance: Alliance, secretariat: User) -> Meeting:
    """A meeting three weeks ahead, with topics still being collected."""
    return prepare_meeting(
        alliance=alliance, starts_at=in_days(21), place="三楼会议室", by=secretariat
    )


@pytest.fixture
def convened(
    prepared: Meeting, secretariat: User, giving: Organisation, needing: Organisation
) -> Meeting:
    """The same meeting, with one point on its agenda and the invitation sent."""
    add_agenda_item(meeting=prepared, title="停车共享", by=secretariat)
    return convene_meeting(meeting=prepared, by=secretariat)


def begin(meeting: Meeting) -> Meeting:
    """The day of the meeting has come, and with it the dates before it."""
    passed = meeting.starts_at - (now() - timedelta(hours=1))
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at - passed,
        topics_due_on=meeting.topics_due_on - passed,
        agenda_due_on=meeting.agenda_due_on - passed,
        superiors_due_on=meeting.superiors_due_on - passed,
    )
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def begun(convened: Meeting) -> Meeting:
    return begin(convened)


@pytest.fixture
def both_agree(lead_a: User, lead_b: User) -> Callable[[str], Decision]:
    """Both leads say yes to the open decision about an act."""

    def agree(act: str) -> Decision:
        decision = Decision.objects.get(act=act, state="asked")
        answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
        return answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    return agree
