"""Members, decisions of the leads, meetings, and what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.models import Approval, Decision, Meeting
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.indicators.records.commitments import day_of


def _members(records: Records, period: Period) -> Iterator[Case]:
    """At the end of the period."""
    for one in records.members:
        if one.belongs_on(period.last):
            yield Case(one.organisation.name, path="members/")


def _published(records: Records, period: Period) -> Iterator[Case]:
    for one in records.publications:
        if one.published_at and day_of(one.published_at) in period:
            yield Case(one.title, path=one.path)


def _in_force(records: Records, period: Period) -> Iterator[Case]:
    for decision, _on in _settled(records, period):
        yield Case(str(decision), path=f"decisions/{decision.pk}/")


def _done(records: Records, period: Period) -> Iterator[Told]:
    alike: dict[str, list[tuple[Decision, date]]] = defaultdict(list)
    for decision, on in _settled(records, period):
        alike[str(decision)].append((decision, on))
    for what, rows in alike.items():
        decision, on = rows[-1]
        several = f"，共 {len(rows)} 项" if len(rows) > 1 else ""
        both = len(decision.leads) > 1
        who = "两个牵头单位同意" if both else "已决定"
        path = "decisions/" if several else f"decisions/{decision.pk}/"
        yield Told(f"decisions:{what}", f"{who}：{what}{several}。", on, day(on), path)
    for meeting in records.alliance.meetings.filter(
        state=Meeting.State.MINUTED, minuted_at__lte=records.as_of
    ).prefetch_related("resolutions"):
        if meeting.on in period:
            count = len(meeting.resolutions.all())
            text = f"召开第 {meeting.number} 次联席会议，议定 {count} 项。"
            path = f"meetings/{meeting.pk}/"
            yield Told(path, text, meeting.on, day(meeting.on), path)


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    for decision in records.alliance.decisions.filter(
        Q(settled_at=None) | Q(settled_at__gt=records.as_of), asked_at__lte=records.as_of
    ).prefetch_related("approvals"):
        answered = {one.lead for one in decision.approvals.all() if _is_by(one, records.as_of)}
        awaited = [lead for lead in decision.leads if lead.value not in answered]
        if awaited:
            whom = "、".join(decision.body_of(lead).name for lead in awaited)
            on, path = day_of(decision.asked_at), f"decisions/{decision.pk}/"
            text = f"等{whom}答复提请事项“{decision}”。"
            yield Told(path, text, on, since(on, records.on), path)


def _ahead(records: Records, period: Period) -> Iterator[Told]:
    for meeting in records.alliance.meetings.exclude(state=Meeting.State.CANCELLED):
        if meeting.on in period and meeting.starts_at > records.as_of:
            when = localtime(meeting.starts_at)
            path = f"meetings/{meeting.pk}/"
            text = f"召开第 {meeting.number} 次联席会议。"
            yield Told(path, text, meeting.on, f"{day(meeting.on)} {when:%H:%M}", path)


def _settled(records: Records, period: Period) -> list[tuple[Decision, date]]:
    rows = records.alliance.decisions.filter(
        state=Decision.State.IN_FORCE, settled_at__lte=records.as_of
    ).select_related("alliance__lead_a", "alliance__lead_b")
    found = [(row, day_of(row.settled_at)) for row in rows.order_by("pk") if row.settled_at]
    return [(row, on) for row, on in found if on in period]


def _is_by(answer: Approval, as_of: datetime) -> bool:
    return answer.at <= as_of


GOVERNANCE = Subject(
    counts=(
        Count("decisions", _("牵头单位作出的决定"), _in_force),
        Count("published", _("向公众公开的事项"), _published),
        Count("members", _("月末成员单位"), _members),
    ),
    done=_done,
    stuck=_stuck,
    ahead=_ahead,
)
