"""Which offers fit which needs: one claim per rule."""

from datetime import date

import pytest

from binglian.engine.coupling.candidates import Rule, distance_km, find_pairs, fit_of, why_not
from binglian.engine.coupling.problem import Component, Pair, Window
from binglian.engine.coupling.units import same_unit

from .builders import TUESDAY_AFTERNOON, WEEKEND, a_need, an_offer

pytestmark = pytest.mark.once

TOWN = {"longitude": 120.31, "latitude": 36.06}
FAR_OFF = {"longitude": 120.45, "latitude": 36.06}  # 12.6 km east


def rules_broken(offer, need):
    return why_not(offer, need, need.components[0])


def asking(**facts):
    component = {"kind": "seats", "quantity": 10}
    component.update({k: facts.pop(k) for k in ("tags", "unit", "kind") if k in facts})
    return a_need(components=(Component(**component),), **facts)


@pytest.mark.parametrize(
    ("offer", "need", "rules"),
    [
        ({}, {}, ()),
        ({"kind": "venue"}, {}, (Rule.KIND,)),
        ({"organisation": "需方"}, {}, (Rule.OWN,)),
        ({"excludes": {"需方"}}, {}, (Rule.EXCLUDED,)),
        ({}, {"rules_out": {"供方"}}, (Rule.RULED_OUT,)),
        ({"conditions": {"收费"}}, {"refuses": {"收费", "限噪音"}}, (Rule.CONDITION,)),
        ({"conditions": {"需预约"}}, {"refuses": {"收费"}}, ()),
        ({"tags": {"法律"}}, {"tags": {"医疗"}}, (Rule.TAGS,)),
        ({"tags": {"法律", "讲座"}}, {"tags": {"法律", "调解"}}, ()),
        ({"tags": {"法律"}}, {}, ()),
        ({"unit": "小时"}, {"unit": "人"}, (Rule.UNIT,)),
        ({"unit": "课时"}, {"unit": "小时"}, ()),
        ({"unit": "名"}, {"unit": ""}, ()),
        ({"windows": (WEEKEND,)}, {"windows": (TUESDAY_AFTERNOON,)}, (Rule.TIME,)),
        ({"windows": (WEEKEND, TUESDAY_AFTERNOON)}, {"windows": (TUESDAY_AFTERNOON,)}, ()),
        ({"windows": (WEEKEND,)}, {}, ()),
        (TOWN, {**FAR_OFF, "within_km": 12.0}, (Rule.DISTANCE,)),
        (TOWN, {**FAR_OFF, "within_km": 13.0}, ()),
        ({}, {**FAR_OFF, "within_km": 1.0}, ()),
        (
            {"tags": {"法律"}, "windows": (WEEKEND,)},
            {"tags": {"医疗"}, "windows": (TUESDAY_AFTERNOON,)},
            (Rule.TAGS, Rule.TIME),
        ),
    ],
)
def test_every_rule_is_named(offer, need, rules):
    assert rules_broken(an_offer(**offer), asking(**need)) == rules


@pytest.mark.parametrize(
    ("offered", "needed", "fits"),
    [
        (Window(start_minute=540, end_minute=660), Window(start_minute=630, end_minute=700), True),
        (Window(start_minute=540, end_minute=660), Window(start_minute=640, end_minute=700), False),
        (Window(start_minute=540, end_minute=560), Window(start_minute=500, end_minute=700), True),
    ],
)
def test_half_an_hour_or_all_of_a_shorter_window_is_shared(offered, needed, fits):
    broken = rules_broken(an_offer(windows=(offered,)), asking(windows=(needed,)))

    assert broken == (() if fits else (Rule.TIME,))


def test_a_weekday_counts_only_if_it_occurs_between_the_days():
    wednesday = date(2026, 3, 4).toordinal()
    offer = an_offer(windows=(Window(wednesday, wednesday + 2),))

    assert rules_broken(offer, asking(windows=(WEEKEND,))) == (Rule.TIME,)


def test_an_offer_that_begins_after_the_deadline_comes_too_late():
    opening = date(2026, 3, 4).toordinal()
    offer = an_offer(windows=(Window(opening, None),))

    assert rules_broken(offer, asking(deadline=opening - 1)) == (Rule.TIME,)
    assert rules_broken(offer, asking(deadline=opening)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("个", "只"),
        ("人", "名"),
        ("位", "座"),
        ("小时", "课时"),
        ("㎡", "平方米"),
        ("ＫＧ", "公斤"),
    ],
)
def test_units_that_mean_the_same_are_one(one, other):
    assert same_unit(one) == same_unit(other)


def test_distance_is_measured_on_the_globe():
    distance = distance_km(an_offer(**TOWN), a_need(**FAR_OFF))

    assert distance == pytest.approx(12.6, abs=0.05)


def test_fit_grows_with_tags_nearness_and_preference():
    need = asking(tags={"法律", "讲座"}, prefers={"甲"}, **TOWN)
    plain = an_offer("乙", tags={"法律"}, **FAR_OFF)
    richer = an_offer("乙", tags={"法律", "讲座"}, **FAR_OFF)
    nearer = an_offer("乙", tags={"法律", "讲座"}, **TOWN)
    preferred = an_offer("甲", tags={"法律", "讲座"}, **TOWN)

    fits = [fit_of(o, need, need.components[0]) for o in (plain, richer, nearer, preferred)]

    assert fits == [0.25, 0.5, 0.75, 1.0]


def test_pairs_are_exactly_those_that_break_no_rule():
    offers = [an_offer("甲", tags={"法律"}), an_offer("乙", tags={"医疗"}), an_offer("需方")]
    needs = [asking(tags={"法律", "医疗"}), asking(), asking(kind="venue")]

    assert find_pairs(offers, needs) == (
        Pair(0, 0, 0, 0.6),
        Pair(1, 0, 0, 0.6),
        Pair(0, 1, 0, 0.9),
        Pair(1, 1, 0, 0.9),
    )


def test_only_the_best_fitting_offers_are_kept_on_request():
    offers = [an_offer("甲", **FAR_OFF), an_offer("乙", **TOWN), an_offer("丙", **FAR_OFF)]

    pairs = find_pairs(offers, [asking(**TOWN)], most_per_component=1)

    assert pairs == (Pair(1, 0, 0, 1.0),)
