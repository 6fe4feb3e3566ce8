"""Who is told what: overdue tasks, permits about to lapse, the week ahead."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext_noop, override

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.queries import liaison_officers, own_organisations, people_with
from binglian.domain.projects.exports import letter_of
from binglian.domain.projects.models import Expiry, PlannedTask, Project
from binglian.domain.projects.queries import expiring_in, outlook_of, overdue_in

#: Days before a permit lapses on which its owner is told.
ALARMS = (30, 14, 7, 1)

_TOLD = {
    "late": gettext_noop(
        "“%(project)s”的“%(task)s”已过计划日期 %(day)s，在等贵单位，影响后面 %(count)s 项。"
    ),
    "lapses": gettext_noop("“%(project)s”的“%(task)s”将于 %(day)s 失效，请抓紧使用或办理延期。"),
    "lapsed": gettext_noop("“%(project)s”的“%(task)s”已于 %(day)s 失效，请重新办理或说明。"),
    "week": gettext_noop(
        "本周项目安排：开始 %(start)s 项，到期 %(finish)s 项，逾期 %(late)s 项。%(first)s"
    ),
}


def remind_of_projects() -> int:
    """Tell whoever is awaited, once per event. Safe to run as often as wished.

    Returns how many messages were new.
    """
    told = 0
    for alliance in Alliance.objects.filter(projects__state__in=Project.UNDER_WAY).distinct():
        told += _overdue(alliance) + _expiries(alliance)
        if today() == _first_working_day(today()):
            told += write_weekly_letters(alliance)
    return told


def _overdue(alliance: Alliance) -> int:
    told = 0
    for one in overdue_in(alliance):
        day = one.row.finishes_on if one.row else one.since
        users = liaison_officers(alliance, one.organisation)
        told += notify(
            (users | people_with(alliance, Role.SECRETARIAT)).distinct(),
            key=f"task:{one.task.pk}:late:{day}",
            message=_TOLD["late"],
            facts={
                "project": one.task.project.title_zh,
                "task": one.task.title_zh,
                "day": day,
                "count": len(one.holds_up),
            },
            url=_path(alliance, one.task.project),
        )
    return told


def _expiries(alliance: Alliance) -> int:
    told = 0
    for expiry in expiring_in(alliance.projects.filter(state__in=Project.UNDER_WAY)):
        what = "lapsed" if expiry.lapses_on < today() else "lapses"
        project = expiry.task.project
        users = liaison_officers(alliance, project.owner)
        told += notify(
            (users | people_with(alliance, Role.SECRETARIAT)).distinct(),
            key=f"expiry:{expiry.pk}:{what}:{_alarm(expiry)}",
            message=_TOLD[what],
            facts={
                "project": project.title_zh,
                "task": expiry.task.title_zh,
                "day": expiry.lapses_on,
            },
            url=_path(alliance, project),
        )
    return told


def _alarm(expiry: Expiry) -> int:
    """Which of the alarms it is time for; 0 once the permit has lapsed."""
    left = (expiry.lapses_on - today()).days
    return min((days for days in ALARMS if days >= left), default=ALARMS[0]) if left >= 0 else 0


def write_weekly_letters(alliance: Alliance) -> int:
    """To everybody who speaks for an organisation, what this week and the next bring.

    Once a day at most; those who want no mail find the notice in their inbox. Returns how many.
    """
    return sum(_write_to(user, alliance) for user in people_with(alliance, Role.LIAISON))


def _write_to(user: User, alliance: Alliance) -> int:
    key = f"week:{alliance.pk}:{today()}"
    if user.notifications.filter(key=key).exists():
        return 0
    outlook = outlook_of(alliance, list(own_organisations(user, alliance)))
    if not outlook:
        return 0
    week = outlook.this_week
    with override(user.language or settings.LANGUAGE_CODE):
        letter = letter_of(alliance, user, outlook, now=now())
    first = dict.fromkeys(_named(row) for row in outlook.rows[:6])
    return notify(
        [user],
        key=key,
        message=_TOLD["week"],
        facts={
            "start": len(week.to_start),
            "finish": len(week.to_finish),
            "late": len(week.overdue),
            "first": "；".join(first),
        },
        url=f"/a/{alliance.slug}/week/",
        letter=letter,
        goes_by_mail=user.has_weekly_letter,
    )


def _named(row: PlannedTask) -> str:
    return f"{row.task.title_zh}（{row.finishes_on:%m-%d}）"


def _first_working_day(day: date) -> date | None:
    """The first working day of the week of ``day``; ``None`` if it has none."""
    monday = day - timedelta(days=day.weekday())
    week = (monday + timedelta(days=n) for n in range(7))
    return next((one for one in week if is_working_day(one)), None)


def _path(alliance: Alliance, project: Project) -> str:
    return f"/a/{alliance.slug}/projects/{project.pk}/"
