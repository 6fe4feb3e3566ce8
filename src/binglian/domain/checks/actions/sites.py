"""The units of a site, its teams, and who was there on a day: counts, never names of persons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.checks.models import SiteUnit, Team, TeamDay
from binglian.domain.checks.queries.honours import bars_on_flag
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused, refuse_unless

from .finding_steps import responsible_organisations
from .steps import note, require_keeping

MOST_HEADS = 5000


@transaction.atomic
def name_unit(*, project: Project, organisation: Organisation, role: str, by: User) -> SiteUnit:
    """Name a member as contractor, supervisor and so on of a project (登记参建单位)."""
    require_keeping(by, project)
    refuse_unless(role in SiteUnit.Role.values, _("请选参建身份。"))
    is_member = admitted_organisations(project.alliance).filter(pk=organisation.pk).exists()
    refuse_unless(
        is_member, _("“%(name)s”还不是本联盟成员，请先邀请它加入。") % {"name": organisation}
    )
    standing = project.units.filter(organisation=organisation, role=role)
    refuse_unless(not standing.exists(), _("“%(name)s”已登记为这一身份。") % {"name": organisation})
    unit = SiteUnit.objects.create(
        project=project, organisation=organisation, role=role, entered_by=by
    )
    note(by, "site_unit.named", unit, project, {"role": role}, organisation)
    return unit


@transaction.atomic
def enter_team(
    *,
    project: Project,
    organisation: Organisation,
    name: str,
    headcount: int,
    task: str,
    by: User,
    flag: str = Team.Flag.NONE,
) -> Team:
    """Enter a team; a flag put up at the start is being earned, not awarded (创建中)."""
    require_keeping(by, project)
    name, task = name.strip(), task.strip()
    refuse_unless(name and task, _("请写队名和任务；不写人名。"))
    refuse_unless(flag in Team.Flag.values, _("请选旗帜。"))
    refuse_unless(0 < headcount <= MOST_HEADS, _("人数须在 1 和 %(n)s 之间。") % {"n": MOST_HEADS})
    on_site = organisation in responsible_organisations(project)
    refuse_unless(on_site, _("“%(name)s”不在这个工地的参建单位里。") % {"name": organisation})
    taken = project.teams.filter(name=name, ended_on=None).exists()
    refuse_unless(not taken, _("这个工地已有队伍“%(name)s”。") % {"name": name})
    team = Team.objects.create(
        project=project,
        organisation=organisation,
        name=name,
        flag=flag,
        standing="" if flag == Team.Flag.NONE else Team.Standing.CREATING,
        headcount=headcount,
        task=task,
        entered_by=by,
    )
    change = {"name": name, "flag": flag, "headcount": headcount}
    note(by, "team.entered", team, project, change, organisation)
    return team


@transaction.atomic
def award_flag(*, team: Team, award: str, by: User) -> Team:
    """The honour was awarded, by whom and by which document (授予).

    Wages owed this year bar it, and an accident for three years.
    """
    team = _locked(team, by)
    refuse_unless(team.ended_on is None, _("这支队伍已退场。"))
    refuse_unless(team.standing == Team.Standing.CREATING, _("这支队伍没有在创建的旗帜。"))
    for bar in bars_on_flag(team, today()):
        raise ActionRefused(_("这支队伍%(why)s。") % {"why": bar.why})
    refuse_unless(award.strip(), _("请写授予单位和文号。"))
    team.standing, team.award = Team.Standing.AWARDED, award.strip()[:120]
    team.save(update_fields=["standing", "award"])
    note(by, "team.flag_awarded", team, team.project, {"award": team.award}, team.organisation)
    return team


@transaction.atomic
def revoke_flag(*, team: Team, why: str, by: User) -> Team:
    """The honour is revoked, or its earning ended (撤销)."""
    team = _locked(team, by)
    refuse_unless(team.flag != Team.Flag.NONE, _("这支队伍没有旗帜。"))
    refuse_unless(why.strip(), _("请写明原因。"))
    team.flag, team.standing, team.award = Team.Flag.NONE, "", ""
    team.save(update_fields=["flag", "standing", "award"])
    change = {"why": why.strip()[:200]}
    note(by, "team.flag_revoked", team, team.project, change, team.organisation)
    return team


@transaction.atomic
def end_team(*, team: Team, by: User) -> Team:
    """The team has left the site (退场)."""
    team = _locked(team, by)
    refuse_unless(team.ended_on is None, _("这支队伍已退场。"))
    team.ended_on = today()
    team.save(update_fields=["ended_on"])
    note(by, "team.ended", team, team.project, None, team.organisation)
    return team


@transaction.atomic
def report_day(
    *,
    team: Team,
    headcount: int,
    trained: int,
    owes_wages: bool,
    by: User,
    on: date | None = None,
    board: PhotoFacts | None = None,
    key: UUID | None = None,
) -> TeamDay:
    """Report a team's day: how many came, how many of them trained, wages owed or not.

    Reported again, the day is corrected; both stand in the chain. A report that arrived before
    with the same ``key`` changes nothing, whatever was reported since.
    """
    team = (
        Team.objects.select_for_update(of=("self",))
        .select_related("project__alliance", "organisation")
        .get(pk=team.pk)
    )
    alliance = team.project.alliance
    require_permission(by, Permission.REPORT_FROM_SITE, within=alliance.seat_of(team.organisation))
    on = on or today()
    arrived = team.days.filter(on=on).defer("board").first()
    if arrived and key and str(key) in arrived.keys:
        return arrived
    refuse_unless(on <= today(), _("日期不能晚于今天。"))
    refuse_unless(team.ended_on is None or on <= team.ended_on, _("这支队伍已退场。"))
    refuse_unless(0 <= headcount <= MOST_HEADS, _("人数须在 0 和 %(n)s 之间。") % {"n": MOST_HEADS})
    refuse_unless(0 <= trained <= headcount, _("受教育人数不能多于到场人数。"))
    facts: dict = {
        "headcount": headcount,
        "trained": trained,
        "owes_wages": owes_wages,
        "reported_by": by,
        "keys": [*(arrived.keys if arrived else ()), *([str(key)] if key else ())],
    }
    if board:
        facts |= {"board": board.image, "board_type": board.media_type}
    day, _is_new = TeamDay.objects.update_or_create(team=team, on=on, defaults=facts)
    change = {"on": on, "headcount": headcount, "trained": trained, "owes_wages": owes_wages}
    note(by, "team_day.reported", day, team.project, change, team.organisation)
    return day


def _locked(team: Team, by: User) -> Team:
    rows = Team.objects.select_for_update(of=("self",)).select_related(
        "project__alliance", "project__owner", "organisation"
    )
    team = rows.get(pk=team.pk)
    require_keeping(by, team.project)
    return team
