"""The way of a meeting from topics to minutes, and which step is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.actions.minutes import MINUTES
from binglian.domain.governance.models import Decision, Meeting
from binglian.domain.governance.queries import can_write_minutes, open_decision

State = Meeting.State


@dataclass(frozen=True, slots=True)
class Step:
    """One station; the first that is not done is the next."""

    code: str
    label: Any
    due_on: date | None
    is_done: bool
    is_next: bool = False


def next_steps(meeting: Meeting, asked: Decision | None, *, has_agenda: bool) -> list[Step]:
    """Every station in order; nothing for a meeting that was cancelled."""
    if meeting.state == State.CANCELLED:
        return []
    is_minuted = meeting.state == State.MINUTED
    is_convened = is_minuted or meeting.state == State.CONVENED
    is_over = meeting.starts_at <= now()
    stations = [
        ("agenda", _("征集议题，生成议程"), meeting.topics_due_on, has_agenda),
        ("convene", _("发出通知和议程"), meeting.agenda_due_on, is_convened),
        (
            "superiors",
            _("报告上级"),
            meeting.superiors_due_on,
            meeting.superiors_told_on is not None or is_minuted,
        ),
        ("minutes", _("开会，记录纪要"), meeting.on, is_minuted or asked is not None),
        ("confirm", _("确认纪要"), None, is_minuted),
    ]
    steps, is_found = [], False
    for code, label, due_on, is_done in stations:
        # A report that was forgotten does not hold up the minutes.
        is_next = not is_done and not is_found and not (code == "superiors" and is_over)
        is_found = is_found or is_next
        steps.append(Step(code, label, due_on, is_done, is_next))
    return steps


def next_step_of(meeting: Meeting, *, has_agenda: bool) -> Step | None:
    """The station that is next; none while the leads have the minutes before them."""
    if can_write_minutes(meeting) and open_decision(meeting.alliance, MINUTES, meeting.pk):
        return None
    steps = next_steps(meeting, None, has_agenda=has_agenda)
    return next((step for step in steps if step.is_next), None)
