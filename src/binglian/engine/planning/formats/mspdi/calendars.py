"""The calendars of an MSPDI file: weeks, exceptions, and what they take from their base."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from binglian.engine.planning.formats.dated.working_time import (
    DAY,
    OFFICE,
    Hours,
    WorkingTime,
    are_in_order,
)
from binglian.engine.planning.formats.faults import Code, FormatError

from .amounts import minute_of_day
from .tree import Element

#: What the program assumes where a file says nothing: Monday to Friday.
STANDARD = WorkingTime([OFFICE] * 5 + [()] * 2)
_MOST_EXCEPTION_DAYS = 36_525


def read_calendars(root: Element) -> tuple[dict[str, WorkingTime], dict[str, str]]:
    """Return the working times by name, and the name of each UID."""
    elements = {one.said("UID"): one for one in root.each("Calendars", "Calendar")}
    names: dict[str, str] = {}
    for uid, element in elements.items():
        name = element.said("Name") or f"calendar {uid}"
        names[uid] = f"{name} ({uid})" if name in names.values() else name
    times: dict[str, WorkingTime] = {}
    for uid in elements:
        _read(uid, elements, times, ())
    return {names[uid]: times[uid] for uid in elements}, names


def _read(
    uid: str,
    elements: Mapping[str, Element],
    times: dict[str, WorkingTime],
    above: tuple[str, ...],
) -> WorkingTime:
    if uid in times:
        return times[uid]
    element = elements[uid]
    base_uid = element.said("BaseCalendarUID")
    if uid in above:
        raise FormatError(Code.BASES, line=element.line, field="BaseCalendarUID", value=uid)
    has_base = base_uid in elements and base_uid != uid and not element.is_set("IsBaseCalendar")
    base = _read(base_uid, elements, times, (*above, uid)) if has_base else None
    # A calendar of its own works only on the days it lists; a derived one changes its base.
    week: list[Hours] = list(base.week) if base else [()] * 7
    exceptions = dict(base.exceptions) if base else {}
    days = [*element.each("WeekDays", "WeekDay")]
    if not days and base is None:
        week = list(STANDARD.week)
    for day in days:
        kind = day.whole("DayType", 0)
        if 1 <= kind <= 7:
            week[(kind + 5) % 7] = _hours(day)  # 1 is Sunday
        elif kind == 0:
            exceptions |= dict.fromkeys(_span(day), _hours(day))
    for span in element.each("WorkWeeks", "WorkWeek"):
        exceptions |= _other_week(span)
    for exception in element.each("Exceptions", "Exception"):
        exceptions |= dict.fromkeys(_occurrences(exception), _hours(exception))
    times[uid] = WorkingTime(week, exceptions)
    return times[uid]


def _hours(day: Element) -> Hours:
    if not day.is_set("DayWorking"):
        return ()
    hours = []
    for one in day.each("WorkingTimes", "WorkingTime"):
        if one.first("FromTime") is None:
            continue
        first, last = minute_of_day(one, "FromTime"), minute_of_day(one, "ToTime")
        hours.append((first, last or DAY))
    if not are_in_order(hours):
        raise FormatError(Code.HOURS, line=day.line, field="WorkingTimes")
    return tuple(sorted(hours)) or OFFICE


def _span(element: Element) -> Iterator[date]:
    period = element.first("TimePeriod") or element
    first, last = period.moment("FromDate"), period.moment("ToDate")
    if first is None or last is None:
        raise FormatError(Code.MISSING, line=element.line, field="FromDate, ToDate")
    for number in range(min((last.date() - first.date()).days + 1, _MOST_EXCEPTION_DAYS)):
        yield first.date() + timedelta(days=number)


def _other_week(element: Element) -> dict[date, Hours]:
    """A week that holds for a while."""
    by_day = {day.whole("DayType", 0): _hours(day) for day in element.each("WeekDays", "WeekDay")}
    kinds = {day: (day.weekday() + 1) % 7 + 1 for day in _span(element)}
    return {day: by_day[kind] for day, kind in kinds.items() if kind in by_day}


def _occurrences(element: Element) -> Iterator[date]:
    """Yield the days of an exception, which may recur by day, week, month or year."""
    kind = element.whole("Type", 1)
    every = max(1, element.whole("Period", 1))
    days = [*_span(element)]
    if not days:
        return
    first = days[0]
    for day in days:
        months = 12 * (day.year - first.year) + day.month - first.month
        if kind in (1, 7):
            recurs = (day - first).days % every == 0 or kind == 1
        elif kind == 6:
            monday = first - timedelta(days=(first.weekday() + 1) % 7)
            recurs = (day - monday).days // 7 % every == 0
            recurs = recurs and bool(element.whole("DaysOfWeek", 0) >> (day.weekday() + 1) % 7 & 1)
        elif kind in (2, 3):
            recurs = day.month == element.whole("Month", 0) + 1 and _in_month(element, kind, day)
        else:
            recurs = months % every == 0 and _in_month(element, kind, day)
        if recurs:
            yield day


def _in_month(element: Element, kind: int, day: date) -> bool:
    """Whether the day is the one of its month: by number (2, 4) or by position (3, 5)."""
    if kind in (2, 4):
        return day.day == element.whole("MonthDay", 0)
    position = element.whole("MonthPosition", 0)
    is_last = (day + timedelta(days=7)).month != day.month
    in_place = is_last if position == 4 else (day.day - 1) // 7 == position
    item = element.whole("MonthItem", 0)  # 3 is Sunday, 9 Saturday
    return in_place and (day.weekday() + 1) % 7 == item - 3
