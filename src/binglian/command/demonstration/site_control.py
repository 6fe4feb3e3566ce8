"""The site of the demonstration under control: who builds, what is inspected, what was found."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import people_with
from binglian.domain.checks.actions import (
    award_flag,
    close_finding,
    enter_team,
    fix_responsibility,
    issue_finding,
    name_unit,
    order_stop,
    plan_inspection,
    receive_finding,
    report_day,
    report_fixed,
    show_finding,
    take_standard_lists,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.projects.models import Project

from .rounds import Cast

_FILE = Path(__file__).resolve().parent / "site_control.json"


def enter(alliance: Alliance, cast: Cast) -> None:
    """Units, teams and their week, checklists, an inspection to come, findings on their way."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    site = alliance.projects.select_related("owner", "alliance").get(title_zh=facts["project"])
    finder, rechecker = people_with(alliance, Role.INSPECTOR).order_by("username")
    for name, role in facts["units"]:
        name_unit(project=site, organisation=_member(name), role=role, by=cast.of(site.owner))
    for team in facts["teams"]:
        _team(site, team, cast)
    lists = take_standard_lists(alliance=alliance, by=cast.secretariat)
    plan_inspection(
        project=site,
        checklist=next(one for one in lists if one.code == facts["plan"]["code"]),
        inspector=finder,
        due_on=today() + timedelta(days=facts["plan"]["days"]),
        by=cast.secretariat,
    )
    for finding in facts["findings"]:
        _finding(site, finding, cast, finder, rechecker)


def _team(site: Project, facts: dict[str, Any], cast: Cast) -> None:
    organisation = _member(facts["organisation"])
    team = enter_team(
        project=site,
        organisation=organisation,
        by=cast.of(site.owner),
        **{name: facts[name] for name in ("name", "flag", "headcount", "task")},
    )
    if facts["award"]:
        award_flag(team=team, award=facts["award"], by=cast.of(site.owner))
    days = facts["days"]
    for ago, (headcount, trained) in enumerate(reversed(days), facts["last_day"]):
        report_day(
            team=team,
            headcount=headcount,
            trained=trained,
            owes_wages=False,
            on=today() - timedelta(days=ago),
            by=cast.of(organisation),
        )


def _finding(
    site: Project, facts: dict[str, Any], cast: Cast, finder: User, rechecker: User
) -> None:
    """As far as the file tells it."""
    organisation = _member(facts["organisation"])
    told = FindingFacts(
        organisation=organisation,
        found_at=now() - timedelta(days=facts["days_ago"]),
        due_on=today() + timedelta(days=facts["due"]),
        **{name: facts[name] for name in ("what", "place", "family", "grade", "standard")},
    )
    key = uuid5(NAMESPACE_URL, facts["what"])
    finding = issue_finding(project=site, facts=told, key=key, by=finder)
    responsible = cast.of(organisation)
    receive_finding(finding=finding, by=responsible)
    post, duty, measure = facts["fixed"]
    fix_responsibility(finding=finding, post=post, duty=duty, measure=measure, by=responsible)
    if "stop" in facts:
        order_stop(finding=finding, scope=facts["stop"], by=finder)
    if "reported" in facts:
        report_fixed(finding=finding, words=facts["reported"], by=responsible)
    if "closed" in facts:
        close_finding(finding=finding, words=facts["closed"], by=rechecker)
    if facts.get("is_public"):
        show_finding(finding=finding, is_public=True, by=finder)


def _member(name: str) -> Organisation:
    return Organisation.objects.get(name=name)
