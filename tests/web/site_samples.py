"""A finding with a picture, a team, a checklist and a draw for the table of routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.checks.actions import (
    bring_into_force,
    draw_inspections,
    enter_plan,
    enter_team,
    issue_finding,
    report_accident,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import TeamDay
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.models import Project

from .news_samples import photograph


def site_samples(project: Project, by: User) -> dict[str, Any]:
    """Its keys, by the name routes have for it."""
    inspector = User.objects.create(username="inspector")
    Appointment.objects.create(
        alliance=project.alliance, user=inspector, role=Role.INSPECTOR.value, from_on=today()
    )
    finding = issue_finding(
        project=project,
        facts=FindingFacts(
            what="三层临边无防护栏",
            place="地下三层",
            family="safety",
            grade="general",
            organisation=project.owner,
            due_on=today() + timedelta(days=3),
            found_at=now(),
            standard="临边有可靠防护",
            photos=(photo_facts(photograph()),),
        ),
        key=UUID(int=7),
        by=inspector,
    )
    picture = finding.steps.get().photos.get()
    return _books(project, inspector, by) | {
        "project_pk": project.pk,
        "finding_pk": finding.pk,
        "finding_photo_pk": picture.pk,
        "step": "receive",
    }


def _books(project: Project, inspector: User, by: User) -> dict[str, Any]:
    """A team with a day and its board, a checklist, a draw with its inspection."""
    team = enter_team(
        project=project,
        organisation=project.owner,
        name="支护班",
        flag="shock",
        headcount=9,
        task="支护",
        by=by,
    )
    day = TeamDay.objects.create(
        team=team,
        on=today(),
        headcount=9,
        trained=9,
        owes_wages=False,
        board=b"picture",
        board_type="image/jpeg",
        reported_by=by,
    )
    checklist = bring_into_force(
        alliance=project.alliance,
        code="edges",
        family="safety",
        title_zh="临边防护",
        items=[("临边有防护", "")],
        by=by,
    )
    draw = draw_inspections(
        alliance=project.alliance, checklist=checklist, count=1, due_on=today(), by=by
    )
    plan = enter_plan(project=project, title="负二层", picture=photo_facts(photograph()), by=by)
    accident = report_accident(team=team, on=today(), what="吊物坠落，无人受伤。", by=by)
    return {
        "team_pk": team.pk,
        "team_act": "end",
        "accident_pk": accident.pk,
        "site_plan_pk": plan.pk,
        "team_day_pk": day.pk,
        "checklist_pk": checklist.pk,
        "draw_pk": draw.pk,
        "inspection_pk": draw.inspections.get().pk,
    }
