"""Questions to projects and requests for information that were answered in public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from binglian.domain.openness.models import ProjectQuestion
from binglian.domain.openness.queries import public_answers, public_questions
from binglian.domain.openness.topics import MOST_ENTRIES, Day, Entry, Kind, Topic
from binglian.domain.together import Reader


def entries(topic: Topic, since: datetime | None) -> Iterator[Entry]:
    answered = _questions(topic).filter(state=ProjectQuestion.State.ANSWERED)
    answered = answered.order_by("-answered_at")
    for row in (answered.filter(answered_at__gt=since) if since else answered)[:MOST_ENTRIES]:
        title = _("%(project)s答复：%(question)s") % {
            "project": row.project,
            "question": row.public_text,
        }
        if row.answered_at:
            key = f"question-{row.pk}"
            yield Entry(key, row.answered_at, title, _path(row), row.answer)
    if topic.kind is not Kind.ALLIANCE:
        return
    told = public_answers(topic.alliance)
    for one in (told.filter(answered_at__gt=since) if since else told)[:MOST_ENTRIES]:
        title = _("公开答复：%(question)s") % {"question": one.public_text}
        path = f"/p/{topic.alliance.slug}/ask/{one.pk}/"
        if one.answered_at:
            yield Entry(f"request-{one.pk}", one.answered_at, title, path, one.answer)


def days(topic: Topic, since: date) -> Reader[list[Day]]:
    waiting = _questions(topic).filter(state=ProjectQuestion.State.OPEN, due_at__date__gte=since)
    [rows] = yield (waiting,)
    return [
        Day(f"question-{row.pk}", row.due_on, _asked(row), _path(row)) for row in rows if row.due_on
    ]


def _asked(row: ProjectQuestion) -> str:
    facts = {"owner": row.project.owner, "number": row.number}
    return _("%(owner)s 应答复提问 %(number)s") % facts


def _questions(topic: Topic) -> QuerySet[ProjectQuestion]:
    rows = public_questions(topic.alliance)
    if topic.kind is Kind.ALLIANCE:
        return rows
    return rows.filter(project=topic.pk) if topic.kind is Kind.PROJECT else rows.none()


def _path(question: ProjectQuestion) -> str:
    return f"/p/{question.alliance.slug}/projects/{question.project_id}/supervise/"
