"""The rotating chair: everybody in turn, exchanged by agreement, handed over point by point."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import (
    answer_swap,
    ask_swap,
    confirm_handover,
    draw_up_rota,
    open_handover,
    prepare_meeting,
    skip_turn,
    tick_handover,
)
from binglian.domain.governance.meeting_dates import next_start
from binglian.domain.governance.models import DutySwap, DutyTurn, MeetingRules
from binglian.domain.refusals import ActionRefused


def months_ahead(count: int) -> date:
    month = today().year * 12 + today().month - 1 + count
    return date(month // 12, month % 12 + 1, 1)


@pytest.fixture
def rota(alliance, giving, needing, secretariat):
    """From next month on: the giving, the needing member, and the first lead, a month each."""
    return draw_up_rota(
        alliance=alliance,
        organisations=[giving, needing, alliance.lead_a],
        starts_on=months_ahead(1),
        months=1,
        by=secretariat,
    )


def order(alliance):
    return [turn.organisation for turn in alliance.duty_turns.all()]


def test_turns_follow_each_other_without_a_gap(rota):
    assert [turn.from_on for turn in rota] == [months_ahead(n) for n in (1, 2, 3)]
    assert [(b.from_on - a.until_on).days for a, b in pairwise(rota)] == [1, 1]


def test_drawing_up_again_replaces_what_has_not_begun(rota, alliance, needing, secretariat):
    draw_up_rota(
        alliance=alliance,
        organisations=[needing],
        starts_on=months_ahead(2),
        months=3,
        by=secretariat,
    )

    assert [(t.organisation, t.from_on) for t in alliance.duty_turns.all()] == [
        (rota[0].organisation, months_ahead(1)),
        (needing, months_ahead(2)),
    ]


def test_a_stranger_has_no_turn(alliance, secretariat, giving):
    giving.memberships.all().delete()

    with pytest.raises(ActionRefused, match="不是成员单位"):
        draw_up_rota(
            alliance=alliance, organisations=[giving], starts_on=today(), months=1, by=secretariat
        )


def test_skipping_moves_the_others_up_and_the_skipped_to_the_end(
    rota, alliance, giving, needing, secretariat
):
    skip_turn(turn=rota[0], why="搬迁中", by=secretariat)

    assert order(alliance) == [needing, alliance.lead_a, giving]


def test_turns_are_exchanged_once_the_other_agrees(
    rota, alliance, giving, needing, giver, receiver
):
    swap = ask_swap(turn=rota[0], other=rota[1], why="当月有大型活动", by=giver)
    assert order(alliance) == [giving, needing, alliance.lead_a]

    answer_swap(swap=swap, is_yes=True, by=receiver)

    assert order(alliance) == [needing, giving, alliance.lead_a]


def test_a_refused_exchange_changes_nothing(rota, alliance, giving, needing, giver, receiver):
    swap = ask_swap(turn=rota[0], other=rota[1], why="忙", by=giver)

    answer_swap(swap=swap, is_yes=False, by=receiver)

    assert (DutySwap.objects.get().state, order(alliance)[:2]) == ("refused", [giving, needing])


def test_nobody_gives_a_neighbours_turn_away(rota, giver, receiver):
    with pytest.raises(PermissionDenied):
        ask_swap(turn=rota[1], other=rota[0], why="忙", by=giver)
    swap = ask_swap(turn=rota[0], other=rota[1], why="忙", by=giver)
    with pytest.raises(PermissionDenied):
        answer_swap(swap=swap, is_yes=True, by=giver)


def test_a_turn_that_has_begun_is_not_exchanged(alliance, giving, needing, giver, secretariat):
    first, second = draw_up_rota(
        alliance=alliance,
        organisations=[giving, needing],
        starts_on=today(),
        months=1,
        by=secretariat,
    )

    with pytest.raises(ActionRefused, match="已开始的轮值不能对调"):
        ask_swap(turn=first, other=second, why="忙", by=giver)


def test_the_one_on_duty_organises_the_meeting_even_after_an_exchange(
    rota, alliance, giving, needing, giver, receiver, secretariat
):
    start = next_start(MeetingRules(months=[rota[0].from_on.month]), today())
    meeting = prepare_meeting(alliance=alliance, starts_at=start, by=secretariat)
    assert meeting.chair == giving

    swap = ask_swap(turn=rota[0], other=rota[1], why="忙", by=giver)
    answer_swap(swap=swap, is_yes=True, by=receiver)

    meeting.refresh_from_db()
    assert meeting.chair == needing


def test_a_handover_is_ticked_by_who_leaves_and_confirmed_by_who_comes(rota, giver, receiver):
    point, *others = open_handover(turn=rota[0], by=giver)
    assert len(others) == 3
    with pytest.raises(ActionRefused, match="还没有移交"):
        confirm_handover(point=point, by=receiver)
    with pytest.raises(PermissionDenied):
        tick_handover(point=point, by=receiver)

    tick_handover(point=point, note="见共享文件夹", by=giver)
    with pytest.raises(PermissionDenied):
        confirm_handover(point=point, by=giver)
    done = confirm_handover(point=point, by=receiver)

    assert (done.ticked_by, done.confirmed_by, done.note) == (giver, receiver, "见共享文件夹")


def test_the_last_turn_has_nobody_to_hand_over_to(alliance, giving, giver, secretariat):
    (only,) = draw_up_rota(
        alliance=alliance, organisations=[giving], starts_on=today(), months=1, by=secretariat
    )

    with pytest.raises(ActionRefused, match="后面还没有轮值单位"):
        open_handover(turn=only, by=giver)
    assert DutyTurn.objects.count() == 1
