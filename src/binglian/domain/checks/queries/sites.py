"""Who builds a site, and how a day was there: counts of teams, never persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.checks.models import SitePlan, SiteUnit, Team, TeamDay
from binglian.domain.projects.models import Project
from binglian.domain.together import asked_together


@dataclass(frozen=True, slots=True)
class SiteDay:
    """One day of a site.

    Attributes
    ----------
    reported, silent
        What its teams reported, and which have not; a team that was not there yet, or no longer,
        is not awaited.
    in_arrears
        Teams whose latest report until this day says: wages are owed; leaving settles nothing.
    """

    on: date
    reported: list[TeamDay] = field(default_factory=list)
    silent: list[Team] = field(default_factory=list)
    in_arrears: list[Team] = field(default_factory=list)

    @property
    def headcount(self) -> int:
        return sum(day.headcount for day in self.reported)

    @property
    def trained(self) -> int:
        return sum(day.trained for day in self.reported)

    @property
    def coverage(self) -> int | None:
        """Of those who came, how many in a hundred are trained, rounded down; nobody came: None."""
        return self.trained * 100 // self.headcount if self.headcount else None


def site_day(project: Project, on: date) -> SiteDay:
    """The day of one site as it was reported."""
    return site_days([project], on)[project.pk]


def site_days(projects: Iterable[Project], on: date) -> dict[int, SiteDay]:
    """The day of each site by the key of its project; one statement, however many."""
    found = {project.pk: SiteDay(on) for project in projects}
    latest = TeamDay.objects.filter(team=OuterRef("pk"), on__lte=on).order_by("-on")
    teams = Team.objects.filter(project__in=found).select_related("organisation")
    reported, there, in_arrears = asked_together(
        TeamDay.objects.filter(team__project__in=found, on=on)
        .defer("board")
        .select_related("team__organisation")
        .order_by("team__name"),
        _there(teams, on).filter(entered_at__date__lte=on),
        teams.annotate(owes=Subquery(latest.values("owes_wages")[:1]))
        .filter(owes=True)
        .order_by("name"),
    )
    for day in reported:
        found[day.team.project_id].reported.append(day)
    known = {day.team_id for day in reported}
    for team in there:
        if team.pk not in known:
            found[team.project_id].silent.append(team)
    for team in in_arrears:
        found[team.project_id].in_arrears.append(team)
    return found


def plans_in_use(project: Project) -> QuerySet[SitePlan]:
    """Drawings on which new findings are shown, without the pictures themselves."""
    return project.site_plans.filter(replaced_at=None).defer("image").order_by("title")


def teams_on(project: Project, on: date) -> QuerySet[Team]:
    """Teams that have not left the site by this day."""
    return _there(project.teams.all(), on).select_related("organisation", "project__alliance")


def _there(teams: QuerySet[Team], on: date) -> QuerySet[Team]:
    return teams.filter(Q(ended_on=None) | Q(ended_on__gte=on))


def units_by_role(project: Project) -> list[tuple[str, list[SiteUnit]]]:
    """The units under the names of their parts, in the order in which parts are told."""
    units = list(project.units.select_related("organisation").order_by("organisation__name"))
    parts = [
        (str(label), [unit for unit in units if unit.role == role])
        for role, label in SiteUnit.Role.choices
    ]
    return [(label, those) for label, those in parts if those]


def teams_reported_by(user: User, project: Project, on: date) -> list[Team]:
    """Teams on the site for whose organisation the person may report a day."""
    may: dict[int, bool] = {}
    for team in (teams := list(teams_on(project, on))):
        if team.organisation_id not in may:
            seat = project.alliance.seat_of(team.organisation)
            may[team.organisation_id] = has_permission(
                user, Permission.REPORT_FROM_SITE, within=seat
            )
    return [team for team in teams if may[team.organisation_id]]
