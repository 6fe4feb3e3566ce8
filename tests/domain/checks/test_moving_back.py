"""What happened before it was entered here is brought in with its own dates."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import today
from binglian.domain.checks.actions import issue_finding, move_back, order_stop, receive_finding
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Finding
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def finding(site: Project, facts: FindingFacts, finder: User) -> Finding:
    return issue_finding(project=site, facts=facts, key=uuid4(), by=finder)


def test_each_step_of_a_finding_lies_on_its_own_day(
    finding: Finding, finder: User, giver: User, administrator: User
) -> None:
    found_at = finding.found_at
    order = order_stop(finding=finding, scope="负二层", by=finder)
    move_back(row=finding, days=2, by=administrator)
    receive_finding(finding=finding, by=giver)

    moved = move_back(row=finding, days=30, by=administrator)

    assert moved.found_at == found_at - timedelta(days=32)
    assert moved.due_on == today() - timedelta(days=29)
    issued, stopped, received = moved.steps.all()
    assert (received.at - issued.at).days == 2
    order.refresh_from_db()
    assert (stopped.at - order.ordered_at) < timedelta(minutes=1)
    assert (moved.number, moved.closed_at) == (finding.number, None)
    told = LedgerEntry.objects.filter(act="finding.moved_back").order_by("pk")
    assert [entry.user for entry in told] == [str(administrator)] * 2


def test_only_the_administrator_brings_the_past_in(
    finding: Finding, secretariat: User, administrator: User
) -> None:
    with pytest.raises(PermissionDenied):
        move_back(row=finding, days=1, by=secretariat)
    with pytest.raises(ActionRefused, match="只能补录过去的事"):
        move_back(row=finding, days=-1, by=administrator)
