"""Working weeks with exceptions, laid out as stretches of minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from binglian.engine.planning.formats.axis import Stretch

DAY = 1440
#: Stretches of minutes since midnight.
Hours = tuple[Stretch, ...]
ALL_DAY: Hours = ((0, DAY),)
OFFICE: Hours = ((480, 720), (780, 1020))  # 8–12 and 13–17 o'clock


def are_in_order(hours: Sequence[Stretch]) -> bool:
    """Whether each stretch of a day ends after it begins, and none overlaps another."""
    edges = [edge for stretch in sorted(hours) for edge in stretch]
    return edges == sorted(edges) and all(first < last for first, last in hours)


@dataclass(frozen=True)
class WorkingTime:
    """``week`` holds the hours of Monday to Sunday; ``exceptions`` those of single days."""

    week: Sequence[Hours]
    exceptions: Mapping[date, Hours] = field(default_factory=dict)

    def hours_on(self, day: date) -> Hours:
        """Return what is worked on a day."""
        found = self.exceptions.get(day)
        return self.week[day.weekday()] if found is None else found

    @property
    def ever_works(self) -> bool:
        """Whether any day is worked."""
        return any(self.week) or any(self.exceptions.values())

    @property
    def minutes_a_week(self) -> int:
        """The working minutes of an ordinary week, at least 1."""
        return max(1, sum(last - first for hours in self.week for first, last in hours))

    def boundaries(self) -> set[int]:
        """Return every minute of a day at which work begins or ends."""
        days = (*self.week, *self.exceptions.values())
        return {minute for hours in days for stretch in hours for minute in stretch}

    def laid_out(self, origin: datetime, days: int) -> list[Stretch]:
        """Return the worked stretches of so many days, in minutes since the origin."""
        midnight = datetime.combine(origin.date(), time())
        begin = (origin - midnight) // timedelta(minutes=1)
        stretches: list[Stretch] = []
        first_day = origin.date()
        for number in range(days):
            for first, last in self.hours_on(first_day + timedelta(days=number)):
                start = max(number * DAY + first - begin, 0)
                end = number * DAY + last - begin
                if stretches and stretches[-1][1] == start:
                    stretches[-1] = (stretches[-1][0], end)
                elif end > start:
                    stretches.append((start, end))
        return stretches


def shared(several: Sequence[WorkingTime]) -> WorkingTime:
    """Return the time in which all of them work."""
    if len(several) == 1:
        return several[0]
    days = {day for one in several for day in one.exceptions}
    return WorkingTime(
        [_common([one.week[weekday] for one in several]) for weekday in range(7)],
        {day: _common([one.hours_on(day) for one in several]) for day in days},
    )


def _common(several: Sequence[Hours]) -> Hours:
    found = several[0]
    for hours in several[1:]:
        overlaps = ((max(a, c), min(b, d)) for a, b in found for c, d in hours)
        found = tuple((first, last) for first, last in overlaps if first < last)
    return found
