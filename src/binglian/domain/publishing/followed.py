"""Needs and promises everybody may see, as news and days of the topics one can follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import today
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.openness.topics import (
    MOST_ENTRIES,
    Day,
    Entry,
    Kind,
    Topic,
    add_source,
    nearest,
)
from binglian.domain.together import Reader

from .hidden import shown_commitments, shown_needs
from .striking import without_personal


def follow_lists() -> None:
    """Called once, when the app is ready."""
    add_source(entries=_entries, days=_days)


def _entries(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    """Needs as they come onto the list."""
    if topic.kind not in (Kind.ALLIANCE, Kind.NEEDS):
        return
    rows = shown_needs(topic.alliance).filter(state=Need.State.OPEN).order_by("-entered_at", "-pk")
    for row in (rows.filter(entered_at__gt=since) if since else rows)[:MOST_ENTRIES]:
        title = _("新需求：%(need)s") % {"need": without_personal(str(row))}
        yield Entry(f"need-{row.pk}", row.entered_at, title, _page(row), str(row.organisation))


def _days(topic: Topic, since: date) -> Reader[list[Day]]:
    """Days by which needs are wanted and promises are due."""
    if topic.kind not in (Kind.ALLIANCE, Kind.NEEDS):
        return []
    wanted = shown_needs(topic.alliance).filter(state=Need.State.OPEN).prefetch_related(None)
    promised = shown_commitments(topic.alliance).filter(state=Commitment.State.ACCEPTED)
    promised = promised.prefetch_related(None)
    if topic.kind is not Kind.ALLIANCE:
        promised = promised.none()
    needs, past_needs, due, overdue = yield (
        *nearest(wanted, "deadline", since),
        *nearest(promised, "due_on", since),
    )
    return [*map(_of_need, [*needs, *past_needs]), *map(_of_promise, [*due, *overdue])]


def _of_need(row: Need) -> Day:
    title = _("需求截止：%(need)s") % {"need": without_personal(str(row))}
    return Day(f"need-{row.pk}", row.deadline or today(), title, _page(row))


def _of_promise(promise: Commitment) -> Day:
    facts = {"giver": promise.giver, "what": without_personal(promise.title)}
    title = _("%(giver)s 应兑现：%(what)s") % facts
    page = f"/p/{promise.alliance.slug}/commitments/"
    return Day(f"commitment-{promise.pk}", promise.due_on or today(), title, page)


def _page(need: Need) -> str:
    return f"/p/{need.alliance.slug}/needs/{need.pk}/"
