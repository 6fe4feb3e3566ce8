"""What the clock does for findings: those not put right in time are told upward, once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.checks.models import Finding, FindingStep

from .finding_steps import locked, take_step, tell

_LATE = gettext_noop("%(number)s 超过整改期限（%(until)s）仍未报告整改。")


def watch_findings(*, today: date) -> int:
    """Escalate what is late and was not told of; safe to run at any time. Returns how many."""
    late = Finding.objects.filter(state__in=Finding.TO_FIX, due_on__lt=today, late_at=None)
    return sum(_escalate(finding, today) for finding in late)


@transaction.atomic
def _escalate(finding: Finding, today: date) -> bool:
    finding = locked(finding)
    is_late = finding.state in Finding.TO_FIX and finding.due_on < today and not finding.late_at
    if not is_late:
        return False
    finding.late_at = now()
    finding.save(update_fields=["late_at"])
    until = f"{finding.due_on:%Y-%m-%d}"
    take_step(finding, FindingStep.What.LATE, None, until=until)
    alliance = finding.project.alliance
    people = liaison_officers(alliance, finding.organisation)
    people = people | liaison_officers(alliance, finding.project.owner)
    people = people | people_with(alliance, Role.SECRETARIAT)
    if finding.grade != Finding.Grade.GENERAL:
        people = people | people_with(alliance, *LEADS)
    tell(finding, people.distinct(), _LATE, until=until)
    return True
