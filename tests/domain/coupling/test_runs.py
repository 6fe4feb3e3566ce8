"""A run proposes, people correct and decide, publication asks the givers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.alliance.models import today
from binglian.domain.coupling import jobs
from binglian.domain.coupling.actions import (
    ask_publication,
    ask_run,
    begin_run,
    cancel_run,
    note_progress,
    revive_stuck_runs,
    save_offer,
    set_match,
)
from binglian.domain.coupling.engine_adapter import Snapshot, candidates_for
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.coupling.queries import compare_with_previous
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Lead
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def work_out(alliance, secretariat):
    """Ask for a run and work it out as the worker would."""

    def run() -> CouplingRun:
        asked = ask_run(alliance=alliance, by=secretariat, seconds=5)
        jobs.work_out_run.call(asked.pk)
        return CouplingRun.objects.get(pk=asked.pk)

    return run


@pytest.fixture
def scarce(make_offer, make_need):
    """Three rooms for two needs of three: the urgent one is served."""
    return (
        make_offer(quantity=3),
        make_need(quantity=3, priority="urgent"),
        make_need(quantity=3),
    )


def matches(run):
    return [(m.offer.number, m.component.need.number, m.quantity) for m in run.matches.all()]


def publish(run, secretariat, lead_a, lead_b):
    decision = ask_publication(run=run, by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    run.refresh_from_db()
    return run


def test_scarce_rooms_go_to_the_urgent_need_with_proof(scarce, work_out):
    run = work_out()

    assert (run.state, run.status, run.objective, run.gap) == ("proposed", "optimal", 9.0, 0.0)
    assert matches(run) == [("R-001", "N-001", 3)]
    assert run.met_count == 1


def test_each_match_and_each_unmet_need_has_a_reason_in_both_languages(scarce, work_out):
    run = work_out()
    match, unmet = run.matches.get(), run.unmet.get()

    assert unmet.need.number == "N-002"
    texts = [match.reason_zh, match.reason_en, unmet.reason_zh, unmet.reason_en, unmet.missing_zh]
    assert [text for text in texts if not text] == []


def test_a_withdrawn_row_and_an_organisation_not_yet_admitted_take_no_part(
    make_offer, make_need, work_out, alliance, giving
):
    make_offer()
    make_need(state="withdrawn")
    make_need()
    alliance.memberships.filter(organisation=giving).update(state="applied", from_on=None)

    run = work_out()

    assert (run.offer_count, run.need_count, matches(run)) == (0, 1, [])


def test_what_was_promised_before_keeps_its_place(propose, giver, make_need, work_out):
    promised = propose(of=5, quantity=4)
    make_need(quantity=3)

    run = work_out()

    assert matches(run) == []
    assert promised.component.need.number not in [u.need.number for u in run.unmet.all()]


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "outsider", "auditor"])
def test_only_the_secretariat_runs_a_coupling(alliance, persona, request):
    with pytest.raises(PermissionDenied):
        ask_run(alliance=alliance, by=request.getfixturevalue(persona))


def test_one_run_at_a_time(alliance, secretariat):
    ask_run(alliance=alliance, by=secretariat)

    with pytest.raises(ActionRefused, match="已有一次运算"):
        ask_run(alliance=alliance, by=secretariat)


def test_a_queued_run_is_cancelled_at_once(alliance, secretariat):
    run = ask_run(alliance=alliance, by=secretariat)

    assert cancel_run(run=run, by=secretariat).is_cancel_asked
    assert CouplingRun.objects.get().state == "cancelled"
    assert begin_run(run_id=run.pk) is None


def test_a_running_one_hears_that_it_should_stop(alliance, secretariat):
    run = ask_run(alliance=alliance, by=secretariat)
    begin_run(run_id=run.pk)
    assert not note_progress(run_id=run.pk, progress=0.5, objective=1, bound=2)

    cancel_run(run=run, by=secretariat)

    assert note_progress(run_id=run.pk, progress=0.6, objective=1, bound=2)


def test_what_a_dead_worker_left_is_taken_up_again(alliance, secretariat):
    run = ask_run(alliance=alliance, by=secretariat)
    begin_run(run_id=run.pk)
    assert revive_stuck_runs() == []
    CouplingRun.objects.update(heartbeat_at=now() - timedelta(minutes=5))

    assert revive_stuck_runs() == [run.pk]
    assert CouplingRun.objects.get().state == "queued"


def test_an_offer_free_at_another_time_is_no_match(make_offer, make_need, work_out):
    april = {"first_on": "2031-04-01", "last_on": "2031-04-30", "weekdays": [2]}
    make_offer(windows=[april])
    make_need(windows=[april | {"weekdays": [3]}])
    tuesday = make_need(windows=[april])
    make_need(windows=[{"first_on": "2031-05-01", "last_on": "2031-05-31"}])

    run = work_out()

    assert [m.component.need for m in run.matches.all()] == [tuesday]


def test_what_is_past_takes_no_part_and_is_said_so(make_offer, make_need, work_out):
    make_offer()
    make_offer(windows=[{"first_on": "2020-04-01", "last_on": "2020-04-30"}])
    late = make_need(deadline=today() - timedelta(days=1))
    over = make_need(windows=[{"last_on": "2020-04-30"}])

    run = work_out()

    assert (run.offer_count, run.need_count, matches(run)) == (1, 2, [])
    assert {u.need: u.reason_zh for u in run.unmet.all()} == {
        late: "期限已过。",
        over: "期限已过。",
    }


# ---- by hand -----------------------------------------------------------------------------------


def test_the_judge_accepts_a_sound_change_by_hand(scarce, work_out, secretariat):
    offer, urgent, ordinary = scarce
    run = work_out()
    set_match(
        run=run, offer=offer, component=urgent.components.get(), quantity=Decimal(0), by=secretariat
    )
    set_match(
        run=run,
        offer=offer,
        component=ordinary.components.get(),
        quantity=Decimal(3),
        by=secretariat,
    )

    run.refresh_from_db()
    assert matches(run) == [("R-001", "N-002", 3)]
    assert (run.objective, run.bound, run.met_count) == (1.0, 9.0, 1)
    assert [u.need.number for u in run.unmet.all()] == ["N-001"]


def test_a_bound_proven_of_other_lists_is_not_claimed_of_these(
    scarce, work_out, secretariat, alliance, giving
):
    _offer, _urgent, ordinary = scarce
    run = work_out()
    more = {"title": "会议室", "kind": "venue", "unit": "间", "quantity": Decimal(3)}
    new = save_offer(alliance=alliance, organisation=giving, by=secretariat, **more)

    set_match(
        run=run,
        offer=new,
        component=ordinary.components.get(),
        quantity=Decimal(3),
        by=secretariat,
    )

    run.refresh_from_db()
    assert (run.objective, run.bound) == (10.0, 10.0)  # all there is: 9 + 1


def test_the_judge_refuses_a_change_that_breaks_a_rule(scarce, work_out, secretariat):
    offer, _urgent, ordinary = scarce
    run = work_out()

    with pytest.raises(ActionRefused, match="不符合规则"):
        set_match(
            run=run,
            offer=offer,
            component=ordinary.components.get(),
            quantity=Decimal(3),
            by=secretariat,
        )
    assert matches(run) == [("R-001", "N-001", 3)]


def test_an_offer_that_cannot_serve_is_refused_by_hand_too(
    work_out, make_offer, make_need, secretariat
):
    make_offer()
    car = make_offer(kind="parking", unit="个", title="车位")
    need = make_need()
    run = work_out()

    with pytest.raises(ActionRefused, match="不符合规则"):
        set_match(
            run=run, offer=car, component=need.components.get(), quantity=Decimal(1), by=secretariat
        )


def test_candidates_come_best_first(scarce, alliance):
    offer, urgent, _ordinary = scarce
    snapshot = Snapshot(alliance, today())

    found = candidates_for(snapshot, urgent.components.get().pk)

    assert [candidate for candidate, _fit in found] == [offer]


# ---- published ---------------------------------------------------------------------------------


def test_publication_asks_every_giver(scarce, work_out, secretariat, lead_a, lead_b):
    run = publish(work_out(), secretariat, lead_a, lead_b)

    commitment = Commitment.objects.get()
    assert (run.state, commitment.state, commitment.quantity) == ("published", "proposed", 3)
    assert commitment.reason_zh == run.matches.get().reason_zh


def test_a_change_by_hand_after_one_approval_makes_it_lapse(
    scarce, work_out, secretariat, lead_a, lead_b
):
    offer, urgent, _ordinary = scarce
    run = work_out()
    decision = ask_publication(run=run, by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    set_match(
        run=run, offer=offer, component=urgent.components.get(), quantity=Decimal(0), by=secretariat
    )

    with pytest.raises(ActionRefused, match="作废"):
        answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    assert Commitment.objects.count() == 0


def test_a_second_run_shows_what_changed(scarce, work_out, make_offer):
    work_out()
    make_offer(quantity=3)

    comparison = compare_with_previous(work_out())

    assert [len(comparison.added), len(comparison.removed), len(comparison.changed)] == [1, 0, 0]


def test_the_same_lists_and_seed_give_the_same_matches(scarce, work_out):
    assert matches(work_out()) == matches(work_out())
