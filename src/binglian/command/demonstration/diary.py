"""What happens in the demonstration, day by day, each act by the clock of its own day.

Ledger, deadlines and figures then agree as they do where people have worked for months. The
product has no clock that can be set: this one is put in while the demonstration is built, by a
process that serves nobody, and taken out again.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from itertools import count

from django.utils import timezone

from binglian.domain.alliance.models import today

#: An act of somebody, everything known but its day.
Act = Callable[[], object]


class Diary:
    """Acts still to come; those of one day in the order in which they were noted."""

    def __init__(self) -> None:
        self.today = today()
        self._pages: list[tuple[date, int, Act]] = []
        self._numbers = count()

    def ago(self, days: int) -> date:
        """The day so many days before today; after it, if below 0."""
        return self.today - timedelta(days=days)

    def on(self, day: date, act: Act) -> None:
        """Note an act; what is noted for days gone by happens on the day the diary has come to."""
        heapq.heappush(self._pages, (min(day, self.today), next(self._numbers), act))

    def carry_out(self) -> None:
        """Carry out everything, the earliest first; an act may note further ones."""
        reached = date.min
        while self._pages:
            day, _number, act = heapq.heappop(self._pages)
            reached = max(reached, day)
            with _by_the_clock_of(self.today - reached):
                act()


class _Clock(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


@contextmanager
def _by_the_clock_of(span: timedelta) -> Iterator[None]:
    """``now()`` of Django, which every action asks, says what it said a span ago."""

    class Then(metaclass=_Clock):
        @staticmethod
        def now(tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) - span

    vars(timezone)["datetime"] = Then
    try:
        yield
    finally:
        vars(timezone)["datetime"] = datetime
