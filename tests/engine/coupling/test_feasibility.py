"""The judge names every broken rule and counts exactly."""

from fractions import Fraction

import pytest

from binglian.engine.coupling.feasibility import (
    BrokenRule,
    Code,
    broken_rules,
    exact_tiers,
    objective_of,
    share_served,
    shares_served,
)
from binglian.engine.coupling.fitting import Rule
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Organisation,
    Pair,
    Supplies,
    Window,
)

from .builders import a_need, a_problem, an_offer

pytestmark = pytest.mark.once

MONDAY, TUESDAY, WEDNESDAY = DAYS = tuple(Window(weekdays=1 << day) for day in range(3))


def codes(problem: CouplingProblem, *rows: tuple[int, int, int]) -> list[str]:
    """What the judge finds in (pair, slot, quantity) rows."""
    return [broken.code for broken in broken_rules(problem, Supplies.of(rows))]


def sentences(problem: CouplingProblem, *rows: tuple[int, int, int]) -> list[str]:
    return [str(broken) for broken in broken_rules(problem, Supplies.of(rows))]


def test_a_sound_answer_breaks_nothing():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")])

    assert codes(problem, (0, 0, 10)) == []
    assert codes(problem) == []


def test_rows_that_are_no_supplies_are_named_first():
    problem = a_problem([an_offer()], [a_need(all_or_nothing=False)])

    assert sentences(problem, (5, 0, 1)) == ["There is no pair 5."]
    assert sentences(problem, (0, 1, 1)) == ["There is no slot 1."]
    assert sentences(problem, (0, 0, -1)) == ["Pair 0 sends -1."]
    assert sentences(problem, (0, 0, 0)) == ["Pair 0 sends 0."]
    assert sentences(problem, (0, 0, 1), (0, 0, 2)) == ["Pair 0 is listed twice in slot 0."]


def test_an_offer_never_gives_more_than_it_has():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")])

    assert broken_rules(problem, Supplies.of([(0, 0, 10), (1, 0, 10)])) == [
        BrokenRule(Code.OFFER, offer="甲", found=20, allowed=15)
    ]
    assert sentences(problem, (0, 0, 10), (1, 0, 10)) == ["Offer 甲 gives 20 of 15."]


def test_what_is_used_up_is_there_once_and_what_renews_in_every_slot():
    needs = [a_need("乙", 10), a_need("丙", 10)]
    once = a_problem([an_offer("甲", 10)], needs, slots=DAYS)
    anew = a_problem([an_offer("甲", 10, renews=True)], needs, slots=DAYS)

    assert codes(once, (0, 0, 10), (1, 1, 10)) == [Code.OFFER]
    assert codes(anew, (0, 0, 10), (1, 1, 10)) == []
    assert sentences(anew, (0, 1, 10), (1, 1, 10)) == ["Offer 甲 gives 20 of 10 in slot 1."]


def test_earlier_commitments_use_the_offer():
    problem = a_problem([an_offer("甲", 15)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert sentences(problem, (1, 0, 10)) == ["Offer 甲 gives 20 of 15."]


def test_a_commitment_without_a_slot_uses_a_room_in_every_slot_and_funds_every_time():
    needs = [a_need("乙", 10, times=2), a_need("丙", 6)]
    room = a_problem(
        [an_offer("甲", 15, renews=True)], needs, Kept(0, 0, 0, 10), slots=(MONDAY, TUESDAY)
    )
    funds = a_problem([an_offer("甲", 25)], needs, Kept(0, 0, 0, 10), slots=(MONDAY, TUESDAY))

    assert sentences(room, (1, 1, 6)) == ["Offer 甲 gives 16 of 15 in slot 1."]
    assert sentences(funds, (1, 1, 6)) == ["Offer 甲 gives 26 of 25."]


def test_a_commitment_in_one_slot_leaves_the_others_free():
    problem = a_problem(
        [an_offer("甲", 10, renews=True)],
        [a_need("乙"), a_need("丙")],
        Kept(0, 0, 0, 10, slot=0),
        slots=(MONDAY, TUESDAY),
    )

    assert codes(problem, (1, 0, 10)) == [Code.OFFER]
    assert codes(problem, (1, 1, 10)) == []


def test_a_unit_received_may_take_several_of_the_offer():
    pairs = (Pair(0, 0, 0, use=3),)
    problem = CouplingProblem((an_offer("甲", 29),), (a_need("乙", 10),), pairs)

    assert sentences(problem, (0, 0, 10)) == ["Offer 甲 gives 30 of 29."]


def test_commitments_are_never_blamed():
    problem = a_problem(
        [an_offer("甲", 5)],
        [a_need("乙", 3, max_suppliers=1), a_need("丙", 1)],
        Kept(0, 0, 0, 10),
        organisations=(Organisation("甲", 0),),
    )

    assert codes(problem) == []
    assert codes(problem, (1, 0, 1)) == [Code.OFFER]


def test_an_organisation_takes_on_no_more_effort_than_its_limit():
    offers = [an_offer("甲", 20, effort=2), an_offer("甲", 20, ref="另", effort=1)]
    needs = [a_need("乙", 4), a_need("丙", 3)]
    problem = a_problem(offers, needs, Kept(0, 0, 0, 1), organisations=(Organisation("甲", 10),))

    assert codes(problem, (0, 0, 3), (3, 0, 2), (2, 0, 1)) == []  # 2 + 6 + 2 of effort 1 and 2?
