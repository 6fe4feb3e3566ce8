"""Wages owed bar a flag for the year, an accident for three years; a team cannot slip out of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification, User
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.checks.actions import (
    award_flag,
    end_team,
    enter_team,
    report_accident,
    report_day,
    withdraw_accident,
)
from binglian.domain.checks.models import Accident, Team, TeamDay
from binglian.domain.checks.queries import bars_on_flag
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def team(site: Project, giving: Organisation, giver: User) -> Team:
    return entered(site, giving, giver)


def entered(site: Project, organisation: Organisation, by: User) -> Team:
    return enter_team(
        project=site,
        organisation=organisation,
        name="支护班",
        flag="pioneer",
        headcount=40,
        task="基坑支护",
        by=by,
    )


@pytest.mark.parametrize(
    ("happened", "on", "until"),
    [
        (date(2023, 11, 28), date(2026, 11, 27), date(2026, 11, 28)),
        (date(2023, 11, 28), date(2026, 11, 28), None),
        (date(2024, 2, 29), date(2027, 2, 28), date(2027, 3, 1)),
        (date(2024, 2, 29), date(2027, 3, 1), None),
        (date(2026, 11, 28), date(2026, 11, 27), None),
    ],
)
def test_an_accident_bars_for_three_years_to_the_day(
    team: Team, giver: User, happened: date, on: date, until: date | None
) -> None:
    Accident.objects.create(team=team, on=happened, what="塌方", reported_by=giver)

    assert [bar.until for bar in bars_on_flag(team, on)] == ([until] if until else [])


@pytest.mark.parametrize(
    ("owed_on", "on", "bars"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), [date(2027, 1, 1)]),
        (date(2026, 12, 31), date(2027, 1, 1), []),
        (date(2026, 6, 2), date(2026, 6, 1), []),
    ],
)
def test_wages_owed_bar_the_year(
    team: Team, giver: User, owed_on: date, on: date, bars: list[date]
) -> None:
    TeamDay.objects.create(
        team=team, on=owed_on, headcount=9, trained=9, owes_wages=True, reported_by=giver
    )

    assert [bar.until for bar in bars_on_flag(team, on)] == bars


def test_a_team_entered_anew_is_the_same_team(
    team: Team, site: Project, giving: Organisation, giver: User, secretariat: User
) -> None:
    report_day(team=team, headcount=9, trained=9, owes_wages=True, by=giver)
    end_team(team=team, by=giver)
    again = entered(site, giving, giver)

    with pytest.raises(ActionRefused, match="今年报过拖欠工资"):
        award_flag(team=again, award="市总工会", by=giver)


def test_an_accident_is_told_upward_and_bars_the_award_until_it_is_withdrawn(
    team: Team, giver: User, secretariat: User
) -> None:
    accident = report_accident(team=team, on=today(), what="吊物坠落，无人受伤。", by=giver)
    (asked,) = Notification.objects.filter(user=secretariat)
    assert asked.text_zh.startswith("事故上报：")
    with pytest.raises(ActionRefused, match="三年内不能授予旗帜"):
        award_flag(team=team, award="市总工会", by=giver)
    with pytest.raises(PermissionDenied):
        withdraw_accident(accident=accident, reason="报错了", by=giver)
    with pytest.raises(ActionRefused, match="请写明原因"):
        withdraw_accident(accident=accident, reason=" ", by=secretariat)

    withdraw_accident(accident=accident, reason="报错了队伍", by=secretariat)

    assert award_flag(team=team, award="市总工会", by=giver).standing == "awarded"
    acts = LedgerEntry.objects.filter(act__startswith="accident.").order_by("pk")
    assert [entry.act for entry in acts] == ["accident.reported", "accident.withdrawn"]


def test_an_accident_is_told_without_persons_and_by_the_site(
    team: Team, giver: User, receiver: User
) -> None:
    with pytest.raises(PermissionDenied):
        report_accident(team=team, on=today(), what="坠落", by=receiver)
    with pytest.raises(ActionRefused, match="手机号"):
        report_accident(team=team, on=today(), what="联系 13900001234", by=giver)
    with pytest.raises(ActionRefused, match="不写伤者姓名"):
        report_accident(team=team, on=today(), what=" ", by=giver)
    with pytest.raises(ActionRefused, match="日期不能晚于今天"):
        report_accident(team=team, on=today() + timedelta(days=1), what="坠落", by=giver)
