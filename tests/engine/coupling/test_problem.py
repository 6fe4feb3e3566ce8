"""Problems check themselves and name what is wrong."""

from fractions import Fraction

import pytest

from binglian.engine.coupling.problem import (
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Pair,
    Window,
    weight_of,
)

from .builders import a_need, an_offer

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"quantity": -1}, "Offer R7: quantity -1 is negative"),
        ({"lot": 0}, "Offer R7: lot 0 is less than 1"),
        ({"kind": ""}, "Offer R7: has no kind"),
        ({"tags": "法律"}, "Offer R7 tags: expected several words"),
        ({"longitude": 120.3}, "Offer R7: needs both longitude and latitude"),
        ({"longitude": 120.3, "latitude": 95.0}, "Offer R7: latitude 95.0 is not on the map"),
    ],
)
def test_a_wrong_offer_is_refused_by_name(facts, complaint):
    with pytest.raises(ValueError, match=complaint):
        an_offer(ref="R7", **facts)


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"components": ()}, "Need N3: has no component"),
        ({"priority": 4}, "Need N3: priority 4 is not 1, 2 or 3"),
        ({"beneficiaries": -2}, "Need N3: -2 beneficiaries"),
        ({"max_suppliers": 0}, "Need N3: max_suppliers 0 is less than 1"),
        ({"within_km": 0.0}, "Need N3: within_km 0.0 <= 0"),
    ],
)
def test_a_wrong_need_is_refused_by_name(facts, complaint):
    with pytest.raises(ValueError, match=complaint):
        a_need(ref="N3", **facts)


def test_a_component_asks_for_at_least_one():
    with pytest.raises(ValueError, match="Component 投影仪: quantity 0 is less than 1"):
        Component("equipment", 0, title="投影仪")


@pytest.mark.parametrize(
    "facts",
    [
        {"first_day": 9, "last_day": 8},
        {"weekdays": 0},
        {"weekdays": 128},
        {"start_minute": 600, "end_minute": 600},
        {"end_minute": 1441},
    ],
)
def test_a_window_is_a_stretch_of_real_time(facts):
    with pytest.raises(ValueError, match="Window"):
        Window(**facts)


@pytest.mark.parametrize(
    ("pairs", "kept", "complaint"),
    [
        ((Pair(1, 0, 0),), (), "Pair 0: there is no offer 1"),
        ((Pair(0, 1, 0),), (), "Pair 0: there is no need 1"),
        ((Pair(0, 0, 1),), (), "Pair 0: no component 1"),
        ((Pair(0, 0, 0, 1.2),), (), "Pair 0: fit 1.2"),
        ((Pair(0, 0, 0), Pair(0, 0, 0)), (), "the same pair is listed twice"),
        ((), (Kept(0, 0, 0, 0),), "Kept 0: quantity 0"),
    ],
)
def test_pairs_and_commitments_point_at_what_exists(pairs, kept, complaint):
    with pytest.raises(ValueError, match=complaint):
        CouplingProblem((an_offer(),), (a_need(),), pairs, kept)


def test_words_may_come_in_any_collection():
    offer = Offer("R1", "甲", "讲座", "seats", 1, tags=["法律", "讲座"])

    assert offer.tags == frozenset({"法律", "讲座"})


@pytest.mark.parametrize(
    ("priority", "beneficiaries", "weight"),
    [
        (1, 0, Fraction(1)),
        (2, 0, Fraction(3)),
        (3, 0, Fraction(9)),
        (1, 100, Fraction(11, 4)),
        (3, 1000, Fraction(63, 2)),
    ],
)
def test_weight_grows_with_priority_and_slowly_with_beneficiaries(priority, beneficiaries, weight):
    need = Need(
        "N1", "乙", "", (Component("seats", 1),), priority=priority, beneficiaries=beneficiaries
    )

    assert weight_of(need) == weight
