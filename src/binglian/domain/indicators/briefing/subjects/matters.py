"""Residents' matters: numbers only, never what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records, Topic
from binglian.domain.indicators.records.commitments import day_of


def _received(records: Records, period: Period) -> Iterator[Case]:
    for topic in records.topics:
        if day_of(topic.reported_at) in period:
            yield _case(topic)


def _answered(records: Records, period: Period) -> Iterator[Case]:
    for topic in records.topics:
        if topic.answered_at and day_of(topic.answered_at) in period:
            yield _case(topic)


def _overdue(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period."""
    for topic in _counted(records):
        is_due = topic.due_at is not None and day_of(topic.due_at) <= period.last
        is_late = is_due and topic.due_at is not None and topic.due_at < records.as_of
        if is_late and not (topic.answered_at and day_of(topic.answered_at) <= period.last):
            yield _case(topic)


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    late = [
        topic
        for topic in _counted(records)
        if topic.due_at and topic.due_at < records.as_of and not topic.answered_at
    ]
    leads = {topic.lead_id for topic in late if topic.lead_id}
    names = dict(Organisation.objects.filter(pk__in=leads).values_list("pk", "name"))
    for topic in late:
        if topic.due_at:
            on, whom = day_of(topic.due_at), names.get(topic.lead_id or 0, "主办单位")
            text = f"等{whom}答复诉求 {topic.number}。"
            yield Told(_path(topic), text, on, since(on, records.on), _path(topic))


def _counted(records: Records) -> list[Topic]:
    return [topic for topic in records.topics if not topic.is_turned_away]


def _case(topic: Topic) -> Case:
    return Case(topic.number, path=_path(topic))


def _path(topic: Topic) -> str:
    return f"matters/{topic.pk}/"


MATTERS = Subject(
    counts=(
        Count("received", _("收到的诉求"), _received, is_drawn=True),
        Count("answered", _("答复的诉求"), _answered, is_drawn=True),
        Count("unanswered", _("月末逾期未答复的诉求"), _overdue, is_drawn=True),
    ),
    stuck=_stuck,
)
