"""Days past: what happened then is done now, step by step, and moved back to its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import today
from binglian.domain.checks.actions import move_back
from binglian.domain.checks.actions.moving_back import Moved


def day_of(facts: dict[str, Any], number: int) -> date:
    """The day a file means: of last month where it says so, else so many days ago.

    Last month's days are counted from its first; only 1 to 28 are in every month.
    """
    if facts.get("month") == "last":
        first = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
        return first + timedelta(days=number - 1)
    return today() - timedelta(days=number)


class Elapsing:
    """Something on its way: between two of its steps lie the days between their dates."""

    def __init__(self, row: Moved, began: date, administrator: User) -> None:
        self.row, self._on, self._by = row, began, administrator

    def until(self, on: date) -> None:
        """What was done so far has happened before this day's step."""
        self.row = move_back(row=self.row, days=(on - self._on).days, by=self._by)
        self._on = on

    def end(self) -> None:
        """Since the last step nothing more has happened."""
        self.until(today())
