"""Rounds, slots and what recurs."""

from decimal import Decimal

import pytest

from binglian.domain.coupling import jobs
from binglian.domain.coupling.actions import (
    accept_commitment,
    ask_run,
    publish_run,
    set_matches,
)
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.coupling.queries import quantity_left, rounds_waited
from binglian.domain.refusals import ActionRefused

TUESDAY = {"weekdays": [2], "start": "14:00", "end": "17:00"}


@pytest.fixture
def work_out(alliance, secretariat):
    def run(**facts) -> CouplingRun:
        asked = ask_run(alliance=alliance, by=secretariat, seconds=2, **facts)
        jobs.work_out_run.call(asked.pk)
        return CouplingRun.objects.get(pk=asked.pk)

    return run


def served(run):
    return sorted({m.component.need.title for m in run.matches.all()})


def test_an_urgent_round_is_for_urgent_needs_only(make_offer, make_need, work_out):
    make_offer(quantity=10)
    make_need(title="急", priority="urgent")
    make_need(title="不急")

    assert served(work_out(round="urgent")) == ["急"]
    assert served(work_out(round="monthly")) == ["不急", "急"]


def test_or_for_the_needs_chosen(make_offer, make_need, work_out):
    make_offer(quantity=10)
    make_need(title="急", priority="urgent")
    chosen = make_need(title="选定的")

    assert served(work_out(round="urgent", needs=[chosen])) == ["选定的"]


def test_only_an_urgent_round_chooses(alliance, secretariat, make_need):
    with pytest.raises(ActionRefused, match="只有应急轮次"):
        ask_run(alliance=alliance, by=secretariat, round="annual", needs=[make_need()])


@pytest.mark.parametrize(
    ("round_", "typed"), [("annual", "2026-03"), ("monthly", "2026-13"), ("urgent", "2026")]
)
def test_a_period_is_written_as_its_round_asks(alliance, secretariat, round_, typed):
    with pytest.raises(ActionRefused, match="所属期请写成"):
        ask_run(alliance=alliance, by=secretariat, round=round_, period=typed)


def test_a_room_that_renews_serves_one_need_in_each_slot(make_offer, make_need, work_out):
    make_offer(quantity=1, renews=True, windows=[TUESDAY, TUESDAY | {"weekdays": [4]}])
    make_need(title="甲")
    make_need(title="乙")

    run = work_out()

    assert served(run) == ["乙", "甲"]
    assert sorted(m.slot for m in run.matches.all()) == ["2 12:00-18:00", "4 12:00-18:00"]


def test_a_need_of_three_times_gets_three_slots(make_offer, make_need, work_out):
    make_offer(quantity=1, renews=True)
    make_need(times=3, is_consecutive=True)

    run = work_out()

    assert len({m.slot for m in run.matches.all()}) == 3
    assert run.met_count == 1


def test_what_does_not_recur_has_no_slot(make_offer, make_need, work_out):
    make_offer(quantity=1, renews=True, kind="equipment")
    make_offer(quantity=5)
    make_need()

    assert [m.slot for m in work_out().matches.all()] == [""]


def test_a_promise_in_one_slot_leaves_the_others_free(propose, giver):
    commitment = propose(of=1, quantity=1)
    offer = commitment.offer
    offer.renews = True
    offer.save()
    Commitment.objects.update(slot="2 12:00-18:00")
    accept_commitment(commitment=commitment, by=giver)

    assert [quantity_left(offer, slot) for slot in ("2 12:00-18:00", "3 12:00-18:00", "")] == [
        0,
        1,
        0,
    ]


def test_the_slot_of_a_match_is_that_of_the_promise(make_offer, make_need, work_out):
    make_offer(quantity=1, renews=True, windows=[TUESDAY])
    make_need()
    run = work_out()

    publish_run(run_id=run.pk)

    assert Commitment.objects.get().slot == "2 12:00-18:00"


def test_by_hand_the_judge_looks_at_the_slot(make_offer, make_need, work_out, secretariat):
    offer = make_offer(quantity=1, renews=True, windows=[TUESDAY])
    need = make_need()
    run = work_out()
    end = offer, need.components.get()

    with pytest.raises(ActionRefused, match="R-001 在所排时段（周三下午）不可用"):
        set_matches(
            run=run,
            wanted={
                (*end, "2 12:00-18:00"): Decimal(0),
                (*end, "3 12:00-18:00"): Decimal(1),
            },
            by=secretariat,
        )


def test_who_went_without_in_a_published_run_counts_for_more_in_the_next(
    make_offer, make_need, work_out
):
    make_offer(quantity=1, lot=1)
    first = make_need(quantity=2, title="等着的")
    publish_run(run_id=work_out().pk)

    assert dict(rounds_waited([first])) == {first.pk: 1}


def test_after_a_run_it_is_known_what_would_help_most(make_offer, make_need, work_out):
    make_offer(quantity=1)
    make_need(quantity=4, title="大会")

    run = work_out()

    assert len(run.wishes) == 1
    assert "大会" in run.wishes[0]["zh"]
    assert run.multiplier["together"] == 0
    assert work_out(round="urgent").multiplier is None
