"""What a subject tells each month. A further subject is one file in ``subjects``, named there.

Briefings are papers of a Chinese office: what is told is Chinese in every language. Nobody's name
is told, only organisations'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the month: how many records of a kind there are.

    Attributes
    ----------
    cases
        The very records, each once; the figure is their number.
    is_drawn
        Whether it has its bars in the chart.
    is_optional
        Whether it is left out where both months have none: not every alliance has a site.
    """

    code: str
    label: Any
    cases: Callable[[Records, Period], Iterable[Case]]
    is_drawn: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a list.

    Attributes
    ----------
    key
        Names the record for ever, e.g. ``commitment:12``.
    on
        The day by which the list is ordered: done on, awaited since, due on.
    facts
        Stands beside it and leads to the record.
    path
        Where the record is, within the pages of its alliance.
    """

    key: str
    text: str
    on: date
    facts: str
    path: str


#: Of what somebody wrote so many characters are told.
_SHORT = 30
#: Tells something of a month from what was known.
Telling = Callable[[Records, Period], Iterable[Told]]


def _nothing(_records: Records, _period: Period) -> Iterable[Told]:
    return ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What one subject has to say.

    Attributes
    ----------
    done
        What was finished in the month.
    stuck
        What waits at the instant of the records: for whom, since when.
    ahead
        What is due in a month still to come; the period given is that month.
    cases
        What is worth telling at length.
    """

    counts: tuple[Count, ...]
    done: Telling = _nothing
    stuck: Telling = _nothing
    ahead: Telling = _nothing
    cases: Telling = _nothing


def day(on: date) -> str:
    """``10 月 5 日``."""
    return f"{on.month} 月 {on.day} 日"


def since(on: date, until: date) -> str:
    """Since when, and how many calendar days that is."""
    return f"自 {day(on)}起，{(until - on).days} 天" if on < until else f"自 {day(on)}起"


def shortly(text: str) -> str:
    """What somebody wrote, in one line of at most 30 characters."""
    told = " ".join(text.split())
    return told if len(told) <= _SHORT else f"{told[: _SHORT - 1]}…"
