"""Claims on how lengths are told."""

from binglian.engine.planning.wording import HOURS, WORKING_DAYS, Wording


def test_units_of_two_hours_are_told_in_hours():
    chinese = Wording("zh", unit=HOURS, scale=2)
    english = Wording("en", unit=HOURS, scale=0.5)

    assert chinese.length(12) == "24 小时"
    assert [english.length(units) for units in (1, 2, 3)] == ["0.5 hours", "1 hour", "1.5 hours"]


def test_long_lengths_are_told_to_the_last_digit():
    assert Wording("zh", unit=WORKING_DAYS).length(12_345_678) == "12345678 个工作日"
