"""How each alliance stands, for whoever belongs to it and is no mere officer of a member."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import Alliance, seats_of
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.coupling.desk_queries import Standing, overdue_in, standing_in, with_standing
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.coupling.queries import latest_runs
from binglian.web.coupling.run_findings import wishes_in_words

from .next_step import NextStep, next_step_of, seats_to_fill, with_steps

#: Longer lists end in a link to the whole list.
SHOWN = 20


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
    def permissions(self) -> set[Permission]:
        """What the reader's seats grant here."""
        return {permission for role in self.roles for permission in role.permissions}

    @property
    def permission_names(self) -> set[str]:
        """The same by name, for deciding which links to show."""
        return {permission.name for permission in self.permissions}

    @property
    def is_brief(self) -> bool:
        """Whether what concerns the reader's organisation, shown elsewhere, is all they need."""
        return set(self.roles) <= set(OF_AN_ORGANISATION)


def alliance_reports(user: User) -> list[AllianceReport]:
    """Every alliance the reader may see, with what is late and, for who runs it, what is next.

    However many alliances there are, it takes three statements at most.
    """
    reports = [_titled(user, alliance) for alliance in _alliances(user)]
    whole = [report for report in reports if not report.is_brief]
    overdue = _overdue([report.alliance for report in whole])
    run_here = [one.alliance for one in whole if Permission.RUN_COUPLING in one.permissions]
    runs = latest_runs(run_here) if run_here else {}
    return [
        report
        if report.is_brief
        else _filled(report, overdue.get(report.alliance.pk, []), runs.get(report.alliance.pk))
        for report in reports
    ]


def _alliances(user: User) -> QuerySet[Alliance] | list[Alliance]:
    seats = seats_of(user)
    roles = {*user.platform_roles, *(Role(seat.role) for seat in seats)}
    if roles <= set(OF_AN_ORGANISATION):
        return sorted({seat.alliance for seat in seats}, key=lambda one: one.pk)
    alliances = with_standing(alliances_visible_to(user))
    permissions = {permission for role in roles for permission in role.permissions}
    if permissions & {Permission.RUN_COUPLING, Permission.MANAGE_MEMBERS}:
        return with_steps(alliances)
    return alliances


def _titled(user: User, alliance: Alliance) -> AllianceReport:
    roles = [*user.platform_roles, *dict.fromkeys(alliance.roles_of(user))]
    return AllianceReport(alliance, roles)


def _filled(
    report: AllianceReport, overdue: list[Commitment], runs: list[CouplingRun] | None
) -> AllianceReport:
    alliance = report.alliance
    gives_seats = Permission.MANAGE_MEMBERS in report.permissions
    runs_it = Permission.RUN_COUPLING in report.permissions
    newest = runs[0] if runs else None
    result = next((run for run in runs or () if run.state in CouplingRun.WITH_RESULT), None)
    step = (seats_to_fill(alliance) if gives_seats else None) or (
        next_step_of(alliance, newest) if runs_it else None
    )
    return AllianceReport(
        alliance,
        report.roles,
        standing_in(alliance),
        overdue[:SHOWN],
        len(overdue) > SHOWN,
        step,
        wishes_in_words(result) if result else [],
        result,
    )


def _overdue(alliances: list[Alliance]) -> dict[int, list[Commitment]]:
    """Alliance id → the first of what is late there, one more than is shown."""
    if not alliances:
        return {}
    place = Window(RowNumber(), partition_by="alliance", order_by=F("pk").asc())
    found: dict[int, list[Commitment]] = {}
    for row in overdue_in(*alliances).annotate(place=place).filter(place__lte=SHOWN + 1):
        found.setdefault(row.alliance_id, []).append(row)
    return found
