"""A site is opened to visitors, moved, cancelled, and told about afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.checks.models import OpenDay
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects
from binglian.domain.refusals import refuse_unless

from .steps import note, require_keeping

State = OpenDay.State
#: What may be said of a day; of these, what visitors must hear of when it changes.
FACTS = (
    "title_zh", "title_en", "starts_at", "ends_at", "meet_at", "notes", "notes_en", "capacity",
)  # fmt: skip
TOLD = ("starts_at", "ends_at", "meet_at")
MOST_PLACES = 2000


@transaction.atomic
def announce_open_day(*, project: Project, by: User, **facts: Any) -> OpenDay:
    """Open a public project's site to visitors (公布开放日); see ``FACTS``.

    One that is over may be entered too, so that its questions are on record.

    Raises
    ------
    ActionRefused
        The project is not public, the day ends before it begins, no place to meet, or no places.
    """
    require_keeping(by, project)
    is_public = public_projects().filter(pk=project.pk).exists()
    refuse_unless(is_public, _("项目还没有公开，公众看不到开放日。请先在项目页选择向公众公开。"))
    day = OpenDay(alliance=project.alliance, project=project, entered_by=by, **facts)
    _check(day)
    day.save()
    note(by, "open_day.announced", day, project, _told(day))
    return day


@transaction.atomic
def change_open_day(*, open_day: OpenDay, by: User, **facts: Any) -> OpenDay:
    """Other hours, another place to meet, more or fewer places (never fewer than are taken).

    Whoever signed up with a mail address is written to when hours or place change.
    """
    open_day = locked_day(open_day)
    require_keeping(by, open_day.project)
    refuse_unless(open_day.state == State.ANNOUNCED, _("这个开放日已结束或已取消。"))
    changed = {
        name: [str(getattr(open_day, name)), str(value)]
        for name, value in facts.items()
        if getattr(open_day, name) != value
    }
    for name in changed:
        setattr(open_day, name, facts[name])
    if not changed:
        return open_day
    _check(open_day)
    refuse_unless(open_day.starts_at > now(), _("开始时间须在现在之后。"))
    refuse_unless(
        open_day.taken <= open_day.capacity,
        _("已有 %(taken)s 人报名，名额不能少于这个数。") % {"taken": open_day.taken},
    )
    if changed.keys() & set(TOLD):
        open_day.edition += 1
    open_day.save()
    note(by, "open_day.changed", open_day, open_day.project, changed)
    return open_day


@transaction.atomic
def cancel_open_day(*, open_day: OpenDay, reason: str, by: User) -> OpenDay:
    """It does not take place; whoever signed up with a mail address is written to, with why."""
    open_day = locked_day(open_day)
    require_keeping(by, open_day.project)
    refuse_unless(open_day.state == State.ANNOUNCED, _("这个开放日已结束或已取消。"))
    refuse_unless(reason.strip(), _("请写明取消的原因，报名的人会看到。"))
    open_day.state, open_day.reason = State.CANCELLED, reason.strip()[:200]
    open_day.edition += 1
    open_day.save(update_fields=["state", "reason", "edition", "changed_at"])
    note(by, "open_day.cancelled", open_day, open_day.project, {"reason": open_day.reason})
    return open_day


@transaction.atomic
def record_open_day(
    *, open_day: OpenDay, record_zh: str, visitors: int, by: User, record_en: str = ""
) -> OpenDay:
    """Afterwards: how many came, what they asked, what they were answered, for everybody to read.

    Raises
    ------
    ActionRefused
        It has not begun, was cancelled, nothing is told, or a number in the text is certainly
        somebody's.
    """
    open_day = locked_day(open_day)
    require_keeping(by, open_day.project)
    refuse_unless(open_day.state != State.CANCELLED, _("这个开放日已取消。"))
    refuse_unless(open_day.starts_at <= now(), _("开放日还没开始。"))
    refuse_unless(record_zh.strip(), _("请写现场问了什么、怎么答的；没有人提问，就写“无人提问”。"))
    refuse_unless(visitors >= 0, _("到场人数不能小于 0。"))
    refuse_certain(record_zh)
    refuse_certain(record_en)
    open_day.state, open_day.visitors = State.HELD, visitors
    open_day.record_zh, open_day.record_en = record_zh.strip(), record_en.strip()
    open_day.save(update_fields=["state", "visitors", "record_zh", "record_en", "changed_at"])
    note(by, "open_day.held", open_day, open_day.project, {"visitors": visitors})
    return open_day


def locked_day(open_day: OpenDay) -> OpenDay:
    """The day locked: its places are given out one after the other."""
    rows = OpenDay.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "project__alliance", "project__owner").get(
        pk=open_day.pk
    )


def _check(day: OpenDay) -> None:
    refuse_unless(day.title_zh.strip() and day.meet_at.strip(), _("请写名称和集合地点。"))
    refuse_unless(day.starts_at < day.ends_at, _("结束时间须在开始时间之后。"))
    refuse_unless(
        0 < day.capacity <= MOST_PLACES, _("名额须在 1 到 %(most)s 之间。") % {"most": MOST_PLACES}
    )
    refuse_certain(day.notes)


def _told(day: OpenDay) -> dict[str, Any]:
    starts: datetime = day.starts_at
    return {"site": day.project.title_zh, "starts_at": starts.isoformat(), "places": day.capacity}
