"""First contact, pauses, extensions, warnings and what is late."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime, now

from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.governance.agenda_sources import agenda_sources
from binglian.domain.matters.actions import (
    extend,
    move_back,
    note_contact,
    park,
    pause,
    remind_of_matters,
    resume,
    unpark,
)
from binglian.domain.matters.models import Pause
from binglian.domain.matters.queries import overdue_matters
from binglian.domain.matters.words import sentence_of
from binglian.domain.refusals import ActionRefused


def due_day(matter):
    matter.refresh_from_db()
    return localtime(matter.due_at).date()


def backdate(matter, **ago):
    """As if it had been dispatched earlier; its deadlines with it."""
    matter.refresh_from_db()
    span = timedelta(**ago)
    matter.counted_from -= span
    matter.contact_due_at -= span
    matter.due_at -= span
    matter.save()


def test_the_first_contact_is_noted_once_by_the_leader(handled, giver, receiver):
    with pytest.raises(PermissionDenied):
        note_contact(matter=handled, by=receiver)

    assert note_contact(matter=handled, by=giver).contacted_at is not None
    with pytest.raises(ActionRefused, match="已登记"):
        note_contact(matter=handled, by=giver)


def test_a_pause_moves_the_deadline_by_the_days_it_lasted(handled, giver):
    row = pause(matter=handled, reason="等诉求人回家", by=giver)
    # As if it had begun five working days ago, on the day of the dispatch.
    handled.refresh_from_db()
    handled.counted_from -= timedelta(days=14)
    handled.save()
    Pause.objects.filter(pk=row.pk).update(from_at=handled.counted_from + timedelta(hours=1))

    resume(matter=handled, by=giver)

    # Nothing was counted: the first working day after today's beginning is the first counted.
    yesterday = localtime().date() - timedelta(days=1)
    assert due_day(handled) == add_working_days(yesterday, 5)


def test_the_reporter_reads_why_the_clock_stands_still(handled, giver):
    with pytest.raises(ActionRefused, match="诉求人会看到"):
        pause(matter=handled, reason="", by=giver)
    pause(matter=handled, reason="等诉求人回家", by=giver)

    step = handled.events.last()

    assert (sentence_of(step), step.is_public) == ("暂停计时：等诉求人回家", True)
    with pytest.raises(ActionRefused, match="计时已暂停"):
        pause(matter=handled, reason="还在等", by=giver)


def test_an_extension_adds_working_days_for_a_reason_the_reporter_reads(handled, giver):
    before = due_day(handled)
    with pytest.raises(ActionRefused, match="诉求人会看到"):
        extend(matter=handled, reason="", working_days=3, by=giver)

    extend(matter=handled, reason="需要开挖路面", working_days=3, by=giver)

    assert due_day(handled) == add_working_days(before, 3)
    assert sentence_of(handled.events.last()).endswith("：需要开挖路面")


def test_the_leader_extends_once_and_more_is_for_the_secretariat(handled, giver, secretariat):
    extend(matter=handled, reason="开挖", working_days=1, by=giver)
    with pytest.raises(ActionRefused, match="由秘书处办理"):
        extend(matter=handled, reason="又一次", working_days=1, by=giver)

    extend(matter=handled, reason="管线图待查", working_days=1, by=secretariat)

    assert handled.extensions.count() == 2


@pytest.mark.parametrize("days", [0, 31])
def test_an_extension_has_its_measure(handled, giver, days):
    with pytest.raises(ActionRefused, match="1 至 30 个工作日"):
        extend(matter=handled, reason="开挖", working_days=days, by=giver)


def test_time_that_is_over_is_not_extended(handled, giver):
    backdate(handled, days=30)

    with pytest.raises(ActionRefused, match="已超过办理期限"):
        extend(matter=handled, reason="开挖", working_days=1, by=giver)


def test_before_the_deadline_the_leader_is_warned_once(handled, giver):
    handled.refresh_from_db()
    handled.counted_from = now() - timedelta(days=8)
    handled.due_at = now() + timedelta(days=1)
    handled.save()

    remind_of_matters()
    remind_of_matters()

    told = [n.text_zh for n in giver.notifications.all() if "将于" in n.text_zh]
    assert len(told) == 1
    assert not handled.events.filter(what="overdue").exists()


def test_after_the_deadline_it_is_escalated_once(handled, giver, secretariat, alliance):
    backdate(handled, days=30)

    remind_of_matters()
    remind_of_matters()

    assert handled.events.filter(what="overdue").count() == 1
    for user in (giver, secretariat):
        late = [n for n in user.notifications.all() if "已超过办理期限" in n.text_zh]
        assert len(late) == 1
    assert list(overdue_matters(alliance)) == [handled]


def test_what_stands_still_is_not_late(handled, giver, alliance):
    pause(matter=handled, reason="等诉求人回家", by=giver)
    backdate(handled, days=30)

    remind_of_matters()

    assert not handled.events.filter(what="overdue").exists()
    assert list(overdue_matters(alliance)) == []


def test_a_parked_matter_is_explained_looked_at_again_and_never_lost(handled, giver, secretariat):
    today = localtime().date()
    with pytest.raises(ActionRefused, match="今天之后"):
        park(matter=handled, reason="管线改造未列入今年计划", look_again_on=today, by=giver)
    row = park(
        matter=handled,
        reason="管线改造未列入今年计划",
        look_again_on=today + timedelta(days=90),
        by=giver,
    )
    row.look_again_on = today
    row.save()

    remind_of_matters()
    remind_of_matters()

    for user in (giver, secretariat):
        assert len([n for n in user.notifications.all() if "再研究" in n.text_zh]) == 1
    park(
        matter=handled, reason="仍未列入", look_again_on=today + timedelta(days=90), by=secretariat
    )
    assert handled.parkings.filter(ended_at=None).get().reason == "仍未列入"
    assert handled.parkings.count() == 2

    unpark(matter=handled, by=secretariat)

    handled.refresh_from_db()
    assert handled.state == "handling"


def test_parked_matters_come_before_the_joint_meeting(handled, giver, alliance):
    park(
        matter=handled,
        reason="未列入今年计划",
        look_again_on=localtime().date() + timedelta(days=90),
        by=giver,
    )
    (source,) = [one for one in agenda_sources() if one.code == "matters.parked"]

    (item,) = source.items(alliance)

    assert item.title_zh == f"挂账诉求 {handled.number}（排水）：未列入今年计划"
    assert item.organisation == handled.lead


def test_what_was_handled_before_is_entered_with_its_own_days(
    handled, answer, administrator, giver
):
    answer(handled)
    handled.refresh_from_db()
    spans = handled.replied_at - handled.dispatched_at, handled.replied_at
    with pytest.raises(PermissionDenied):
        move_back(matter=handled, days=30, by=giver)

    move_back(matter=handled, days=30, by=administrator)

    handled.refresh_from_db()
    assert handled.replied_at - handled.dispatched_at == spans[0]
    assert handled.replied_at == spans[1] - timedelta(days=30)
    assert handled.replies.get().at < spans[1] - timedelta(days=29)
