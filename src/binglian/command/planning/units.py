"""Lengths of time and moments in the user's words."""

import datetime as dt

from binglian.command.words import gettext as _
from binglian.engine.planning.formats import Axis, Unit


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
