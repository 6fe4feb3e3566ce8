"""What is not confirmed is the secretariat's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.governance.actions import (
    add_agenda_item,
    convene_meeting,
    prepare_meeting,
    resolve,
)
from binglian.domain.governance.models import Meeting
from binglian.domain.ledger.queries import records_of


@pytest.fixture
def begun(
    alliance: Alliance, secretariat: User, giving: Organisation, needing: Organisation
) -> Meeting:
    """A meeting that has begun, with a resolution in its draft minutes."""
    starts_at = now() + timedelta(days=21)
    meeting = prepare_meeting(alliance=alliance, starts_at=starts_at, place="厅", by=secretariat)
    add_agenda_item(meeting=meeting, title="停车共享", by=secretariat)
    convene_meeting(meeting=meeting, by=secretariat)
    Meeting.objects.update(
        starts_at=now() - timedelta(hours=1),
        topics_due_on=today(),
        agenda_due_on=today(),
        superiors_due_on=today(),
    )
    meeting.refresh_from_db()
    resolve(
        meeting=meeting,
        text="开放夜间车位",
        owner=giving,
        receiver=needing,
        due_on=today() + timedelta(days=30),
        by=secretariat,
    )
    return meeting


def test_draft_resolutions_are_read_by_who_writes_them_only(
    begun: Meeting, giver: User, secretariat: User, client_of: Callable[[User], Client]
) -> None:
    pages = {
        who.username: client_of(who).get(begun.path).content.decode()
        for who in (giver, secretariat)
    }

    assert {who: "开放夜间车位" in page for who, page in pages.items()} == {
        "giver": False,
        "secretariat": True,
    }


def test_the_record_of_a_resolution_is_open_to_members_once_confirmed(
    begun: Meeting, giver: User, secretariat: User, client_of: Callable[[User], Client]
) -> None:
    entry = records_of(begun.resolutions.get()).get()
    row = f"/a/historic/ledger/{entry.number}/"
    client = client_of(giver)

    before = client.get(row).status_code
    Meeting.objects.update(state=Meeting.State.MINUTED, minuted_at=now(), minuted_by=secretariat)
    after = client.get(row)

    assert (before, after.status_code, after.context["link"]) == (403, 200, begun.path)
