"""When the next meeting falls, and what is due how many days before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import get_default_timezone, localtime

from binglian.domain.alliance.calendar import is_working_day

from .models import MeetingRules


@dataclass(frozen=True, slots=True)
class LeadDays:
    """The days by which topics are in, the agenda is out, and superiors know."""

    topics_due_on: date
    agenda_due_on: date
    superiors_due_on: date


def next_start(rules: MeetingRules, after: date) -> datetime | None:
    """The first start by the cadence after a day; ``None`` when no month is chosen."""
    for month in range(after.year * 12 + after.month - 1, after.year * 12 + after.month + 12):
        year, zero_based = divmod(month, 12)
        if zero_based + 1 not in rules.months:
            continue
        day = _working_day_from(date(year, zero_based + 1, rules.day))
        if day > after:
            return datetime.combine(day, rules.begins_at, get_default_timezone())
    return None


def lead_days(rules: MeetingRules, starts_at: datetime) -> LeadDays:
    """The lead times of the rules, counted back from the day of the meeting."""
    on = localtime(starts_at).date()
    days = (rules.topics_days, rules.agenda_days, rules.superiors_days)
    return LeadDays(*(on - timedelta(days=count) for count in days))


def _working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
