"""Reasons in both languages: one claim per cause, and the reasons of matches."""

import time
from datetime import date

import numpy as np
import pytest

from binglian.engine.coupling.explaining.explain import (
    Cause,
    missing_sentence,
    reason_for_match,
    reasons_for_matches,
    sentence,
    unmet_needs,
    would_help,
)
from binglian.engine.coupling.explaining.wording import slots_in_words
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Organisation,
    Pair,
    Window,
)
from binglian.engine.coupling.result import Prices, Status
from binglian.engine.coupling.slots import HALF_DAYS

from .builders import TUESDAY_AFTERNOON, WEEKEND, a_need, a_problem, an_offer
from .hand_made import answered

pytestmark = pytest.mark.once

TOWN = {"longitude": 120.31, "latitude": 36.06}
FAR_OFF = {"longitude": 120.45, "latitude": 36.06}
APRIL, MAY = date(2026, 4, 1).toordinal(), date(2026, 5, 1).toordinal()


def asking(**facts):
    component = {"kind": "seats", "quantity": 10}
    names = ("kind", "quantity", "tags", "unit", "title")
    component.update({name: facts.pop(name) for name in names if name in facts})
    return a_need(components=(Component(**component),), **facts)


def the_unmet(problem, *rows, **facts):
    (unmet,) = unmet_needs(problem, answered(problem, *rows, **facts))
    return unmet


@pytest.mark.parametrize(
    ("offer", "need", "cause", "zh", "en"),
    [
        (
            {"kind": "venue"},
            {},
            Cause.NOBODY,
            "没有单位提供席位。",
            "Nobody offers seats.",
        ),
        (
            {"organisation": "需方"},
            {},
            Cause.OWN_ONLY,
            "只有本单位自己提供席位，没有其他单位提供。",
            "Only the asking organisation itself offers seats.",
        ),
        (
            {"unit": "小时"},
            {"unit": "人"},
            Cause.OTHER_UNIT,
            "有单位提供席位，但计量单位不是「人」；最接近的是「供方 资源」，只差计量单位。",
            "Offers of seats exist, but none is measured in “people”;"
            " the nearest is “供方 资源”, only its unit differs.",
        ),
        (
            {"tags": {"医疗"}},
            {"tags": {"法律"}},
            Cause.OTHER_TAGS,
            "有单位提供席位，但没有带「法律」标签的；最接近的是「供方 资源」，只差标签。",
            "Offers of seats exist, but none is tagged “法律”;"
            " the nearest is “供方 资源”, only its tags differ.",
        ),
        (
            {"windows": (TUESDAY_AFTERNOON,)},
            {"windows": (WEEKEND,)},
            Cause.OTHER_TIME,
            "有单位提供席位，但周末没有空档；最接近的是「供方 资源」，只差时间。",
            "Offers of seats exist, but none is free weekends;"
            " the nearest is “供方 资源”, only its time differs.",
        ),
        (
            {"windows": (Window(first_day=MAY),)},
            {"deadline": APRIL},
            Cause.OTHER_TIME,
            "有单位提供席位，但4月1日前没有空档；最接近的是「供方 资源」，只差时间。",
            "Offers of seats exist, but none is free by 2026-04-01;"
            " the nearest is “供方 资源”, only its time differs.",
        ),
        (
            TOWN,
            {**FAR_OFF, "within_km": 1.5},
            Cause.TOO_FAR,
            "有单位提供席位，但都在 1.5 公里以外；最接近的是「供方 资源」，只是超出距离。",
            "Offers of seats exist, but all are farther than 1.5 km;"
            " the nearest is “供方 资源”, only too far away.",
        ),
        (
            {"conditions": {"收费"}},
            {"refuses": {"收费"}},
            Cause.CONDITION_REFUSED,
            "有单位提供席位，但附带的条件「收费」不被接受；"
            "最接近的是「供方 资源」，只差接受其条件。",
            "Offers of seats exist, but on refused terms: “收费”;"
            " the nearest is “供方 资源”, only its condition is refused.",
        ),
        (
            {"excludes": {"需方"}},
            {},
            Cause.EXCLUDED,
            "有单位提供席位，但双方之一排除了对方；"
            "最接近的是「供方 资源」，只是该单位不向本单位提供。",
            "Offers of seats exist, but one side rules the other out;"
            " the nearest is “供方 资源”, only it does not serve this organisation.",
        ),
        (
            {},
            {"rules_out": {"供方"}},
            Cause.EXCLUDED,
            "有单位提供席位，但双方之一排除了对方；"
            "最接近的是「供方 资源」，只是需求方排除了该单位。",
            "Offers of seats exist, but one side rules the other out;"
            " the nearest is “供方 资源”, only the need rules its organisation out.",
        ),
        (
            {"quantity": 50, "lot": 20},
            {},
            Cause.LOT_TOO_LARGE,
            "「席位」的资源有最小批量，凑不成所需数量。",
            "Offers for “seats” have smallest lots that do not add up.",
        ),
        (
            {"quantity": 4},
            {},
            Cause.TOO_LITTLE,
            "合适的席位全部加起来也不够。",
            "All offers of seats that fit are not enough together.",
        ),
    ],
)
def test_a_need_that_no_offer_meets_says_why(offer, need, cause, zh, en):
    unmet = the_unmet(a_problem([an_offer(**offer)], [asking(**need)]))

    assert (unmet.code, unmet.cause) == (cause, cause)
    assert sentence(unmet, "zh") == zh
    assert sentence(unmet, "en") == en


def test_a_need_that_lost_names_those_that_won():
    problem = a_problem(
        [an_offer("甲", 10)], [a_need("社区", title="健康讲座", priority=3), a_need("学校")]
    )

    unmet = the_unmet(problem, (0, 0, 10))

    assert (unmet.need, unmet.code, unmet.rivals) == (1, Cause.GIVEN_TO_OTHERS, (0,))
    assert sentence(unmet, "zh") == "合适的席位已用于总权重更高的需求：「社区 健康讲座」。"
    assert sentence(unmet, "en") == (
        "Offers of seats that fit serve needs that weigh more: “社区 健康讲座”."
    )


def test_a_bundle_says_which_component_holds_it_up_and_why():
    bundle = a_need(
        components=(
            Component("seats", 10),
            Component("equipment", 2, title="投影仪", unit="台"),
        )
    )

    unmet = the_unmet(a_problem([an_offer("甲", 10)], [bundle]))

    assert (unmet.code, unmet.cause, unmet.component) == (Cause.BUNDLE_BLOCKED, Cause.NOBODY, 1)
    assert sentence(unmet, "zh") == "整组需求须同时满足，卡在「投影仪」一项；没有单位提供设备。"
    assert sentence(unmet, "en") == (
        "All parts must come together and “投影仪” holds them up; nobody offers equipment."
    )
    assert missing_sentence(unmet, "zh") == "还缺：投影仪 2 台。"
    assert missing_sentence(unmet, "en") == "Missing: 投影仪 2 sets."


def test_a_supplier_limit_asks_for_one_organisation_with_all_of_it():
    problem = a_problem([an_offer("甲", 6), an_offer("乙", 6)], [asking(max_suppliers=1)])

    unmet = the_unmet(problem)

    assert unmet.code is Cause.SUPPLIER_LIMIT
    assert sentence(unmet, "zh") == "数量够，但要用到的供方超过上限 1 家。"
    assert sentence(unmet, "en") == "There is enough, but from more than 1 organisation(s)."
    assert missing_sentence(unmet, "zh") == ""
    assert would_help(unmet, "zh") == "再有一项由一家单位提供、至少 10 的席位即可满足。"
    assert would_help(unmet, "en") == (
        "One more offer would meet it: at least 10 of seats from one organisation."
    )


def test_an_answer_cut_short_admits_that_more_time_may_help():
    unmet = the_unmet(a_problem([an_offer()], [a_need()]), status=Status.STOPPED)

    assert unmet.code is Cause.NOT_FOUND
    assert sentence(unmet, "zh") == "运算时间内未找到安排办法。"
    assert sentence(unmet, "en") == "The run ended before an arrangement was found."
    assert would_help(unmet, "zh") == "余量看来足够，延长运算时间或由秘书处手工调整即可。"
    assert would_help(unmet, "en") == (
        "Enough seems to be left: let the run take longer, or adjust by hand."
    )


def test_the_one_offer_that_would_help_is_described_in_full():
    need = asking(
        kind="venue",
        quantity=40,
        unit="席位",
        tags={"法律", "讲座"},
        windows=(WEEKEND,),
        within_km=1.0,
        **TOWN,
    )

    unmet = the_unmet(a_problem([], [need]))

    assert would_help(unmet, "zh") == (
        "再有一项周末可用、1 公里内、标签含「法律」「讲座」之一、至少 40 席位的场地即可满足。"
    )
    assert would_help(unmet, "en") == (
        "One more offer would meet it: at least 40 seats of venue tagged “法律”, “讲座”"
        " within 1 km free weekends."
    )


def test_one_offer_is_not_promised_to_be_enough_when_two_components_lack():
    need = a_need(components=(Component("seats", 10, unit="人"), Component("venue", 1, unit="间")))

    unmet = the_unmet(a_problem([], [need]))

    assert missing_sentence(unmet, "zh") == "还缺：席位 10 人、场地 1 间。"
    assert would_help(unmet, "zh") == ("最有帮助的是再有一项至少 10 人的席位，但其余缺项仍需补齐。")
    assert would_help(unmet, "en") == (
        "One more offer would help most: at least 10 people of seats;"
        " the other missing parts remain."
    )


def test_a_partial_need_reports_what_it_got_and_what_is_left_to_get():
    problem = a_problem([an_offer(quantity=4)], [asking(all_or_nothing=False)])

    unmet = the_unmet(problem, (0, 0, 4))

    assert (unmet.served_share, unmet.missing) == (0.4, ((0, 6),))


def test_quantities_are_shown_in_units_of_the_list():
    problem = a_problem([], [asking(quantity=250, unit="小时")], scale=100)

    assert missing_sentence(the_unmet(problem), "zh") == "还缺：席位 2.5 小时。"


def test_needs_met_in_full_are_not_listed():
    problem = a_problem([an_offer("甲", 20)], [a_need("乙"), a_need("丙")], Kept(0, 0, 0, 10))

    assert unmet_needs(problem, answered(problem, (1, 0, 10))) == ()


def test_a_match_says_what_agrees_and_what_is_left():
    offer = an_offer(
        "甲", 40, unit="席位", tags={"法律", "讲座"}, windows=(TUESDAY_AFTERNOON,), **TOWN
    )
    need = asking(tags={"法律", "讲座", "调解"}, prefers={"甲"}, **TOWN)
    problem = a_problem([offer], [need])
    result = answered(problem, (0, 0, 10))

    assert reason_for_match(problem, result, 0, "zh") == (
        "唯一合适的资源；标签「法律」「讲座」吻合，在同一地点，时间重合：周二14:00–17:00，"
        "需求方优先选择该单位；余下 30 席位。"
    )
    assert reason_for_match(problem, result, 0, "en") == (
        "The only offer that fits; tags “法律”, “讲座” agree, in the same place,"
        " both free Tue 14:00–17:00, the asking side prefers this organisation; 30 seats left."
    )


def test_a_contested_match_says_whom_it_was_chosen_over():
    problem = a_problem(
        [an_offer("甲", 10), an_offer("乙", 3)],
        [a_need("丙", priority=2), a_need("丁"), a_need("戊")],
    )
    result = answered(problem, (0, 0, 10))

    assert reasons_for_matches(problem, result, [0], "zh") == [
        "从 2 项合适的资源中选出；另有 2 项权重较低的需求也想用它；资源已全部用上。"
    ]
    assert reasons_for_matches(problem, result, [0], "en") == [
        "Chosen from 2 offers that fit; 2 other needs of lower weight wanted it too;"
        " nothing of it is left."
    ]


def test_two_small_needs_say_that_together_they_weigh_more():
    needs = [a_need("乙", 10, beneficiaries=20), a_need("丙", 5), a_need("丁", 5, beneficiaries=9)]
    problem = a_problem([an_offer("甲", 10)], needs)

    result = answered(problem, (1, 0, 5), (2, 0, 5))

    assert reason_for_match(problem, result, 1, "zh") == (
        "唯一合适的资源；另有 1 项需求也想用它，这样安排总权重最高；资源已全部用上。"
    )


def on(*days, part=(720, 1080)):
    """Return the afternoons (or other hours) of these days, Monday being 0."""
    return tuple(
        Window(weekdays=1 << day, start_minute=part[0], end_minute=part[1]) for day in days
    )


def test_a_bundle_whose_parts_never_come_together_says_so():
    offers = [
        an_offer("甲", 10, renews=True, windows=on(0)),
        an_offer("乙", 1, kind="venue", renews=True, windows=on(1)),
    ]
    need = a_need(components=(Component("seats", 10), Component("venue", 1)))

    unmet = the_unmet(a_problem(offers, [need], slots=on(0, 1)))

    assert unmet.code is Cause.NO_COMMON_SLOT
    assert sentence(unmet, "zh") == (
        "各项分别都有，但没有一个时段能同时凑齐，周一下午只差「场地」。"
    )
    assert sentence(unmet, "en") == (
        "Each part can be had, but never all at one time; Mon afternoon only “venue” is short."
    )
    assert would_help(unmet, "zh") == "再有一项周一下午可用、至少 1 的场地即可满足。"


def test_a_need_for_three_mornings_says_that_too_few_are_free():
    offer = an_offer("甲", 10, renews=True, windows=on(0, 2))
    need = asking(times=3, consecutive=True)

    unmet = the_unmet(a_problem([offer], [need], slots=on(0, 1, 2)))

    assert unmet.code is Cause.TOO_FEW_SLOTS
    assert sentence(unmet, "zh") == "需要连续 3 次，能凑齐的时段不够。"
    assert sentence(unmet, "en") == (
        "It asks for 3 times in a row, and too few times can be filled."
    )
    assert missing_sentence(unmet, "zh") == "还缺 1 次，每次：席位 10。"
    assert missing_sentence(unmet, "en") == "Missing 1 time: seats 10 each time."
    assert would_help(unmet, "zh") == "再有一项周二下午可用、至少 10 的席位即可满足。"


def test_a_need_whose_budget_is_spent_says_what_is_left_of_it():
    offer = an_offer("甲", 10, price=30, setup_price=20)
    problem = a_problem([offer], [asking(budget="街道经费")], budgets=(Budget("街道经费", 200),))

    unmet = the_unmet(problem)

    assert (unmet.code, unmet.money) == (Cause.BUDGET, (320, 200))
    assert sentence(unmet, "zh") == "预算「街道经费」余 200，满足它约需 320。"
    assert sentence(unmet, "en") == "Budget “街道经费” has 200 left and this takes about 320."
    assert would_help(unmet, "zh") == "再有一项不收费、至少 4 的席位即可满足。"


def test_an_organisation_that_can_take_on_no_more_is_named():
    offers = [an_offer("甲", 10, effort=2)]
    problem = a_problem(offers, [asking()], organisations=(Organisation("甲", 15),))

    unmet = the_unmet(problem)

    assert (unmet.code, unmet.tired) == (Cause.EFFORT_LIMIT, ("甲",))
    assert sentence(unmet, "zh") == "「甲」的工作量已到上限。"
    assert sentence(unmet, "en") == "“甲” can take on no more work."
    assert would_help(unmet, "en") == (
        "One more offer would meet it: at least 3 of seats of another organisation."
    )


def test_a_limit_on_the_suppliers_of_one_part_is_told_from_that_on_the_need():
    one_hall = a_need(components=(Component("seats", 10, title="大会场", max_suppliers=1),))

    unmet = the_unmet(a_problem([an_offer("甲", 6), an_offer("乙", 6)], [one_hall]))

    assert unmet.code is Cause.PART_SUPPLIER_LIMIT
    assert sentence(unmet, "zh") == "「大会场」数量够，但要用到的供方超过每项上限 1 家。"


def test_a_need_that_costs_more_than_it_earns_says_so():
    unmet = the_unmet(a_problem([an_offer("甲", 10, setup_cost=2.5)], [asking()]))

    assert unmet.code is Cause.COSTS_MORE
    assert sentence(unmet, "zh") == "提供它的成本约 2.5 分，高于它的权重 1 分。"
    assert sentence(unmet, "en") == (
        "Providing it costs about 2.5 points, more than its weight of 1."
    )


def test_a_need_that_lost_says_what_serving_it_would_push_out():
    problem = a_problem(
        [an_offer("甲", 10)], [a_need("社区", title="讲座", priority=3), a_need("学校")]
    )
    prices = Prices(np.array([[0.9]]), np.zeros(0), np.zeros(0))

    unmet = the_unmet(problem, (0, 0, 10), prices=prices)

    assert (unmet.cost, unmet.worth) == (pytest.approx(9.0), 1)
    assert sentence(unmet, "zh") == (
        "合适的席位已用于总权重更高的需求：「社区 讲座」；"
        "按当前紧缺程度，满足它要挤掉约 9 分的其他需求，而它的权重是 1 分。"
    )
    assert sentence(unmet, "en") == (
        "Offers of seats that fit serve needs that weigh more: “社区 讲座”; at present, meeting"
        " it would displace about 9 points of other needs, but it weighs 1."
    )


def test_a_match_says_when_at_what_price_and_for_whose_sake():
    offers = [
        an_offer("甲", 10, unit="座", renews=True, prefers={"需方"}, price=3, setup_cost=0.5),
    ]
    pairs = (Pair(0, 0, 0, fixed=0.25),)
    problem = CouplingProblem(tuple(offers), (asking(),), pairs, slots=on(0, 1, 2))
    prices = Prices(np.full((1, 3), 0.45), np.zeros(0), np.zeros(0))
    result = answered(problem, (0, 1, 10), prices=prices)

    assert reason_for_match(problem, result, 0, "zh") == (
        "唯一合适的资源；安排在周二下午，提供方优先服务该单位，沿用上次的安排，启用成本 0.5 分，"
        "费用共 30；资源已全部用上，再多 1 座约值 0.45 分。"
    )
    assert reason_for_match(problem, result, 0, "en") == (
        "The only offer that fits; set for Tue afternoon, the giving side prefers to serve it,"
        " kept from the last run, setting it up costs 0.5 points, costs 30 in all;"
        " nothing of it is left, and 1 seat more would be worth about 0.45 points."
    )


def test_alike_slots_are_said_together():
    week = tuple(window for day in range(7) for window in on(day, part=(1080, 1440)))

    assert slots_in_words(week[:5], "zh") == "工作日晚上"
    assert slots_in_words(week[:5], "en") == "weekday evenings"
    assert slots_in_words([*on(1), *on(3)], "zh") == "周二、周四下午"
    assert slots_in_words([*on(1), *on(3)], "en") == "Tue, Thu afternoons"
    assert slots_in_words(HALF_DAYS[:3], "zh") == "周一"


def test_ten_thousand_reasons_take_about_a_second():
    offers = [an_offer(f"供方{i}", 10, tags={"法律"}) for i in range(1000)]
    needs = [asking(organisation=f"需方{i}", quantity=1, tags={"法律"}) for i in range(10_000)]
    pairs = [Pair((n + step) % 1000, n, 0) for n in range(10_000) for step in range(8)]
    problem = CouplingProblem(tuple(offers), tuple(needs), tuple(pairs))
    result = answered(problem, *((8 * n, 0, 1) for n in range(10_000)))

    started = time.perf_counter()
    reasons = reasons_for_matches(problem, result, range(0, 80_000, 8), "zh")

    assert set(reasons) == {"从 8 项合适的资源中选出；标签「法律」吻合；资源已全部用上。"}
    assert time.perf_counter() - started < 4  # about 0.5 s here, alone
