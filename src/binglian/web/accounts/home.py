"""What the home page gathers: one's own organisations' work, and how each alliance stands."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, seats_of
from binglian.domain.alliance.queries import may_somewhere
from binglian.domain.coupling.desk_queries import desk_of
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.models import Meeting
from binglian.domain.governance.queries import meetings_ahead
from binglian.domain.projects.queries import Awaited, awaited_from_us
from binglian.web.governance.meeting_steps import Step, next_step_of

from .alliance_reports import SHOWN


@dataclass(frozen=True, slots=True)
class Section:
    """One list of commitments with what can be done about each."""

    key: str
    title: Any
    rows: list[Commitment]
    has_more: bool
    #: The label of the link of each row.
    do: Any
    #: Whether the reader's organisation gives here, so that the other side is the receiver.
    is_giving: bool = True

    @property
    def is_pressing(self) -> bool:
        """Whether the reader has something to do here now."""
        return self.key not in ("awaited", "later")


def work_of(user: User) -> list[Section] | None:
    """The liaison officer's lists that hold something; ``None`` for those who speak for nobody."""
    if not any(seat.role == Role.LIAISON.value for seat in seats_of(user)):
        return None
    desk = desk_of(user, most=SHOWN + 1)
    lists = (
        ("asked", _("等我们答复"), desk.asked, _("认领或谢绝"), True),
        ("overdue", _("逾期"), desk.overdue, _("报告兑现"), True),
        ("week", _("本周到期"), desk.due_this_week, _("报告兑现"), True),
        ("judge", _("待我们评价"), desk.to_judge, pgettext_lazy("button", "评价"), False),
        ("awaited", _("我们在等"), desk.awaited, _("查看"), False),
        ("later", _("以后到期"), desk.due_later, _("查看"), True),
    )
    sections = []
    for key, title, found, do, is_giving in lists:
        if found:
            rows, has_more = found[:SHOWN], len(found) > SHOWN
            sections.append(Section(key, title, rows, has_more, do, is_giving))
    return sections


def awaited_work_of(user: User) -> list[tuple[Alliance, list[Awaited]]]:
    """What the projects of each alliance await from those the reader speaks for."""
    by_alliance: dict[Alliance, list[Awaited]] = {}
    for one in awaited_from_us(user):
        by_alliance.setdefault(one.task.project.alliance, []).append(one)
    return [(alliance, awaited[:SHOWN]) for alliance, awaited in by_alliance.items()]


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A joint meeting to prepare: its next step, and how many topics await an answer."""

    meeting: Meeting
    step: Step
    topics: int


def meetings_to_prepare(user: User) -> list[MeetingAhead]:
    """The next meeting of each alliance whose meetings the reader runs."""
    if not may_somewhere(user, Permission.MANAGE_MEETINGS):
        return []
    found = []
    for meeting in meetings_ahead(user):
        if not has_permission(user, Permission.MANAGE_MEETINGS, within=meeting.alliance):
            continue
        step = next_step_of(meeting, has_agenda=meeting.has_agenda)
        if step:
            found.append(MeetingAhead(meeting, step, meeting.topics_offered))
    return found
