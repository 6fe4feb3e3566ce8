"""Each indicator over March 2026 against numbers worked out by hand."""

from datetime import date
from math import log

import pytest

from binglian.domain.indicators.figures import read
from binglian.domain.indicators.measures import BY_CODE, INDICATORS
from binglian.domain.indicators.periods import Period, month, months_until, read_period, year

MARCH = month(date(2026, 3, 1))

#: Code → numerator, denominator, value; the sums stand beside ``march``.
BY_HAND = {
    "C1": (3, 5, 3 / 5),
    "C2": (1, 5, 1 / 5),
    "C3": (4, 5, 4 / 5),
    "W1": (4, 5, 4 / 5),
    "W2": (5, 7, 5 / 7),
    "W3": (2 / 3 * log(3) + 1 / 3 * log(6), log(6), (2 / 3 * log(3) + 1 / 3 * log(6)) / log(6)),
    "O1": (3, 6, 1 / 2),
    "O2": (5, 6, 5 / 6),
    "O3": (4, 7, 4 / 7),
    "D1": (80, 100, 0.8),
    "D2": (4, 6, 2 / 3),
    "D3": (1, 7, 1 / 7),
    "E1": (3, 8, 3),
    "E1-90": (10, 8, 10),
    "E2": (4, 6, 2 / 3),
    "E3": (2, 22, 1 / 11),
}


def test_every_indicator_is_worked_out_by_hand_here():
    assert [indicator.code for indicator in INDICATORS] == list(BY_HAND)


@pytest.mark.parametrize(("code", "expected"), BY_HAND.items())
def test_it_counts_what_it_says(march, records, code, expected):
    found = read(BY_CODE[code], records(), MARCH)

    figure = (found.figure.numerator, found.figure.denominator, found.value)
    assert figure == pytest.approx(expected)


@pytest.mark.parametrize("code", sorted(BY_HAND.keys() - {"W2", "C2"}))
def test_before_anything_happened_there_is_nothing_to_tell(march, records, code):
    # Areas and organisations carry no day of their own, so the register is the one exception.
    empty = (0.0, 5.0) if code in ("C1", "W1") else (0.0, log(6) if code == "W3" else 0.0)
    found = read(BY_CODE[code], records(), month(date(2021, 1, 1)))

    assert (found.figure.numerator, found.figure.denominator) == empty
    assert found.value in (None, 0.0)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.code)
def test_an_empty_alliance_has_no_figure(alliance, records, indicator):
    found = read(indicator, records(), MARCH)

    assert found.value is None


def test_less_than_five_is_counted_but_not_told(records, promised):
    for _ in range(4):
        promised("giving", "needing", accepted=2, due=10, delivered=9)

    found = read(BY_CODE["D2"], records(), MARCH)

    assert (found.figure.numerator, found.figure.denominator, found.value) == (4, 4, None)

    promised("giving", "needing", accepted=2, due=10)

    assert read(BY_CODE["D2"], records(), MARCH).value == 4 / 5


def test_the_cases_are_the_figure(march, records):
    at_end = records()
    for indicator in INDICATORS:
        found = read(indicator, at_end, MARCH)
        if indicator.figure.__name__ == "share":
            assert sum(case.part for case in found.cases) == found.figure.numerator
            assert sum(case.whole for case in found.cases) == found.figure.denominator


def test_a_period_that_has_not_begun_has_no_figure(march, records):
    assert read(BY_CODE["W2"], records(), year(2027)).is_empty


def test_periods_are_read_from_an_address():
    assert read_period("2026") == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert read_period("2026-02") == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert [read_period(text) for text in ("2026-13", "26", "", "2026-1")] == [None] * 4
    assert [str(one) for one in months_until(date(2026, 1, 5), 3)] == [
        "2025-11",
        "2025-12",
        "2026-01",
    ]


@pytest.mark.usefixtures("march")
def test_records_of_every_kind_are_read_in_one_statement(records, django_assert_num_queries):
    kinds = (
        "roll", "commitments", "topics", "joint_matters", "projects", "findings", "books",
        "publications",
    )  # fmt: skip
    alone, together = records(), records()
    with django_assert_num_queries(1):
        together.prepare(*kinds)
    with django_assert_num_queries(0):
        told = [(one.title, str(one.giver), str(one.receiver)) for one in together.commitments]

    assert told == [(one.title, str(one.giver), str(one.receiver)) for one in alone.commitments]
    assert (together.topics, together.projects) == (alone.topics, alone.projects)
    assert together.members == alone.members
    assert together.publications == alone.publications
    assert min(len(told), len(together.topics), len(together.projects)) > 2
