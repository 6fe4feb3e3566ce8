"""The one more offer that would help the alliance most."""

from functools import partial

import pytest

from binglian.engine.coupling.explaining.wishes import most_wanted, wish_sentence
from binglian.engine.coupling.problem import Component, Window, weight_of
from binglian.engine.coupling.result import Status
from binglian.engine.coupling.slots import HALF_DAYS
from binglian.engine.coupling.solve import solve_coupling
from binglian.engine.coupling.what_if import with_offer

from .builders import WEEKEND, a_need, a_problem, an_offer
from .hand_made import answered

pytestmark = pytest.mark.once

solve = partial(solve_coupling, seconds=5)
WORKDAY_EVENINGS = Window(weekdays=0b0011111, start_minute=1080, end_minute=1440)
#: Communities along one street, a hundred metres apart.
STREET = [{"longitude": 120.31 + step / 900, "latitude": 36.06} for step in range(8)]


def test_a_wish_is_of_a_size_that_one_organisation_might_offer():
    problem = a_problem([], [a_need(f"社区{i}", 4) for i in range(20)])

    (wish,) = most_wanted(problem, answered(problem))

    assert (wish.offer.quantity, len(wish.needs), wish.gain) == (32, 8, 8)


def test_a_wish_says_what_when_where_and_how_many_needs_it_would_meet():
    needs = [
        a_need(f"社区{i}", 4, windows=(WORKDAY_EVENINGS,), within_km=1.0, **place)
        for i, place in enumerate(STREET[:3])
    ]
    problem = a_problem([an_offer("甲", 20, excludes={n.organisation for n in needs})], needs)

    (wish,) = most_wanted(problem, answered(problem))

    assert (wish.offer.quantity, wish.needs, wish.gain) == (12, (0, 1, 2), 3)
    assert wish_sentence(problem, wish, "zh") == (
        "工作日晚上、距「社区1」0.9 公里内再有席位 12，至少可多满足 3 项需求（3 分）："
        "「社区0 需求」「社区1 需求」「社区2 需求」。"
    )
    assert wish_sentence(problem, wish, "en") == (
        "12 more seats free weekday evenings within 0.9 km of “社区1” would meet at least"
        " 3 more needs (3 points): “社区0 需求”, “社区1 需求”, “社区2 需求”."
    )


def test_on_a_short_list_the_wish_is_checked_by_solving_again():
    needs = [a_need("社区", 6, priority=2), a_need("学校", 6)]
    problem = a_problem([an_offer("甲", 6)], needs)
    result = solve(problem)

    (wish,) = most_wanted(problem, result, solve=solve)

    assert (wish.is_exact, wish.needs, wish.gain) == (True, (1,), 1)
    assert wish_sentence(problem, wish, "zh") == (
        "再有席位 6，可多满足 1 项需求（1 分）：「学校 需求」。"
    )
    assert solve(with_offer(problem, wish.offer)).objective == result.objective + wish.gain


def test_a_wish_promises_nothing_to_needs_out_of_its_reach():
    near, far = STREET[0], {"longitude": 120.40, "latitude": 36.06}
    needs = [
        a_need("社区", 5, within_km=1.0, **near),
        a_need("学校", 5, within_km=1.0, priority=2, **far),
        a_need("医院", 5),
    ]
    problem = a_problem(
        [an_offer("甲", 10, kind="seats", excludes={"社区", "学校", "医院"})], needs
    )

    (wish, *_) = most_wanted(problem, solve(problem), solve=solve)

    assert (wish.needs, wish.gain, wish.is_exact) == ((1, 2), 4, True)


def test_what_is_left_over_is_used_before_more_is_wished_for():
    problem = a_problem([an_offer("甲", 7)], [a_need("社区", 10)])

    (wish,) = most_wanted(problem, answered(problem))

    assert wish.offer.quantity == 3


def test_a_tag_is_wished_for_only_if_a_need_asks_for_it():
    def asking(organisation, *tags):
        return a_need(organisation, components=(Component("seats", 5, tags=frozenset(tags)),))

    problem = a_problem([], [asking("甲", "法律", "调解"), asking("乙", "法律"), asking("丙")])

    (wish, *_) = most_wanted(problem, answered(problem))

    assert wish.offer.tags == {"法律"}
    assert wish_sentence(problem, wish, "zh").startswith("再有带「法律」标签的席位 15，")


def test_wishes_for_other_kinds_come_in_order_of_gain():
    venue = a_need("学校", components=(Component("venue", 1, unit="间"),), priority=3)
    problem = a_problem([], [a_need("社区", 5), venue])

    wishes = most_wanted(problem, answered(problem))

    assert [(wish.offer.kind, wish.gain) for wish in wishes] == [("venue", 9), ("seats", 1)]


def test_a_room_that_comes_back_is_wished_for_by_its_hours():
    evenings = a_need("社区", 8, windows=(WORKDAY_EVENINGS,), times=3, priority=2)
    hall = an_offer("甲", 8, renews=True, windows=(WEEKEND,))
    problem = a_problem([hall], [evenings], slots=HALF_DAYS)

    (wish,) = most_wanted(problem, answered(problem))

    assert (wish.offer.quantity, wish.offer.renews, len(wish.slots)) == (8, True, 3)
    assert wish_sentence(problem, wish, "zh") == (
        "周一、周二、周三晚上再有席位 每次 8，至少可多满足 1 项需求（3 分）：「社区 需求」。"
    )


def test_a_need_that_lacks_two_kinds_is_not_promised_by_one_offer():
    both = a_need("社区", components=(Component("seats", 5), Component("venue", 1)))
    problem = a_problem([], [both])

    assert most_wanted(problem, answered(problem)) == ()


def test_nothing_is_wished_for_when_all_is_met():
    problem = a_problem([an_offer("甲", 10)], [a_need("社区")])

    assert most_wanted(problem, answered(problem, (0, 0, 10), status=Status.OPTIMAL)) == ()


def test_the_least_a_wish_brings_is_never_more_than_it_does():
    needs = [a_need(f"社区{i}", 3 + i, priority=1 + i % 3) for i in range(5)]
    problem = a_problem([an_offer("甲", 6, lot=2)], needs)
    result = solve(problem)

    for wish in most_wanted(problem, result):
        brought = solve(with_offer(problem, wish.offer)).objective - result.objective
        assert brought >= wish.gain
        assert sum(weight_of(problem.needs[n]) for n in wish.needs) >= wish.gain
