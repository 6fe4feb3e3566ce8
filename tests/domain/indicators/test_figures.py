"""Each indicator over March 2026 against numbers worked out by hand."""

from datetime import date
from math import log

import pytest

from binglian.domain.coupling.models import CouplingRun
from binglian.domain.governance.models import Decision, Meeting
from binglian.domain.indicators.figures import read
from binglian.domain.indicators.measures import BY_CODE, INDICATORS
from binglian.domain.indicators.periods import Period, month, months_until, read_period, year
from binglian.domain.projects.models import ApprovalItem

from .conftest import at, on

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


@pytest.fixture
def march(alliance, communities, promised, asked, project, task, plan, secretariat):
    # Six fulfilled: two by builders, two by the shop and the society, one by each other.
    promised("giving", "needing", accepted=2, due=10, delivered=9)
    promised("giving", "needing", accepted=3, due=10, delivered=12)  # late
    promised("needing", "giving", accepted=4, due=20, delivered=20)
    promised("shop", "needing", accepted=6, due=31, delivered=15)
    promised("society", "shop", accepted=9, due=31, delivered=30)  # both of one category
    promised("a", "needing", accepted=3, delivered=5)  # no day to keep
    promised("giving", "b", accepted=13, due=25)  # not kept
    promised("shop", "a", accepted=16, due=27, delivered=26, judged=False)  # not counted yet
    promised("society", "needing")  # proposed only

    asked("甲院", due=12, answered=10)
    asked("甲院", due=12)  # overdue
    asked("乙院", is_public=False)  # not dispatched
    asked("丙院", due=20, answered=23)  # late
    asked("丁院", due=20, answered=19, is_public=False)
    asked("戊院", answered=24)
    asked("己院", state="diverted")
    asked(due=30, answered=25)

    item = ApprovalItem.objects.create(
        alliance=alliance, code="X1", title_zh="许可", statutory_days=10, pledged_days=5
    )
    whole = project("b", "needing", "firm")
    first = task(whole, "a", 5, ("accepted", 4), ("passed", 6), item=item)  # two days waited for
    task(whole, "giving", 20, ("accepted", 10), ("passed", 31), after=first)  # the owner's own day
    plan(whole, 100)
    whole.state, whole.finished_on = "finished", on(31)
    whole.save()
    for _ in range(4):
        project()

    for number, published in enumerate((at(5), at(20), at(31), None), 10):  # the term ends on 30
        CouplingRun.objects.create(
            alliance=alliance,
            number=number,
            title="轮",
            asked_by=secretariat,
            state="published" if published else "proposed",
            finished_at=at(2),
            published_at=published,
        )
    Decision.objects.create(
        alliance=alliance, act="coupling.publication", object_ids=[1], digest="", state="in_force",
        asked_by=secretariat, settled_at=at(10),
    )  # fmt: skip
    Meeting.objects.create(
        alliance=alliance, number=1, minutes_long=60, starts_at=at(10), topics_due_on=on(5),
        agenda_due_on=on(6), superiors_due_on=on(6), state="minuted", minuted_at=at(12),
        minuted_by=secretariat, chair=alliance.lead_a,
    )  # fmt: skip
    alliance.published = ["resolutions"]
    alliance.save()


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
