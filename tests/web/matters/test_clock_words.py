"""A deadline in words, by the clock it is counted with."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import get_current_timezone

from binglian.domain.matters.models import Clock
from binglian.web.matters.clock_words import words_until


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=get_current_timezone())


@pytest.mark.once
@pytest.mark.parametrize(
    ("now", "said"),
    [
        (_at(25, 9), "还剩 2 个工作日"),
        (_at(27, 9), "今天到期"),
        (_at(27, 19), "逾期，今天到期"),
        (_at(29, 9), "逾期不到 1 个工作日"),
        (_at(30, 9), "逾期 1 个工作日"),
    ],
    ids=["Wednesday", "Friday", "Friday evening", "Sunday", "Monday"],
)
def test_what_was_due_on_friday_is_told_in_working_days(now: datetime, said: str) -> None:
    assert words_until(_at(27, 18), Clock.WORKING_DAYS, now) == said
