"""A matter's deadline in words: never by colour alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localtime, now
from django.utils.translation import gettext, ngettext

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.matters.models import Clock, Matter

_A_DAY = timedelta(days=1)


def time_left(matter: Matter) -> str:
    """How much is left, by the clock by which the matter is counted; nothing once answered."""
    until = matter.running_until
    if until is None:
        return ""
    if getattr(matter, "is_paused", False):
        return gettext("暂停计时")
    return words_until(until, matter.clock)


def urgency(matter: Matter) -> str:
    """The matching class: overdue, soon or calm."""
    until = matter.running_until
    if until is None or getattr(matter, "is_paused", False):
        return "calm"
    return urgency_of(until)


def urgency_of(due_at: datetime) -> str:
    left = due_at - now()
    return "overdue" if left < timedelta(0) else "soon" if left <= _A_DAY else "calm"


def words_until(due_at: datetime, clock: str = Clock.HOURS, at: datetime | None = None) -> str:
    """«还剩 2 个工作日»: hours below two days for the clock of hours, else days of its kind.

    Counted from ``at``, which is now unless said otherwise.
    """
    here, due = localtime(at or now()), localtime(due_at)
    late = due < here
    if clock == Clock.HOURS and abs(due - here) < 2 * _A_DAY:
        return _hours(abs(due - here), late)
    if due.date() == here.date():
        return gettext("逾期，今天到期") if late else gettext("今天到期")
    first, last = sorted((here.date(), due.date()))
    if clock == Clock.WORKING_DAYS:
        return _working_days(working_days_between(first + _A_DAY, last), late)
    return _days((last - first).days, late)


def _hours(left: timedelta, late: bool) -> str:
    hours = int(left.total_seconds() // 3600)
    if hours == 0:
        return gettext("逾期不到 1 小时") if late else gettext("还剩不到 1 小时")
    if late:
        return ngettext("逾期 %(n)s 小时", "逾期 %(n)s 小时", hours) % {"n": hours}
    return ngettext("还剩 %(n)s 小时", "还剩 %(n)s 小时", hours) % {"n": hours}


def _days(days: int, late: bool) -> str:
    if late:
        return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", days) % {"n": days}
    return ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", days) % {"n": days}


def _working_days(days: int, late: bool) -> str:
    if days == 0:  # nothing but days off lies between
        return gettext("逾期不到 1 个工作日") if late else gettext("还剩不到 1 个工作日")
    if late:
        return ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", days) % {"n": days}
    return ngettext("还剩 %(n)s 个工作日", "还剩 %(n)s 个工作日", days) % {"n": days}
