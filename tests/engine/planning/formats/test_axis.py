"""Claims on the axis between units and dates, and on counting worked units."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binglian.engine.planning.formats import Axis, Unit, lay_axis
from binglian.engine.planning.formats.dated.worked import Worked
from binglian.engine.planning.formats.dated.working_time import OFFICE, WorkingTime, shared

pytestmark = pytest.mark.once

MONDAY = datetime.fromisoformat("2026-03-02T00:00:00")
OFFICE_WEEK = WorkingTime([OFFICE] * 5 + [()] * 2)

#: Working weeks of whole hours, each day with one stretch or none.
weeks = st.lists(
    st.none() | st.tuples(st.integers(0, 11), st.integers(12, 24)), min_size=7, max_size=7
).map(lambda days: WorkingTime([((60 * d[0], 60 * d[1]),) if d else () for d in days]))
closures = st.lists(st.integers(1, 6), max_size=6).map(
    lambda steps: [
        (sum(steps[:k]) + 2 * k, sum(steps[:k]) + 2 * k + 1) for k in range(1, len(steps) + 1)
    ]
)


def office_axis(days=28):
    return lay_axis(Unit.MINUTES, MONDAY, 60, {"office": OFFICE_WEEK.laid_out(MONDAY, days)})


def test_nights_noons_and_weekends_are_no_part_of_the_axis():
    axis, closed = office_axis()

    assert closed == {"office": ()}
    assert axis.begins(0) == MONDAY + timedelta(hours=8)
    assert (axis.ends(4), axis.begins(4)) == (
        MONDAY + timedelta(hours=12),
        MONDAY + timedelta(hours=13),
    )
    assert axis.begins(40) == MONDAY + timedelta(days=7, hours=8)


def test_a_moment_out_of_hours_counts_what_is_over_and_waits_for_what_comes():
    axis, _ = office_axis()
    saturday = MONDAY + timedelta(days=5)

    assert (axis.units_until(saturday), axis.unit_from(saturday)) == (40, 40)
    half_past_nine = MONDAY + timedelta(hours=9, minutes=30)
    assert (axis.units_until(half_past_nine), axis.unit_from(half_past_nine)) == (1, 2)


@given(unit=st.integers(0, 400))
def test_units_and_their_moments_lead_back_to_one_another(unit):
    axis, _ = office_axis()

    assert axis.unit_from(axis.begins(unit)) == unit
    assert axis.units_until(axis.ends(unit)) == unit


@given(one=weeks, other=weeks)
def test_each_calendar_works_where_it_is_not_closed(one, other):
    worked = {"one": one.laid_out(MONDAY, 14), "other": other.laid_out(MONDAY, 14)}
    axis, closed = lay_axis(Unit.MINUTES, MONDAY, 60, worked)

    for name, stretches in worked.items():
        is_open = {minute for first, last in stretches for minute in range(first, last, 60)}
        shut = {unit for first, last in closed[name] for unit in range(first, last)}
        units = max((last for first, last in closed[name]), default=0)
        for unit in range(units):
            minute = (axis.begins(unit) - MONDAY) // timedelta(minutes=1)
            assert (minute in is_open) == (unit not in shut)


@given(one=weeks, other=weeks)
def test_calendars_share_the_hours_in_which_both_work(one, other):
    both = shared([one, other])

    for day in range(7):
        date = MONDAY.date() + timedelta(days=day)
        hours = [
            {minute for first, last in time.hours_on(date) for minute in range(first, last)}
            for time in (one, other, both)
        ]
        assert hours[0] & hours[1] == hours[2]


@given(closed=closures, start=st.integers(0, 40), duration=st.integers(1, 12))
def test_worked_units_are_counted_as_by_walking_along(closed, start, duration):
    shut = {unit for first, last in closed for unit in range(first, last)}
    is_open = [unit for unit in range(200) if unit not in shut]
    clock = Worked(closed)

    assert clock.before(start) == sum(unit < start for unit in is_open)
    first = next(k for k, unit in enumerate(is_open) if unit >= start)
    finish = is_open[first + duration - 1] + 1
    assert clock.finish(start, duration) == finish
    earliest = next(
        unit for k, unit in enumerate(is_open) if is_open[k + duration - 1] + 1 >= finish
    )
    assert clock.start_to_finish_from(finish, duration) == earliest


def test_an_axis_without_dates_has_no_moments():
    assert (Axis().begins(5), Axis().ends(5)) == (None, None)


def test_dates_end_with_the_calendar():
    assert Axis(Unit.DAY, MONDAY).begins(10**9).year == 9999
