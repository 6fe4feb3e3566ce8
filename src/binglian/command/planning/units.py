"""Lengths of time and moments in the user's words."""

import datetime as dt

from binglian.command.words import gettext as _
from binglian.engine.planning.formats import Axis, PlanFile, Unit
from binglian.engine.planning.wording import DAYS, HOURS, UNITS, WORKING_DAYS, Language, Wording
from binglian.engine.planning.wording import Unit as WordingUnit


def wording(file: PlanFile, language: Language) -> Wording:
    """Return how sentences about a plan name its tasks, lengths and moments."""
    axis = file.axis

    def start(instant: int) -> str:
        return moments(_span(axis, instant, instant + 1), axis)[0] if has_dates else str(instant)

    def finish(instant: int) -> str:
        return moments(_span(axis, instant, instant), axis)[1] if has_dates else str(instant)

    has_dates = axis.origin is not None
    titles = {task.ref: file.named(task.ref) for task in file.problem.tasks}
    scale = axis.minutes / 60 if axis.unit is Unit.MINUTES else 1
    return Wording(language, titles, _unit(axis), start, finish, scale)


def _span(axis: Axis, start: int, finish: int) -> tuple[dt.datetime, dt.datetime]:
    begins, ends = axis.begins(start), axis.ends(finish)
    if begins is None or ends is None:
        raise ValueError("an axis without dates knows no moments")
    return min(begins, ends), ends


def _unit(axis: Axis) -> WordingUnit:
    names = {
        Unit.MINUTES: HOURS,
        Unit.WORKING_DAY: WORKING_DAYS,
        Unit.DAY: DAYS,
        Unit.UNIT: UNITS,
    }
    return names[axis.unit]


def length(units: float, axis: Axis) -> str:
    """Return so many units of an axis in words: 71 个工作日, 12.5 小时."""
    if axis.unit is Unit.MINUTES:
        return _("%(count)s 小时") % {"count": f"{units * axis.minutes / 60:g}"}
    words = {
        Unit.WORKING_DAY: _("%(count)s 个工作日"),
        Unit.DAY: _("%(count)s 天"),
        Unit.UNIT: _("%(count)s 个单位"),
    }
    return words[axis.unit] % {"count": f"{units:g}"}


def moments(span: tuple[dt.datetime, dt.datetime], axis: Axis) -> tuple[str, str]:
    """Return begin and end as dates where units are days, else to the minute."""
    if axis.unit is Unit.MINUTES:
        begin, end = (moment.strftime("%Y-%m-%d %H:%M") for moment in span)
        return begin, end
    begins, ends = span
    # The end of a day is the midnight after it.
    last = ends - dt.timedelta(minutes=1) if ends.time() == dt.time() else ends
    first = min(begins, last)
    return first.date().isoformat(), last.date().isoformat()
