"""Why each task stands where it does in a plan, and how far it could slip."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.projects.models import Lag, Link, Precedence, Task

if TYPE_CHECKING:
    from .answer import Row

Texts = tuple[str, str]


class _Calendar:
    """Working days of a plan, numbered: the instants before, between and after them."""

    def __init__(self, first: date, last: date) -> None:
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day for day in span if is_working_day(day)]

    def start(self, row: Row) -> int:
        return bisect_left(self.days, row.starts_on)

    def finish(self, row: Row) -> int:
        """How many working days have ended when the row is done."""
        return bisect_left(self.days, row.finishes_on + timedelta(days=1))


def explained(
    rows: Iterable[Row], tasks: Mapping[int, Task], links: Iterable[Precedence]
) -> list[Row]:
    """The rows of one project with float, criticality and reason, by its own network."""
    by_task = {row.task_id: row for row in rows}
    if not by_task:
        return []
    first = min(row.starts_on for row in by_task.values()) - timedelta(days=1)
    calendar = _Calendar(first, max(row.finishes_on for row in by_task.values()))
    links = [one for one in links if one.before_id in by_task and one.after_id in by_task]
    slack = _floats(by_task, links, calendar)
    before: dict[int, list[Precedence]] = defaultdict(list)
    for link in links:
        before[link.after_id].append(link)
    return [
        replace(
            row,
            float_days=slack[pk],
            is_critical=slack[pk] == 0,
            reasons=_reason(row, tasks, before[pk], by_task, calendar),
        )
        for pk, row in by_task.items()
    ]


def _floats(
    rows: Mapping[int, Row], links: Iterable[Precedence], calendar: _Calendar
) -> dict[int, int]:
    """Working days each could come later without the project ending later, capacity aside."""
    after: dict[int, list[Precedence]] = defaultdict(list)
    for link in links:
        after[link.before_id].append(link)
    end = max(calendar.finish(row) for row in rows.values())
    found: dict[int, int] = {}
    latest_first = sorted(
        rows, key=lambda pk: (rows[pk].finishes_on, rows[pk].starts_on, rows[pk].days == 0)
    )
    for pk in reversed(latest_first):
        room = end - calendar.finish(rows[pk])
        for link in after[pk]:
            behind = link.after_id
            room = min(room, _gap(link, rows, calendar) + found.get(behind, 0))
        found[pk] = max(room, 0)
    return found


def _gap(link: Precedence, rows: Mapping[int, Row], calendar: _Calendar) -> int:
    """Working days between the two ends a link ties, beyond the least it asks for."""
    before, after = rows[link.before_id], rows[link.after_id]
    ends = {"S": calendar.start, "F": calendar.finish}
    lag = link.least if link.lag == Lag.WORKING else round(link.least * 5 / 7)
    return ends[link.link[1]](after) - ends[link.link[0]](before) - lag


def _reason(
    row: Row,
    tasks: Mapping[int, Task],
    links: Iterable[Precedence],
    rows: Mapping[int, Row],
    calendar: _Calendar,
) -> Texts:
    """One sentence in Chinese and English."""
    task = tasks[row.task_id]
    if task.is_done or task.is_begun:
        return f"已于 {task.started_on} 开始。", f"Begun on {task.started_on}."
    binding = [link for link in links if _gap(link, rows, calendar) <= 0]
    if binding:
        latest = max(binding, key=lambda link: rows[link.before_id].finishes_on)
        ahead = tasks[latest.before_id]
        zh, en = ahead.title_zh, ahead.title_en or ahead.title_zh
        if latest.link == Link.FINISH_FINISH:
            return f"可先行预审，待“{zh}”办结后决定。", f"Prepared before; decided after “{en}”."
        return f"待“{zh}”办结后即可开始。", f"Starts as soon as “{en}” is done."
    if task.pinned_on and row.starts_on <= task.pinned_on:
        return f"人工排定在 {task.pinned_on}。", f"Set by hand to {task.pinned_on}."
    if task.not_before_on and row.starts_on <= task.not_before_on + timedelta(days=4):
        return f"不早于 {task.not_before_on}。", f"Not before {task.not_before_on}."
    if calendar.start(row) == 0:
        return "没有前置，项目一开始即可办理。", "Waits for nothing: starts with the project."
    if task.organisation and row.days:
        zh, en = task.organisation.name, task.organisation.name_en or task.organisation.name
        return f"等“{zh}”腾出办理容量。", f"Waits until {en} has capacity."
    return "可以更晚，不影响总工期。", "Could be later without delaying the project."
