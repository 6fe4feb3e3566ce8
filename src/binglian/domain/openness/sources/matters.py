"""Matters: each with its last public step; one matter with every step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import public_matters
from binglian.domain.matters.words import sentence_of
from binglian.domain.openness.topics import MOST_ENTRIES, Day, Entry, Kind, Topic
from binglian.domain.together import Reader

#: Becoming public is news as well, although it is no step that its page tells.
_TOLD = Q(events__is_public=True) | Q(events__what="published")


def entries(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    if topic.kind is Kind.MATTER:
        yield from _steps(topic, since)
        return
    rows = _rows(topic).annotate(told_at=Max("events__at", filter=_TOLD)).order_by("-told_at")
    if since:
        rows = rows.filter(told_at__gt=since)
    for row in rows[:MOST_ENTRIES]:
        title = f"{row.category or _('未分类')} · {row.get_state_display()} · {row.number}"
        if row.told_at:
            yield Entry(f"matter-{row.pk}", row.told_at, title, _path(row), row.public_text)


def days(topic: Topic, since: date) -> Reader[list[Day]]:
    if topic.kind is Kind.ALLIANCE:  # hundreds of them would hide everything else
        return []
    [rows] = yield (_rows(topic).filter(state__in=Matter.RUNNING, due_at__date__gte=since),)
    return [
        Day(
            f"matter-{row.pk}",
            localdate(row.due_at),
            _("诉求 %(number)s 答复期限") % {"number": row.number},
            _path(row),
        )
        for row in rows
        if row.due_at
    ]


def _steps(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    """Every public step of one matter."""
    for row in _rows(topic):
        told = row.events.filter(is_public=True).select_related("organisation")
        for event in told.filter(at__gt=since) if since else told:
            title = f"{row.number}：{sentence_of(event)}"
            yield Entry(f"matter-step-{event.pk}", event.at, title, _path(row))


def _rows(topic: Topic) -> QuerySet[Matter]:
    rows = public_matters(topic.alliance)
    if topic.kind is Kind.ALLIANCE:
        return rows
    if topic.kind is Kind.CATEGORY:
        return rows.filter(category=topic.pk)
    return (
        rows.filter(pk=topic.about.pk) if topic.kind is Kind.MATTER and topic.about else rows.none()
    )


def _path(matter: Matter) -> str:
    return f"/p/{matter.alliance.slug}/matters/{matter.pk}/"
