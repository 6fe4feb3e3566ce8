"""The Monday letter: what this week and the next bring, who waits for whom, papers to prepare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binglian.domain.accounts.letters import Letter
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import Expiry, PlannedTask, Task
from binglian.domain.projects.queries import Awaited, Outlook, WeekAhead

from .calendar_feed import calendar_of

Found = TypeVar("Found")
#: Entries of each section; the rest is on the page.
MOST = 12
#: Organisations named that something holds up.
MOST_NAMED = 3


def letter_of(alliance: Alliance, reader: User, outlook: Outlook, *, now: datetime) -> Letter:
    """The letter in the present language: plain text, and the two weeks as an iCalendar file."""
    first, last = outlook.this_week.first, outlook.next_week.last
    words = {"name": reader, "alliance": alliance, "first": _day(first), "last": _day(last)}
    sections = [
        _section(_("已过计划日期，请尽快办结或说明"), outlook.this_week.overdue, _planned),
        _section(_("在等我们"), outlook.from_us, _awaited),
        *_week(_("本周"), outlook.this_week),
        *_week(_("下周"), outlook.next_week),
        _section(_("我们在等"), outlook.from_others, _awaited_from_others),
        _section(_("提前备齐申请材料"), outlook.to_file, _papers),
        _section(_("快要失效的批准"), outlook.expiring, _expiry),
    ]
    site = settings.SITE_URL
    body = [
        _("%(name)s，您好：") % words,
        _("这是%(alliance)s %(first)s 至 %(last)s 与您有关的项目安排。") % words,
        *(text for text in sections if text),
        _("在网页上报告进展：%(url)s") % {"url": f"{site}/a/{alliance.slug}/week/"},
        _("附件可放进自己的日历。不想再收这封信：%(url)s") % {"url": f"{site}/account/"},
    ]
    calendar = calendar_of(str(alliance), outlook.rows, site=site, now=now)
    return Letter("\n\n".join(body) + "\n", calendar)


def _week(title: str, week: WeekAhead) -> Iterator[str]:
    yield _section(_("%(week)s到期") % {"week": title}, week.to_finish, _planned)
    yield _section(_("%(week)s开始") % {"week": title}, week.to_start, _planned)


def _section(title: str, found: Iterable[Found], told: Callable[[Found], str]) -> str:
    rows = list(found)
    if not rows:
        return ""
    lines = [f"— {told(one)}" for one in rows[:MOST]]
    if more := len(rows) - MOST:
        rest = ngettext("另有 %(n)s 项。", "另有 %(n)s 项。", more) % {"n": more}
        lines += [rest] if more > 0 else []
    return "\n".join([f"【{title}】{len(rows)}", *lines])


def _planned(row: PlannedTask) -> str:
    days = _day(row.finishes_on)
    if not row.is_milestone and row.starts_on != row.finishes_on:
        days = f"{_day(row.starts_on)} – {days}"
    return f"{_named(row.task)} {days} {row.task.get_state_display()}\n  {_link(row.task)}"


def _awaited(one: Awaited) -> str:
    told = [_named(one.task), _since(one)]
    if one.holds_up:
        told.append(_held_up(one))
    if one.late_days:
        late = one.late_days
        told.append(
            ngettext("晚了 %(days)s 个工作日", "晚了 %(days)s 个工作日", late) % {"days": late}
        )
    return f"{_joined(told)}\n  {_link(one.task)}"


def _awaited_from_others(one: Awaited) -> str:
    return _("%(who)s：%(what)s") % {"who": one.organisation, "what": _awaited(one)}


def _since(one: Awaited) -> str:
    days = one.waited_days
    waited = ngettext(
        "自 %(day)s 起，已 %(days)s 个工作日", "自 %(day)s 起，已 %(days)s 个工作日", days
    )
    return waited % {"day": _day(one.since), "days": days}


def _held_up(one: Awaited) -> str:
    count = len(one.holds_up)
    held = ngettext("后面 %(n)s 项在等", "后面 %(n)s 项在等", count) % {"n": count}
    offices = [str(office) for office in one.holds_up_organisations]
    if not offices:
        return held
    more = "…" if len(offices) > MOST_NAMED else ""
    return _("%(held)s（%(who)s）") % {
        "held": held,
        "who": _("、").join(offices[:MOST_NAMED]) + more,
    }


def _papers(row: PlannedTask) -> str:
    papers = _("、").join(row.task.item.papers) if row.task.item else ""
    start = _("%(day)s 开始") % {"day": _day(row.starts_on)}
    return f"{_named(row.task)} {start}\n  {papers}\n  {_link(row.task)}"


def _expiry(one: Expiry) -> str:
    lapses = _("%(day)s 失效") % {"day": _day(one.lapses_on)}
    return f"{_named(one.task)} {lapses}\n  {_link(one.task)}"


def _named(task: Task) -> str:
    whole = {"task": f"{task.number} {task}", "project": task.project}
    return _("%(task)s（%(project)s）") % whole


def _link(task: Task) -> str:
    project = task.project
    address = f"/a/{project.alliance.slug}/projects/{project.pk}/tasks/{task.pk}/"
    return f"{settings.SITE_URL}{address}"


def _joined(told: list[str]) -> str:
    return _("；").join(told)


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
