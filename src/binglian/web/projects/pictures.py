"""The plan beside what it replaces: one item after another, and all that can at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.projects.models import Plan, PlannedTask

WIDTH = 1000.0  # of the drawing, stretched to the page
ROW = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One task in the drawing."""

    x: str
    y: str
    width: str
    is_critical: bool
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Both ways of going about it on one scale of working days."""

    serial: tuple[Bar, ...]
    parallel: tuple[Bar, ...]
    height: str
    #: Where the parallel plan ends, in the drawing and as a share of the serial one.
    end: str
    share: float


def picture_of(plan: Plan, rows: Sequence[PlannedTask]) -> Picture | None:
    """``None`` where there is nothing to compare."""
    tasks = [row for row in rows if row.days]
    whole = max(plan.serial_days, plan.working_days)
    if len(tasks) < 2 or not whole:
        return None
    scale = WIDTH / whole
    begins = [0, *accumulate(row.days for row in tasks)]
    serial = tuple(
        _bar(row, begin, row.days, 0, scale) for row, begin in zip(tasks, begins, strict=False)
    )
    parallel = tuple(
        _bar(
            row,
            max(working_days_between(plan.starts_on, row.starts_on) - 1, 0),
            max(working_days_between(row.starts_on, row.finishes_on), 1),
            place,
            scale,
        )
        for place, row in enumerate(tasks)
    )
    return Picture(
        serial,
        parallel,
        height=f"{len(tasks) * ROW:.0f}",
        end=f"{plan.working_days * scale:.1f}",
        share=plan.working_days / whole,
    )


def _bar(row: PlannedTask, begin: int, days: int, place: int, scale: float) -> Bar:
    facts: dict[str, Any] = {
        "x": f"{begin * scale:.1f}",
        "y": f"{place * ROW:.1f}",
        "width": f"{max(days * scale - 1, 1):.1f}",
    }
    return Bar(**facts, is_critical=row.is_critical, title=str(row.task))
