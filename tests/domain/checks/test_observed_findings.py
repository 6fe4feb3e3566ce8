"""What a residents' supervisor saw becomes a finding, and they read what became of it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification, User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import (
    close_finding,
    file_observation,
    fix_responsibility,
    issue_finding,
    receive_finding,
    report_fixed,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Observation
from binglian.domain.checks.queries import observations_to_look_at
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused


@pytest.fixture
def supervisor(alliance: Alliance, needing: Organisation) -> User:
    user = User.objects.create(username="supervisor")
    Appointment.objects.create(
        alliance=alliance,
        user=user,
        role=Role.SUPERVISOR.value,
        organisation=needing,
        from_on=today(),
    )
    return user


@pytest.fixture
def seen(site: Project, supervisor: User, finder: User) -> Observation:
    photo = PhotoFacts(image=b"rail", media_type="image/jpeg", width=4, height=3)
    return file_observation(
        project=site, place="三层北侧", text="栏杆少一段。", photo=photo, by=supervisor
    )


def told(user: User) -> list[str]:
    return [one.text_zh for one in Notification.objects.filter(user=user).order_by("pk")]


def test_inspectors_are_asked_to_look_and_find_it_on_their_list(
    seen: Observation, alliance: Alliance, finder: User, supervisor: User
) -> None:
    assert (bytes(seen.photo), seen.photo_type) == (b"rail", "image/jpeg")
    assert list(observations_to_look_at(finder, alliance)) == [seen]
    assert list(observations_to_look_at(supervisor, alliance)) == []
    (asked,) = told(finder)
    assert "属实的签发整改" in asked


def test_the_observer_is_told_when_a_notice_goes_out_and_when_it_is_closed(
    seen: Observation,
    site: Project,
    alliance: Alliance,
    facts: FindingFacts,
    giver: User,
    finder: User,
    rechecker: User,
    supervisor: User,
) -> None:
    finding = issue_finding(
        project=site, facts=replace(facts, observation=seen), key=uuid4(), by=finder
    )
    assert list(seen.findings.all()) == [finding]
    assert list(observations_to_look_at(finder, alliance)) == []
    receive_finding(finding=finding, by=giver)
    fix_responsibility(finding=finding, post="安全负责人", duty="防护", measure="装护栏", by=giver)
    report_fixed(finding=finding, words="装好了", by=giver)
    close_finding(finding=finding, words="护栏齐全", by=rechecker)

    first, last = told(supervisor)
    assert first == f"您看到的已签发整改通知 {finding.number}，销号时再告诉您。"
    assert last == f"{finding.number} 已复查合格，销号。"


def test_who_does_not_inspect_makes_no_finding_of_it_nor_at_another_site(
    seen: Observation, site: Project, facts: FindingFacts, supervisor: User, finder: User
) -> None:
    observed = replace(facts, observation=seen)
    with pytest.raises(PermissionDenied):
        issue_finding(project=site, facts=observed, key=uuid4(), by=supervisor)
    other = Project.objects.get(pk=site.pk)
    other.pk, other.number = None, "P-OTHER"
    other.save()
    with pytest.raises(ActionRefused, match="监督意见是别的工地的"):
        issue_finding(project=other, facts=observed, key=uuid4(), by=finder)
