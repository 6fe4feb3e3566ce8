"""Nobody inspects, stops or looks again at what their own organisation builds."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import (
    bring_into_force,
    close_finding,
    draw_inspections,
    finish_inspection,
    fix_responsibility,
    issue_finding,
    name_unit,
    order_stop,
    plan_inspection,
    receive_finding,
    report_fixed,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.lots import drawn
from binglian.domain.checks.models import Checklist, Finding
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

MUST_STAND_BACK = "须回避"


@pytest.fixture
def seat(alliance: Alliance) -> Callable[[User, Organisation], None]:
    """The person works for an organisation of the alliance."""

    def take(user: User, organisation: Organisation) -> None:
        Appointment.objects.create(
            alliance=alliance,
            user=user,
            role=Role.SIGNATORY.value,
            organisation=organisation,
            from_on=today(),
        )

    return take


@pytest.fixture
def checklist(alliance: Alliance, secretariat: User) -> Checklist:
    return bring_into_force(
        alliance=alliance,
        code="edges",
        family="safety",
        title_zh="临边防护",
        items=[("临边有防护", "")],
        by=secretariat,
    )


@pytest.mark.parametrize("role", ["contractor", "designer", "monitor"])
def test_the_inspector_of_a_unit_that_builds_issues_nothing_there(
    site: Project,
    facts: FindingFacts,
    needing: Organisation,
    giver: User,
    finder: User,
    seat: Callable[..., None],
    role: str,
) -> None:
    name_unit(project=site, organisation=needing, role=role, by=giver)
    seat(finder, needing)

    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        issue_finding(project=site, facts=facts, key=uuid4(), by=finder)
    assert Finding.objects.count() == 0


@pytest.mark.parametrize("role", ["supervisor", "regulator"])
def test_who_is_there_to_watch_inspects_but_not_themselves(
    site: Project,
    facts: FindingFacts,
    needing: Organisation,
    giver: User,
    finder: User,
    seat: Callable[..., None],
    role: str,
) -> None:
    name_unit(project=site, organisation=needing, role=role, by=giver)
    seat(finder, needing)

    assert issue_finding(project=site, facts=facts, key=uuid4(), by=finder).issued_by == finder
    own = replace(facts, organisation=needing)
    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        issue_finding(project=site, facts=own, key=uuid4(), by=finder)


def test_the_owners_inspector_neither_stops_work_nor_looks_again(
    site: Project,
    facts: FindingFacts,
    giving: Organisation,
    giver: User,
    finder: User,
    rechecker: User,
    seat: Callable[..., None],
) -> None:
    finding = issue_finding(project=site, facts=facts, key=uuid4(), by=finder)
    receive_finding(finding=finding, by=giver)
    fix_responsibility(finding=finding, post="安全负责人", duty="防护", measure="装护栏", by=giver)
    report_fixed(finding=finding, words="装好了", by=giver)
    seat(rechecker, giving)

    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        close_finding(finding=finding, words="看过了", by=rechecker)
    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        order_stop(finding=finding, scope="地下三层", by=rechecker)


def test_an_inspection_is_neither_given_to_nor_done_by_one_who_stands_back(
    site: Project,
    checklist: Checklist,
    giving: Organisation,
    finder: User,
    secretariat: User,
    seat: Callable[..., None],
) -> None:
    facts = {"project": site, "checklist": checklist, "due_on": today(), "by": secretariat}
    planned = plan_inspection(inspector=finder, **facts)
    seat(finder, giving)

    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        plan_inspection(inspector=finder, **facts)
    verdicts = {item.pk: "met" for item in checklist.items.all()}
    with pytest.raises(ActionRefused, match=MUST_STAND_BACK):
        finish_inspection(inspection=planned, verdicts=verdicts, words="", key=uuid4(), by=finder)


def test_the_lot_passes_over_who_stands_back_and_says_so(
    site: Project,
    alliance: Alliance,
    checklist: Checklist,
    giving: Organisation,
    finder: User,
    rechecker: User,
    secretariat: User,
    seat: Callable[..., None],
) -> None:
    seat(finder, giving)
    facts = {"alliance": alliance, "checklist": checklist, "count": 1, "due_on": today()}

    draw = draw_inspections(**facts, by=secretariat)

    assert draw.recused == [(site.pk, finder.pk)]
    assert draw.inspections.get().inspector == rechecker
    seat(rechecker, giving)
    with pytest.raises(ActionRefused, match="都须回避"):
        draw_inspections(**facts, by=secretariat)


def test_the_turn_goes_to_the_next_in_the_order_of_the_lot() -> None:
    # Without recusal: (1, 8), (3, 7), (2, 8).
    assert drawn("berth", [1, 2, 3], [7, 8], 3, [(1, 8), (2, 8)]) == [(1, 7), (3, 7), (2, 7)]
