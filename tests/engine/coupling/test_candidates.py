"""Which offers fit which needs: one claim per rule."""

import random
from datetime import date

import numpy as np
import pytest

from binglian.engine.coupling.candidates.finding import (
    Rule,
    distance_km,
    find_pairs,
    fit_of,
    why_not,
)
from binglian.engine.coupling.problem import Component, Need, Offer, Pair, Pairs, Window
from binglian.engine.coupling.slots import HALF_DAYS, slots_of_need, slots_of_offer
from binglian.engine.coupling.units import same_unit

from .builders import TUESDAY_AFTERNOON, WEEKEND, a_need, an_offer
from .descriptions import ASKED, OFFERED, described

pytestmark = pytest.mark.once

TOWN = {"longitude": 120.31, "latitude": 36.06}
FAR_OFF = {"longitude": 120.45, "latitude": 36.06}  # 12.6 km east


def rules_broken(offer, need):
    return why_not(offer, need, need.components[0])


def asking(**facts):
    component = {"kind": "seats", "quantity": 10}
    component.update({k: facts.pop(k) for k in ("tags", "unit", "kind", "text") if k in facts})
    return a_need(components=(Component(**component),), **facts)


@pytest.mark.parametrize(
    ("offer", "need", "rules"),
    [
        ({}, {}, ()),
        ({"kind": "venue"}, {}, (Rule.KIND,)),
        ({"organisation": "需方"}, {}, (Rule.OWN,)),
        ({"excludes": {"需方"}}, {}, (Rule.EXCLUDED,)),
        ({"only_for": {"别人"}}, {}, (Rule.EXCLUDED,)),
        ({"only_for": {"需方", "别人"}}, {}, ()),
        ({}, {"rules_out": {"供方"}}, (Rule.RULED_OUT,)),
        ({"conditions": {"收费"}}, {"refuses": {"收费", "限噪音"}}, (Rule.CONDITION,)),
        ({"conditions": {"需预约"}}, {"refuses": {"收费"}}, ()),
        ({"tags": {"法律"}}, {"tags": {"医疗"}}, (Rule.TAGS,)),
        ({"tags": {"法律", "讲座"}}, {"tags": {"法律", "调解"}}, ()),
        ({"tags": {"法律"}}, {}, ()),
        ({"text": "免费法律咨询"}, {"tags": {"法律"}, "text": "需要法律咨询"}, ()),
        ({"text": "羽毛球场地"}, {"tags": {"法律"}, "text": "需要法律咨询"}, (Rule.TAGS,)),
        ({"text": "羽毛球场地"}, {"text": "需要法律咨询"}, ()),
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


def test_the_wishes_of_both_sides_share_a_quarter_of_the_fit():
    need = asking(prefers={"甲"}, **TOWN)
    wishes = [("甲", {"需方"}), ("甲", {"别人"}), ("乙", {"需方"}), ("乙", {"别人"}), ("乙", ())]
    offers = [an_offer(name, prefers=liked, **TOWN) for name, liked in wishes]

    fits = [fit_of(offer, need, need.components[0]) for offer in offers]

    assert fits == [1.0, 0.9, 0.9, 0.75, 0.75]


def test_texts_count_for_fit_where_tags_do_not_meet():
    need = asking(tags={"法律", "讲座"}, text="需要法律咨询", **TOWN)
    by_tag = an_offer(tags={"法律"}, text="羽毛球", **TOWN)
    by_text = an_offer(text="需要法律咨询", **TOWN)

    fits = [fit_of(offer, need, need.components[0]) for offer in (by_tag, by_text)]

    assert fits == [0.75, 1.0]


def test_pairs_are_exactly_those_that_break_no_rule():
    offers = [an_offer("甲", tags={"法律"}), an_offer("乙", tags={"医疗"}), an_offer("需方")]
    needs = [asking(tags={"法律", "医疗"}), asking(), asking(kind="venue")]

    assert find_pairs(offers, needs) == Pairs.of(
        [Pair(0, 0, 0, 0.6), Pair(1, 0, 0, 0.6), Pair(0, 1, 0, 0.9), Pair(1, 1, 0, 0.9)]
    )


WORDS = ("法律", "讲座", "医疗", "亲子", "助老")
TEAMS = ("甲", "乙", "丙", "丁", "戊", "己")
DAY_ONE = date(2026, 3, 2).toordinal()


def some(pick: random.Random, words, chance=0.3, most=3):
    chosen = frozenset(pick.sample(words, pick.randint(1, most)))
    return chosen if pick.random() < chance else frozenset()


def some_windows(pick: random.Random):
    def one():
        first = pick.choice((None, DAY_ONE + pick.randrange(20)))
        last = pick.choice((None, (first or DAY_ONE) + pick.randrange(9)))
        start = pick.choice((0, 480, 600, 840))
        end = start + pick.choice((20, 45, 180, 600))
        return Window(first, last, pick.randint(1, 127), start, end)

    return tuple(one() for _ in range(pick.choice((0, 0, 1, 1, 2, 3))))


def some_place(pick: random.Random):
    kind = pick.random()
    if kind < 0.15:
        return {}
    if kind < 0.3:  # about the north pole
        return {"longitude": pick.uniform(-180, 180), "latitude": pick.uniform(89.9, 90)}
    if kind < 0.5:  # both sides of the date line
        east = pick.uniform(-0.1, 0.1)
        east += 180 if east < 0 else -180
        return {"longitude": east, "latitude": pick.uniform(-0.1, 0.1)}
    return {"longitude": pick.uniform(120.2, 120.4), "latitude": pick.uniform(36, 36.2)}


def everything_possible(seed: int, offers=60, needs=40):
    """Return lists in which every rule and every wish occurs."""
    pick = random.Random(seed)
    written, _ = described(offers, OFFERED, seed)
    asked, _ = described(3 * needs, ASKED, seed)
    given = [
        Offer(
            f"O{o}", pick.choice(TEAMS), "资源", pick.choice(("venue", "seats")),
            pick.randint(0, 9), some(pick, WORDS, 0.8), pick.choice(("", "间", "处", "人")),
            pick.choice((1, 1, 5)), some_windows(pick),
            conditions=some(pick, ("收费", "限噪音"), 0.3, 2), excludes=some(pick, TEAMS),
            only_for=some(pick, TEAMS, 0.2), prefers=some(pick, TEAMS),
            text=pick.choice(("", "…", written[o])), **some_place(pick),
        )
        for o in range(offers)
    ]  # fmt: skip
    wanted = [
        Need(
            f"N{n}", pick.choice(TEAMS), "需求",
            tuple(
                Component(
                    pick.choice(("venue", "seats", "funds")), pick.randint(1, 9),
                    tags=some(pick, WORDS, 0.7), unit=pick.choice(("", "间", "名")),
                    text=pick.choice(("", "…", asked[3 * n + c])),
                )
                for c in range(pick.randint(1, 3))
            ),
            deadline=pick.choice((None, None, DAY_ONE + 3)), windows=some_windows(pick),
            within_km=pick.choice((None, 1e-3, 3.0, 8.0, 1e9)), prefers=some(pick, TEAMS),
            rules_out=some(pick, TEAMS), refuses=some(pick, ("收费", "限噪音"), 0.3, 2),
            **some_place(pick),
        )
        for n in range(needs)
    ]  # fmt: skip
    return given, wanted


def by_definition(offers, needs, slots=()):
    there = [set(slots_of_offer(offer, slots)) for offer in offers]
    suits = [set(slots_of_need(need, slots)) for need in needs]
    return Pairs.of(
        Pair(o, n, c, fit_of(offer, need, component))
        for n, need in enumerate(needs)
        for c, component in enumerate(need.components)
        for o, offer in enumerate(offers)
        if there[o] & suits[n] and not why_not(offer, need, component)
    )


@pytest.mark.parametrize("slots", [(), HALF_DAYS, (TUESDAY_AFTERNOON,) * 70 + (WEEKEND,)])
@pytest.mark.parametrize("seed", range(6))
def test_the_search_agrees_with_the_definition(seed, slots):
    offers, needs = everything_possible(seed)

    assert find_pairs(offers, needs, slots=slots) == by_definition(offers, needs, slots)


def test_windows_too_many_for_a_table_are_compared_one_by_one(monkeypatch):
    monkeypatch.setattr("binglian.engine.coupling.candidates.finding.LARGEST_TABLE", 0)
    offers, needs = everything_possible(7)

    found = find_pairs(offers, needs, slots=HALF_DAYS)

    assert found == by_definition(offers, needs, HALF_DAYS)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [1, 4])
def test_the_pairs_kept_are_the_best_of_all(seed, most):
    offers, needs = everything_possible(seed, offers=150)

    kept = find_pairs(offers, needs, most_per_component=most)

    best: dict[tuple[int, int], list[tuple[bool, float]]] = {}
    listed: dict[tuple[int, int], list[tuple[bool, float]]] = {}
    for pairs, into in ((find_pairs(offers, needs), best), (kept, listed)):
        for pair in pairs:
            wanted = needs[pair.need].components[pair.component].quantity
            offer = offers[pair.offer]
            is_useful = offer.quantity > 0 and offer.lot <= wanted
            into.setdefault((pair.need, pair.component), []).append((is_useful, pair.fit))
    assert {key: sorted(values) for key, values in listed.items()} == {
        key: sorted(sorted(values, reverse=True)[:most]) for key, values in best.items()
    }


def test_the_number_of_threads_changes_nothing(monkeypatch):
    monkeypatch.setattr("binglian.engine.coupling.candidates.finding.BLOCK", 7)
    offers, needs = everything_possible(1)

    alone = find_pairs(offers, needs, most_per_component=3, threads=1)

    assert find_pairs(offers, needs, most_per_component=3, threads=3) == alone


def test_needs_that_ask_for_anything_are_sent_to_different_offers():
    offers = [an_offer(f"供方{o}") for o in range(500)]
    needs = [asking() for _ in range(100)]

    pairs = find_pairs(offers, needs, most_per_component=4)

    assert len(pairs) == 400
    assert np.bincount(pairs.offer).max() <= 8


def test_offers_whose_smallest_lot_is_too_large_come_last():
    offers = [an_offer("甲", lot=11), an_offer("乙", prefers={"别人"})]

    pairs = find_pairs(offers, [asking()], most_per_component=1)

    assert list(pairs) == [Pair(1, 0, 0, 0.6)]


def test_nothing_is_found_among_no_rows():
    assert find_pairs([], []) == find_pairs([], [asking()]) == Pairs.of([])
    assert find_pairs([an_offer()], []) == Pairs.of([])


def test_at_least_one_pair_must_be_wanted():
    with pytest.raises(ValueError, match="most_per_component: 0 is less than 1"):
        find_pairs([], [], most_per_component=0)


def test_only_the_best_fitting_offers_are_kept_on_request():
    offers = [an_offer("甲", **FAR_OFF), an_offer("乙", **TOWN), an_offer("丙", **FAR_OFF)]

    pairs = find_pairs(offers, [asking(**TOWN)], most_per_component=1)

    assert list(pairs) == [Pair(1, 0, 0, 1.0)]
