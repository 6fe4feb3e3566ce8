"""Deadlines by three clocks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binglian.engine.working_time import (
    OFFICIAL,
    Counting,
    Stop,
    WorkingCalendar,
    deadline,
    warning_at,
)

pytestmark = pytest.mark.once

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS, DAYS, WORKING_DAYS = Counting.HOURS, Counting.CALENDAR_DAYS, Counting.WORKING_DAYS


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-09-29", 5, "2025-10-13"),
        ("2026-02-11", 5, "2026-02-25"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_working_days_skip_the_holidays_and_count_the_weekends_worked_for_them(start, count, end):
    assert deadline(at(start), count, WORKING_DAYS).at == at(end, 23, 59) + timedelta(seconds=59)


@pytest.mark.parametrize(
    ("year", "count"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_a_year_has_as_many_working_days_as_announced(year, count):
    assert OFFICIAL.working_days_between(date(year, 1, 1), date(year, 12, 31)) == count


def test_hours_run_through_the_night_and_the_weekend():
    assert deadline(at("2026-09-18", 17, 30), 24, HOURS).at == at("2026-09-19", 17, 30)


def test_calendar_days_end_with_their_last_second():
    found = deadline(at("2026-09-18", 17), 15, DAYS)

    assert found.at == at("2026-10-03", 23, 59) + timedelta(seconds=59)


def test_hours_stand_still_to_the_minute():
    stops = [Stop(at("2026-09-18", 12), at("2026-09-18", 13, 30))]

    assert deadline(at("2026-09-18", 10), 4, HOURS, stops=stops).at == at("2026-09-18", 15, 30)


def test_days_go_on_with_the_day_on_which_the_clock_starts_again():
    # Monday to Wednesday: Monday and Tuesday are not counted, Wednesday is the first.
    stops = [Stop(at("2026-09-07", 9), at("2026-09-09", 16))]

    found = deadline(at("2026-09-04"), 2, WORKING_DAYS, stops=stops)

    assert found.at.date() == date(2026, 9, 10)


def test_a_stop_within_one_day_loses_no_day():
    stops = [Stop(at("2026-09-07", 9), at("2026-09-07", 16))]

    assert deadline(at("2026-09-04"), 1, WORKING_DAYS, stops=stops).at.date() == date(2026, 9, 7)


def test_a_stop_after_the_deadline_changes_nothing():
    stops = [Stop(at("2026-09-20"), at("2026-09-22"))]

    assert deadline(at("2026-09-18", 10), 4, HOURS, stops=stops).at == at("2026-09-18", 14)


def test_working_days_that_reach_a_year_not_announced_are_provisional():
    assert not deadline(at("2026-12-30"), 1, WORKING_DAYS).is_provisional
    assert deadline(at("2026-12-30"), 2, WORKING_DAYS).is_provisional
    assert not deadline(at("2026-12-30"), 2, DAYS).is_provisional


def test_a_calendar_from_a_file_makes_the_year_known():
    calendar = WorkingCalendar({date(2027, 1, 1): False, date(2027, 1, 3): True}, frozenset({2027}))

    found = deadline(at("2026-12-30"), 2, WORKING_DAYS, calendar=calendar)

    # 31 December, then 3 January, a Sunday worked for the holiday.
    assert (found.at.date(), found.is_provisional) == (date(2027, 1, 3), False)


def test_a_warning_comes_after_four_fifths_of_the_time():
    assert warning_at(at("2026-09-18", 10), at("2026-09-18", 15)) == at("2026-09-18", 14)


@pytest.mark.parametrize("amount", [0, -3])
def test_a_period_lasts_longer_than_nothing(amount):
    with pytest.raises(ValueError, match="A period lasts longer"):
        deadline(at("2026-09-18"), amount, HOURS)


def test_an_instant_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="needs its time zone"):
        deadline(datetime(2026, 9, 18), 1, HOURS)  # noqa: DTZ001


@given(st.dates(date(2022, 1, 1), date(2026, 10, 1)), st.integers(1, 40), st.integers(0, 9))
def test_standing_still_longer_never_ends_earlier(day, amount, length):
    start = at(day.isoformat())
    stop = Stop(start + timedelta(days=1), start + timedelta(days=1 + length))
    for counting in Counting:
        without = deadline(start, amount, counting).at
        assert deadline(start, amount, counting, stops=[stop]).at >= without
