"""A finding for the table of routes, with a picture."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.checks.actions import issue_finding
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.models import Project

from .news_samples import photograph


def site_samples(project: Project) -> dict[str, Any]:
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
    return {
        "project_pk": project.pk,
        "finding_pk": finding.pk,
        "finding_photo_pk": picture.pk,
        "step": "receive",
    }
