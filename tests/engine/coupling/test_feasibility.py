"""The judge names every broken rule and counts exactly."""

import subprocess
import sys
from fractions import Fraction

import pytest

from binglian.engine.coupling.candidates.fitting import Rule
from binglian.engine.coupling.judge.feasibility import (
    BrokenRule,
    Code,
    broken_rules,
    exact_tiers,
    objective_of,
    share_served,
    shares_served,
)
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
    problem = a_problem(
        offers,
        [a_need("乙", 4), a_need("丙", 3)],
        Kept(0, 0, 0, 1),  # takes 2
        organisations=(Organisation("甲", 10),),
    )

    assert codes(problem, (0, 0, 1), (1, 0, 2), (3, 0, 3)) == []  # and 2 + 2 + 3
    assert sentences(problem, (0, 0, 3), (3, 0, 3)) == [
        "Organisation 甲 takes on 11 of 10 effort.",
    ]


def test_a_budget_pays_prices_and_setting_up_but_only_for_what_is_new():
    problem = a_problem(
        [an_offer("甲", 20, price=3, setup_price=5)],
        [a_need("乙", 4, budget="拨款"), a_need("丙", 4, budget="拨款"), a_need("丁", 4)],
        Kept(0, 0, 0, 2),  # costs 6
        budgets=(Budget("拨款", 34),),
    )

    assert codes(problem, (1, 0, 4)) == []  # 17 more
    assert codes(problem, (0, 0, 2), (2, 0, 4)) == []  # 11 more; 丁 is nobody's bill
    assert codes(problem, (0, 0, 2), (1, 0, 4)) == []  # 28 more
    cheaper = a_problem(
        list(problem.offers), list(problem.needs), *problem.kept, budgets=(Budget("拨款", 33),)
    )
    assert sentences(cheaper, (0, 0, 2), (1, 0, 4)) == ["Budget 拨款 pays 34 of 33."]


def test_a_supply_is_at_least_the_lot():
    problem = a_problem([an_offer("甲", 30, lot=6)], [a_need("乙", all_or_nothing=False)])

    assert sentences(problem, (0, 0, 5)) == [
        "Offer 甲 gives need 乙 only 5, less than its lot 6.",
    ]
    assert codes(problem, (0, 0, 6)) == []


def test_what_is_kept_between_the_same_ends_counts_towards_the_lot_whatever_its_slot():
    need = a_need("乙", all_or_nothing=False, times=2)
    at_any_time, on_monday = Kept(0, 0, 0, 4), Kept(0, 0, 0, 4, slot=0)
    offer = an_offer("甲", 30, lot=6)

    anyway = a_problem([offer], [need], at_any_time, slots=DAYS)
    monday = a_problem([offer], [need], on_monday, slots=DAYS)

    assert codes(anyway, (0, 1, 2)) == []
    assert codes(monday, (0, 0, 2)) == []
    assert codes(monday, (0, 1, 2)) == []


def test_nothing_is_supplied_while_either_side_is_away():
    problem = CouplingProblem(
        (an_offer("甲", windows=(MONDAY, TUESDAY)),),
        (a_need("乙", windows=(TUESDAY, WEDNESDAY)),),
        (Pair(0, 0, 0),),
        slots=DAYS,
    )

    assert codes(problem, (0, 1, 10)) == []
    assert sentences(problem, (0, 2, 10)) == ["Offer 甲 is not there in slot 2."]
    assert sentences(problem, (0, 0, 10)) == ["Need 乙 cannot be met in slot 0."]


def test_a_component_never_receives_more_than_it_asked_at_one_time():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙")], Kept(0, 0, 0, 4))
    twice = a_problem([an_offer("甲", 30)], [a_need("乙", times=2)], slots=DAYS)

    assert sentences(problem, (0, 0, 10)) == ["Need 乙 gets 14 of 10 in part 0."]
    assert codes(twice, (0, 0, 10), (0, 2, 10)) == []
    assert sentences(twice, (0, 0, 10), (0, 2, 11)) == [
        "Need 乙 gets 11 of 10 in part 0 in slot 2."
    ]


def test_a_need_is_met_no_more_often_than_it_asked():
    need = a_need("乙", 2, all_or_nothing=False, times=2)
    problem = a_problem([an_offer("甲", 30)], [need], slots=DAYS)
    kept = a_problem([an_offer("甲", 30)], [need], Kept(0, 0, 0, 1, slot=0), slots=DAYS)

    assert codes(problem, (0, 0, 1), (0, 2, 1)) == []
    assert sentences(problem, (0, 0, 1), (0, 1, 1), (0, 2, 1)) == ["Need 乙 is met 3 times of 2."]
    assert codes(kept, (0, 1, 1), (0, 2, 1)) == [Code.TIMES]
    assert codes(kept, (0, 0, 1), (0, 2, 1)) == []


def test_consecutive_times_follow_each_other():
    need = a_need("乙", 2, all_or_nothing=False, times=2, consecutive=True)
    problem = a_problem([an_offer("甲", 30)], [need], slots=DAYS)

    assert codes(problem, (0, 1, 2), (0, 2, 2)) == []
    assert sentences(problem, (0, 0, 2), (0, 2, 2)) == [
        "Need 乙 is met within 3 slots instead of 2 in a row.",
    ]


def test_a_bundle_comes_whole_or_not_at_all():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙", 4, 6)])

    assert sentences(problem, (0, 0, 4), (1, 0, 5)) == [
        "Need 乙 is all or nothing but gets 5 of 6 in part 1.",
    ]
    assert codes(problem, (0, 0, 4), (1, 0, 6)) == []


def test_a_bundle_comes_whole_at_each_of_its_times():
    problem = a_problem([an_offer("甲", 30)], [a_need("乙", 4, 6, times=2)], slots=DAYS)

    assert sentences(problem, (0, 0, 4), (1, 0, 6)) == [
        "Need 乙 is all or nothing but is met only 1 times of 2.",
    ]
    assert sentences(problem, (0, 0, 4), (1, 1, 6)) == [
        "Need 乙 is all or nothing but gets 0 of 6 in part 1 in slot 0.",
        "Need 乙 is all or nothing but gets 0 of 4 in part 0 in slot 1.",
    ]
    assert codes(problem, (0, 0, 4), (1, 0, 6), (0, 2, 4), (1, 2, 6)) == []


def test_suppliers_are_counted_over_the_whole_need_with_earlier_ones():
    offers = [an_offer("甲", 5), an_offer("乙", 5), an_offer("丙", 5)]
    problem = a_problem(offers, [a_need("需方", 5, 5, max_suppliers=1)], Kept(2, 0, 0, 1))

    assert sentences(problem, (0, 0, 4), (4, 0, 5)) == ["Need 需方 has 3 suppliers of 1."]


def test_suppliers_of_a_part_are_counted_slot_by_slot():
    part = Component("seats", 10, max_suppliers=1)
    need = a_need("需方", components=(part,), times=2)
    problem = a_problem([an_offer("甲", 20), an_offer("乙", 20)], [need], slots=DAYS)

    assert codes(problem, (0, 0, 10), (1, 1, 10)) == []
    assert sentences(problem, (0, 0, 4), (1, 0, 6), (0, 1, 10)) == [
        "Need 需方 has 2 suppliers of 1 in part 0 in slot 0.",
    ]


def test_an_organisation_that_serves_already_is_no_further_supplier():
    part = Component("seats", 10, max_suppliers=1)
    offers = [an_offer("甲", 5, ref="甲一"), an_offer("甲", 5, ref="甲二"), an_offer("乙", 5)]
    problem = a_problem(offers, [a_need("需方", components=(part,))], Kept(0, 0, 0, 5))

    assert codes(problem, (1, 0, 5)) == []
    assert codes(problem, (2, 0, 5)) == [Code.PART_SUPPLIERS]


@pytest.mark.parametrize(
    ("offer", "need", "code", "sentence"),
    [
        ({"organisation": "需方"}, {}, Rule.OWN, "both are of one organisation."),
        ({"excludes": {"需方"}}, {}, Rule.EXCLUDED, "the offer does not serve its organisation."),
        ({"only_for": {"别家"}}, {}, Rule.EXCLUDED, "the offer does not serve its organisation."),
        (
            {},
            {"rules_out": {"供方"}},
            Rule.RULED_OUT,
            "the need rules out the offer's organisation.",
        ),
        (
            {"conditions": {"收费"}},
            {"refuses": {"收费"}},
            Rule.CONDITION,
            "the need refuses a condition.",
        ),
        ({"kind": "venue"}, {}, Rule.KIND, "it is of another kind."),
    ],
)
def test_a_pair_made_by_hand_still_respects_what_both_sides_said(offer, need, code, sentence):
    problem = CouplingProblem(
        (an_offer(ref="R1", **offer),), (a_need(ref="N1", **need),), (Pair(0, 0, 0),)
    )

    assert codes(problem, (0, 0, 10)) == [code]
    assert sentences(problem, (0, 0, 10)) == [f"Offer R1 serves need N1, but {sentence}"]
    assert codes(problem) == []


def test_several_broken_rules_are_all_named():
    problem = a_problem([an_offer("甲", 5, lot=4)], [a_need("乙", 4, 6)])

    assert codes(problem, (0, 0, 3), (1, 0, 7)) == [
        Code.OFFER,
        Code.LOT,
        Code.TOO_MUCH,
        Code.LACKS,
    ]


def test_people_read_of_quantities_parts_and_times_by_name():
    hours = Component("expertise", 25, title="律师", unit="小时")
    problem = CouplingProblem(
        (an_offer(ref="R1", kind="expertise", unit="小时", quantity=20, renews=True),),
        (a_need(ref="N1", components=(hours,)),),
        (Pair(0, 0, 0),),
        scale=10,
        slots=DAYS,
    )
    found = broken_rules(problem, Supplies.of([(0, 1, 21)]))

    assert [broken.in_words(problem, "zh") for broken in found] == [
        "资源 R1 只有 2 小时，周二安排了 2.1。",
        "需求 N1 须全部满足，「律师」应为 2.5 小时，周二只安排了 2.1；请一并安排，或全部不安排。",
    ]
    assert [broken.in_words(problem, "en") for broken in found] == [
        "Offer R1 gives 2.1 of 2 hours (Tue).",
        "Need N1 is all or nothing but gets 2.1 of 2.5 hours in part “律师” (Tue).",
    ]


def test_every_code_is_said_in_both_languages():
    problem = a_problem([an_offer("甲")], [a_need("乙")], slots=DAYS)
    facts = {"offer": "甲", "need": "乙", "part": 0, "slot": 0, "party": "丙", "row": 0}
    rules = [BrokenRule(code, **facts) for code in (*Code, *Rule)]

    assert [r for r in rules if not r.in_words(problem, "zh").endswith("。")] == []
    assert [r for r in rules if not r.in_words(problem, "en").endswith(".")] == []


def test_sums_beyond_64_bits_are_not_lost():
    pairs = (Pair(0, 0, 0, use=2**40), Pair(0, 1, 0, use=2**40))
    needs = (a_need("乙", 2**23), a_need("丙", 2**23))
    problem = CouplingProblem((an_offer("甲", 2**62),), needs, pairs)

    assert broken_rules(problem, Supplies.of([(0, 0, 2**23), (1, 0, 2**23)])) == [
        BrokenRule(Code.OFFER, offer="甲", found=2**64, allowed=2**62)
    ]


def test_the_three_aims_are_exact_values_rounded_once():
    offers = (an_offer("甲", 30), an_offer("乙", 30))
    needs = (
        a_need("丙", 10, priority=3),
        a_need("丁", 3, 7, all_or_nothing=False, priority=2),
        a_need("戊"),
    )
    pairs = (Pair(0, 0, 0, 0.5), Pair(0, 1, 0, 1.0), Pair(0, 2, 0, 0.25), Pair(1, 1, 1, 1.0))
    problem = CouplingProblem(offers, needs, pairs)

    # 甲 carries 1 + 1/6 + 1 needs: its first is free, its second costs 1, its third 2.
    assert exact_tiers(problem, Supplies.at_once((10, 1, 10, 0))) == (10.5, 11 / 12, 4 / 3)


def test_a_thousand_thirds_add_up_without_a_trace_of_rounding():
    needs = [a_need(f"需方{i}", 3, all_or_nothing=False) for i in range(999)]
    problem = a_problem([an_offer("甲", 5000)], needs)

    answer = Supplies.of((p, 0, 1) for p in range(999))

    assert objective_of(problem, answer) == 333.0


def test_values_ties_and_setting_up_count_in_the_first_aim():
    offers = (an_offer("甲", 30, setup_cost=0.25, renews=True),)
    pairs = (Pair(0, 0, 0, value=-0.125, fixed=1.0),)
    problem = CouplingProblem(offers, (a_need("乙", 10, times=2),), pairs, slots=DAYS)

    assert objective_of(problem, Supplies.of([(0, 0, 10), (0, 1, 10)])) == 1 - 2.5 + 2 - 0.5


def test_a_share_is_counted_over_all_times():
    need = a_need("乙", 10, 5, all_or_nothing=False, times=2)
    problem = a_problem([an_offer("甲", 90)], [need], Kept(0, 0, 0, 2), slots=DAYS)

    answer = Supplies.of([(0, 1, 6), (1, 1, 5)])

    assert share_served(problem, answer, 0) == (Fraction(4 + 6, 20) + Fraction(5, 10)) / 2
    assert shares_served(problem, answer).tolist() == [0.5]


def test_too_much_at_one_time_does_not_serve_another():
    need = a_need("乙", 10, all_or_nothing=False, times=2)
    problem = a_problem([an_offer("甲", 90)], [need], Kept(0, 0, 0, 15, slot=0), slots=DAYS)

    assert share_served(problem, Supplies.of(()), 0) == Fraction(10, 20)
    assert share_served(problem, Supplies.of([(0, 1, 10)]), 0) == 1


def test_a_whole_need_counts_only_when_all_its_times_are_complete():
    problem = a_problem([an_offer("甲", 90)], [a_need("乙", 10, times=2)], slots=DAYS)

    assert share_served(problem, Supplies.of([(0, 1, 10)]), 0) == 0
    assert share_served(problem, Supplies.of([(0, 1, 10), (0, 2, 10)]), 0) == 1


def test_commitments_that_cover_the_need_count_as_served():
    at_once = a_problem([an_offer("甲", 30)], [a_need("乙")], Kept(0, 0, 0, 10))
    twice = a_problem([an_offer("甲", 30)], [a_need("乙", times=2)], Kept(0, 0, 0, 10), slots=DAYS)

    for problem in (at_once, twice):
        assert objective_of(problem, Supplies.of(())) == 1
        assert share_served(problem, Supplies.of(()), 0) == 1
        assert shares_served(problem, Supplies.of(())).tolist() == [1.0]


def test_the_judge_accepts_a_component_list_of_several_kinds():
    need = a_need("乙", components=(Component("seats", 2), Component("venue", 1)))
    problem = a_problem([an_offer("甲", 2), an_offer("丙", 1, kind="venue")], [need])

    assert codes(problem, (0, 0, 2), (1, 0, 1)) == []


def test_the_judge_and_the_certificate_import_no_solver():
    asked = (
        "import sys; from binglian.engine.coupling.judge import feasibility;"
        "from binglian.engine.coupling.certificate import proof;"
        "print(*(name.rpartition('.')[2] for name in sys.modules))"
    )

    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    solver = {"market", "compiled", "prices", "search", "exact", "solve", "highspy", "ortools"}
    assert solver & set(told.stdout.split()) == set()
