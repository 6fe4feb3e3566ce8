"""What if is answered beside the proposal, writes nothing, and its weights need both leads."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.coupling import jobs
from binglian.domain.coupling.actions import ask_adoption, ask_run, keep_scenario
from binglian.domain.coupling.engine_adapter import Answer, Changes, NewOffer, ask_what_if
from binglian.domain.coupling.models import CouplingRun, Match, Need, Offer
from binglian.domain.coupling.queries import weights_in_force
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Lead
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def run(alliance, secretariat, make_offer, make_need, needing):
    """Three rooms; an urgent need of a community takes them from an ordinary one of a shop."""
    shop = Organisation.objects.create(name="商户（示例）", kind="merchant")
    alliance.memberships.create(
        organisation=shop, category="other", state="admitted", from_on=today()
    )
    make_offer(quantity=3)
    make_need(quantity=3, priority="important", title="社区的", is_all_or_nothing=True)
    make_need(quantity=3, title="商户的", organisation=shop)
    asked = ask_run(alliance=alliance, by=secretariat, seconds=2)
    jobs.work_out_run.call(asked.pk)
    return CouplingRun.objects.get(pk=asked.pk)


def ask(run, **changes) -> Answer:
    return ask_what_if(run, Changes(**changes), on=today(), seconds=1)


def titles(rows):
    return [Need.objects.get(pk=pk).title for pk, _before, _after in rows]


def test_without_a_change_everything_stays(run):
    answer = ask(run)

    assert (answer.gains, answer.loses, answer.moves) == ([], [], [])
    assert answer.now["objective"] == answer.then["objective"] == run.objective


def test_other_weights_turn_the_proposal(run):
    answer = ask(run, weights={"organisation": {"merchant": 4.0}})

    assert (titles(answer.gains), titles(answer.loses)) == (["商户的"], ["社区的"])
    # By today's weights it is worse, by those asked for it is better.
    assert (answer.now["objective"], answer.then["objective"]) == (3.0, 1.0)
    assert (answer.now["weighted"], answer.then["weighted"]) == (3.0, 4.0)


def test_one_more_offer_serves_who_went_without(run):
    answer = ask(run, offer=NewOffer(kind="venue", quantity=Decimal(3), unit="间"))

    assert (answer.now["met"], answer.then["met"]) == (1, 2)
    assert titles(answer.gains) == ["商户的"]
    offers = {offer for offer, *_rest in answer.moves}
    assert None in offers


def test_a_member_that_leaves_takes_its_offers_along(run, giving):
    answer = ask(run, leaves=giving.pk)

    assert (answer.then["met"], titles(answer.loses)) == (0, ["社区的"])


def test_a_need_withdrawn_makes_room_for_another(run):
    answer = ask(run, withdraws=Need.objects.get(title="社区的").pk)

    assert titles(answer.gains) == ["商户的"]


def test_asking_writes_nothing(run):
    before = [list(model.objects.order_by("pk").values()) for model in (Offer, Need, Match)]

    ask(run, weights={"priority": {"ordinary": 4.0}}, leaves=run.alliance.lead_a_id)

    assert [list(m.objects.order_by("pk").values()) for m in (Offer, Need, Match)] == before


def test_a_scenario_is_kept_as_it_was_asked_and_answered(run, secretariat):
    changes = Changes(
        weights={"kind": {"venue": 2.0, "funds": 1.0}},
        offer=NewOffer(kind="venue", quantity=Decimal("2.5"), tags=("会议",)),
    )
    answer = ask_what_if(run, changes, on=today(), seconds=1)

    kept = keep_scenario(run=run, changes=changes, answer=answer, by=secretariat)
    kept.refresh_from_db()

    assert kept.changes["weights"] == {"kind": {"venue": 2.0}}
    assert Changes.from_json(kept.changes).offer.quantity == Decimal("2.5")
    assert Answer.from_json(kept.answer) == answer


def test_one_about_long_lists_is_answered_by_a_worker(run, secretariat):
    kept = keep_scenario(run=run, changes=Changes(), by=secretariat)
    assert (kept.state, kept.answer) == ("queued", None)

    jobs.work_out_scenario.call(kept.pk)

    kept.refresh_from_db()
    assert (kept.state, kept.answer["then"]["met"]) == ("ready", 1)


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "auditor"])
def test_only_who_may_run_a_coupling_keeps_a_scenario(run, persona, request):
    with pytest.raises(PermissionDenied):
        keep_scenario(run=run, changes=Changes(), by=request.getfixturevalue(persona))


def test_weights_are_adopted_by_both_leads_for_the_runs_that_follow(
    run, alliance, secretariat, lead_a, lead_b
):
    weights = {"organisation": {"merchant": 4.0}}
    changes = Changes(weights=weights)
    answer = ask_what_if(run, changes, on=today(), seconds=1)
    kept = keep_scenario(run=run, changes=changes, answer=answer, by=secretariat)

    decision = ask_adoption(scenario=kept, by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    assert weights_in_force(alliance) == {}
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)
    assert weights_in_force(alliance) == weights

    following = ask_run(alliance=alliance, by=secretariat, seconds=2)
    jobs.work_out_run.call(following.pk)
    following.refresh_from_db()
    assert following.weights == weights
    assert [m.component.need.title for m in following.matches.all()] == ["商户的"]
    with pytest.raises(ActionRefused, match="正在采用"):
        ask_adoption(scenario=kept, by=secretariat)
