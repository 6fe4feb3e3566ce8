"""What the home page gathers: one's own organisations' work, and how each alliance stands."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import alliances_visible_to, signed_for_by
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.coupling.queries import (
    Standing,
    desk_of,
    latest_result,
    overdue_in,
    standing_of,
)
from binglian.domain.governance.models import AgreementVersion, Meeting, Topic
from binglian.domain.governance.queries import meeting_ahead
from binglian.domain.governance.queries.agreements import versions_to_sign
from binglian.domain.projects.queries import Awaited, awaited_from_us
from binglian.web.coupling.run_findings import wishes_in_words
from binglian.web.governance.meeting_steps import Step, next_step_of

from .next_step import NextStep, next_step, seats_to_fill

#: Longer lists end in a link to the whole list.
SHOWN = 20


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


@dataclass(frozen=True, slots=True)
class AllianceReport:
    """An alliance the reader belongs to; the rest not for a liaison officer."""

    alliance: Alliance
    roles: list[Role]
    standing: Standing | None = None
    overdue: list[Commitment] = field(default_factory=list)
    has_more: bool = False
    next_step: NextStep | None = None
    #: For who runs the coupling: what one more offer would help most, and in which run.
    wishes: list[str] = field(default_factory=list)
    wished_in: CouplingRun | None = None

    @property
    def permission_names(self) -> set[str]:
        """What the reader's seats grant here, for deciding which links to show."""
        return {permission.name for role in self.roles for permission in role.permissions}


def work_of(user: User) -> list[Section] | None:
    """The liaison officer's lists that hold something; ``None`` for those who speak for nobody."""
    if not user.appointments.current().filter(role=Role.LIAISON.value).exists():
        return None
    desk = desk_of(user)
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
        rows, has_more = _first(found)
        if rows:
            sections.append(Section(key, title, rows, has_more, do, is_giving))
    return sections


def awaited_work_of(user: User) -> list[tuple[Alliance, list[Awaited]]]:
    """What the projects of each alliance await from those the reader speaks for."""
    found = [(one, awaited_from_us(user, one)[:SHOWN]) for one in alliances_visible_to(user)]
    return [(alliance, awaited) for alliance, awaited in found if awaited]


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A joint meeting to prepare: its next step, and how many topics await an answer."""

    meeting: Meeting
    step: Step
    topics: int


def meetings_to_prepare(user: User) -> list[MeetingAhead]:
    """The next meeting of each alliance whose meetings the reader runs."""
    found = []
    for alliance in alliances_visible_to(user):
        if not has_permission(user, Permission.MANAGE_MEETINGS, within=alliance):
            continue
        meeting = meeting_ahead(alliance)
        step = meeting and next_step_of(meeting)
        if meeting and step:
            topics = alliance.topics.filter(state=Topic.State.OFFERED).count()
            found.append(MeetingAhead(meeting, step, topics))
    return found


def awaited_signatures_of(user: User) -> list[tuple[AgreementVersion, Organisation]]:
    """The texts that wait for this person's signature, for each organisation."""
    found = []
    for alliance in alliances_visible_to(user):
        found += versions_to_sign(user, alliance, signed_for_by(user, alliance))
    return found


def alliance_reports(user: User) -> list[AllianceReport]:
    """Every alliance the reader may see, with what is late and, for who runs it, what is next."""
    reports = []
    for alliance in alliances_visible_to(user).select_related("lead_a", "lead_b"):
        roles = [*user.platform_roles, *dict.fromkeys(alliance.roles_of(user))]
        runs_it = has_permission(user, Permission.RUN_COUPLING, within=alliance)
        if set(roles) <= set(OF_AN_ORGANISATION):  # what concerns their organisation stands above
            reports.append(AllianceReport(alliance, roles))
            continue
        overdue, has_more = _first(overdue_in(alliance))
        gives_seats = has_permission(user, Permission.MANAGE_MEMBERS, within=alliance)
        step = (seats_to_fill(alliance) if gives_seats else None) or (
            next_step(alliance) if runs_it else None
        )
        run = latest_result(alliance) if runs_it else None
        reports.append(
            AllianceReport(
                alliance,
                roles,
                standing_of(alliance),
                overdue,
                has_more,
                step,
                wishes_in_words(run) if run else [],
                run,
            )
        )
    return reports


def _first(rows: QuerySet[Commitment]) -> tuple[list[Commitment], bool]:
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], len(found) > SHOWN
