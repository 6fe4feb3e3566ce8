"""Who builds a site: units, teams and their flags, a day's headcount; never a person's name."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks.actions import (
    award_flag,
    end_team,
    enter_team,
    name_unit,
    report_day,
    revoke_flag,
)
from binglian.domain.checks.models import SiteUnit, Team, TeamDay
from binglian.domain.checks.queries import site_day, site_days
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def team(site: Project, giving: Organisation, giver: User) -> Team:
    return enter_team(
        project=site,
        organisation=giving,
        name="支护班",
        flag="pioneer",
        headcount=40,
        task="基坑支护",
        by=giver,
    )


def test_a_member_is_named_once_for_each_part(
    site: Project, needing: Organisation, giver: User
) -> None:
    name_unit(project=site, organisation=needing, role="contractor", by=giver)
    name_unit(project=site, organisation=needing, role="monitor", by=giver)

    with pytest.raises(ActionRefused, match="已登记为这一身份"):
        name_unit(project=site, organisation=needing, role="monitor", by=giver)
    with pytest.raises(ActionRefused, match="请选参建身份"):
        name_unit(project=site, organisation=needing, role="king", by=giver)
    stranger = Organisation.objects.create(name="外地公司")
    with pytest.raises(ActionRefused, match="还不是本联盟成员"):
        name_unit(project=site, organisation=stranger, role="designer", by=giver)
    assert [unit.role for unit in site.units.all()] == ["contractor", "monitor"]


def test_only_the_owner_and_the_secretariat_keep_the_site(
    site: Project, team: Team, needing: Organisation, secretariat: User, receiver: User
) -> None:
    name_unit(project=site, organisation=needing, role="contractor", by=secretariat)

    with pytest.raises(PermissionDenied):
        name_unit(project=site, organisation=needing, role="monitor", by=receiver)
    with pytest.raises(PermissionDenied):
        end_team(team=team, by=receiver)


def test_a_team_belongs_to_a_unit_of_the_site(
    site: Project, team: Team, needing: Organisation, giver: User
) -> None:
    facts = {"project": site, "organisation": needing, "headcount": 9, "task": "降水", "by": giver}
    with pytest.raises(ActionRefused, match="不在这个工地的参建单位里"):
        enter_team(name="降水班", **facts)
    name_unit(project=site, organisation=needing, role="contractor", by=giver)
    with pytest.raises(ActionRefused, match="已有队伍“支护班”"):
        enter_team(name=" 支护班 ", **facts)
    with pytest.raises(ActionRefused, match="人数须在 1 和 5000 之间"):
        enter_team(name="降水班", **{**facts, "headcount": 0})

    end_team(team=team, by=giver)
    again = enter_team(name="支护班", **facts)
    assert (again.flag, again.standing) == ("none", "")


def test_a_flag_put_up_is_being_earned_until_it_is_awarded(team: Team, giver: User) -> None:
    assert team.standing == Team.Standing.CREATING
    with pytest.raises(ActionRefused, match="请写授予单位和文号"):
        award_flag(team=team, award=" ", by=giver)
    awarded = award_flag(team=team, award="市总工会 2026-18 号（示例）", by=giver)
    assert (awarded.standing, awarded.award) == ("awarded", "市总工会 2026-18 号（示例）")
    with pytest.raises(ActionRefused, match="没有在创建的旗帜"):
        award_flag(team=team, award="再来一次", by=giver)

    revoked = revoke_flag(team=team, why="发生事故", by=giver)
    assert (revoked.flag, revoked.standing, revoked.award) == ("none", "", "")
    with pytest.raises(ActionRefused, match="这支队伍没有旗帜"):
        revoke_flag(team=team, why="再撤一次", by=giver)
    acts = LedgerEntry.objects.filter(act__startswith="team.").values_list("act", flat=True)
    assert list(acts.order_by("pk")) == ["team.entered", "team.flag_awarded", "team.flag_revoked"]


def test_wages_owed_this_year_bar_the_award(team: Team, giver: User) -> None:
    facts = {"team": team, "headcount": 38, "trained": 38, "by": giver}
    report_day(owes_wages=True, **facts)
    with pytest.raises(ActionRefused, match="今年报过拖欠工资"):
        award_flag(team=team, award="市总工会", by=giver)

    report_day(owes_wages=False, **facts)
    assert award_flag(team=team, award="市总工会", by=giver).standing == "awarded"


def test_a_day_holds_counts_and_nobody(team: Team, giver: User) -> None:
    names = {field.name for field in TeamDay._meta.get_fields()}
    assert names == {
        *("id", "team", "on", "headcount", "trained", "owes_wages"),
        *("board", "board_type", "reported_by", "reported_at", "keys"),
    }
    names = {field.name for field in Team._meta.concrete_fields}
    assert names == {
        *("id", "project", "organisation", "name", "flag", "standing", "award"),
        *("headcount", "task", "ended_on", "entered_by", "entered_at"),
    }


def test_a_day_reported_again_is_corrected_and_keeps_its_board(team: Team, giver: User) -> None:
    board = PhotoFacts(image=b"board", media_type="image/jpeg", width=4, height=3)
    report_day(team=team, headcount=30, trained=20, owes_wages=False, board=board, by=giver)
    report_day(team=team, headcount=32, trained=31, owes_wages=False, by=giver)

    day = TeamDay.objects.get()
    assert (day.headcount, day.trained, bytes(day.board)) == (32, 31, b"board")
    told = LedgerEntry.objects.filter(act="team_day.reported").order_by("pk")
    assert [json.loads(entry.change)["headcount"] for entry in told] == [30, 32]


def test_a_report_that_arrives_again_changes_nothing_even_after_a_correction(
    team: Team, giver: User
) -> None:
    first, correction = uuid4(), uuid4()
    facts = {"team": team, "owes_wages": False, "by": giver}
    report_day(headcount=30, trained=20, key=first, **facts)
    report_day(headcount=32, trained=31, key=correction, **facts)
    report_day(headcount=30, trained=20, key=first, **facts)

    assert TeamDay.objects.get().headcount == 32
    assert LedgerEntry.objects.filter(act="team_day.reported").count() == 2


def test_a_day_that_cannot_be_is_refused(team: Team, giver: User, receiver: User) -> None:
    facts = {"team": team, "headcount": 30, "trained": 30, "owes_wages": False, "by": giver}
    with pytest.raises(ActionRefused, match="日期不能晚于今天"):
        report_day(**facts, on=today() + timedelta(days=1))
    with pytest.raises(ActionRefused, match="受教育人数不能多于到场人数"):
        report_day(**{**facts, "trained": 31})
    with pytest.raises(ActionRefused, match="人数须在 0 和 5000 之间"):
        report_day(**{**facts, "headcount": -1, "trained": -1})
    with pytest.raises(PermissionDenied):
        report_day(**{**facts, "by": receiver})
    Team.objects.filter(pk=team.pk).update(ended_on=today() - timedelta(days=1))
    team.refresh_from_db()
    with pytest.raises(ActionRefused, match="已退场"):
        report_day(**facts)
    assert TeamDay.objects.count() == 0


def test_a_days_coverage_counts_teams_that_reported_and_names_those_that_did_not(
    site: Project, team: Team, giving: Organisation, giver: User
) -> None:
    other = enter_team(
        project=site, organisation=giving, name="降水班", headcount=9, task="降水", by=giver
    )
    report_day(team=team, headcount=30, trained=27, owes_wages=True, by=giver)
    day = site_day(site, today())
    assert (day.headcount, day.trained, day.coverage) == (30, 27, 90)
    assert [one.team for one in day.reported] == [team]
    assert day.silent == [other]
    assert site_day(site, today()).in_arrears == [team]

    report_day(team=other, headcount=0, trained=0, owes_wages=False, by=giver)
    assert site_day(site, today()).silent == []
    assert site_day(site, today() - timedelta(days=1)).coverage is None


def test_the_days_of_all_sites_are_one_statement(
    site: Project,
    team: Team,
    alliance: Alliance,
    giving: Organisation,
    giver: User,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    facts = {"alliance": alliance, "owner": giving, "kind": "road", "features": []}
    others = [
        create_project(**facts, by=giver, title_zh=f"工地{n}", starts_on=today()) for n in range(5)
    ]
    waiting = [
        enter_team(project=one, organisation=giving, name="甲", headcount=3, task="清理", by=giver)
        for one in others
    ]
    report_day(team=team, headcount=30, trained=27, owes_wages=True, by=giver)
    with django_assert_num_queries(1):
        days = site_days([site, *others], today())

    assert [days[one.pk].silent for one in others] == [[one] for one in waiting]
    assert (days[site.pk].headcount, days[site.pk].in_arrears) == (30, [team])


def test_the_latest_word_on_wages_stands(site: Project, team: Team, giver: User) -> None:
    facts = {"team": team, "headcount": 30, "trained": 30, "by": giver}
    report_day(owes_wages=True, on=today() - timedelta(days=2), **facts)
    assert site_day(site, today()).in_arrears == [team]
    report_day(owes_wages=False, on=today() - timedelta(days=1), **facts)
    assert site_day(site, today()).in_arrears == []


def test_units_stand_under_their_parts(site: Project, needing: Organisation, giver: User) -> None:
    name_unit(project=site, organisation=needing, role="supervisor", by=giver)
    assert [(unit.role, unit.organisation) for unit in SiteUnit.objects.all()] == [
        ("supervisor", needing)
    ]
