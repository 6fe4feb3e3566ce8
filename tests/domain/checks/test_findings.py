"""A finding is put right under its number: received, fixed, looked at again by another, closed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from binglian.domain.accounts.models import Notification, User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks.actions import (
    ask_to_resume,
    close_finding,
    consent_to_resume,
    fix_responsibility,
    issue_finding,
    name_unit,
    order_stop,
    receive_finding,
    refuse_to_resume,
    reopen_finding,
    report_fixed,
    return_finding,
    show_finding,
    watch_findings,
)
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Finding, SiteUnit, StopOrder
from binglian.domain.checks.queries import awaiting_on_site, public_findings, trends
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import ModeFacts, report, save_task
from binglian.domain.projects.models import Project, Report
from binglian.domain.refusals import ActionRefused

State = Finding.State


@pytest.fixture
def finding(site: Project, facts: FindingFacts, finder: User) -> Finding:
    return issue_finding(project=site, facts=facts, key=uuid4(), by=finder)


def put_right(finding: Finding, by: User) -> Finding:
    """As far as the responsible organisation brings it."""
    finding.refresh_from_db()
    if finding.state == State.ISSUED:
        receive_finding(finding=finding, by=by)
    fix_responsibility(
        finding=finding, post="项目安全负责人", duty="落实防护", measure="加装护栏", by=by
    )
    return report_fixed(finding=finding, words="护栏已装好", by=by)


def steps(finding: Finding) -> list[str]:
    return [step.what for step in finding.steps.all()]


def told(user: User) -> list[str]:
    return [row.text_zh for row in Notification.objects.filter(user=user).order_by("pk")]


def test_sent_twice_it_is_one_notice(site: Project, facts: FindingFacts, finder: User) -> None:
    key = uuid4()
    first = issue_finding(project=site, facts=facts, key=key, by=finder)
    again = issue_finding(project=site, facts=facts, key=key, by=finder)
    assert again == first
    assert Finding.objects.count() == 1
    assert steps(first) == ["issued"]


def test_numbers_run_by_project_and_year(site: Project, facts: FindingFacts, finder: User) -> None:
    made = [issue_finding(project=site, facts=facts, key=uuid4(), by=finder) for _ in range(2)]
    year = today().year
    assert [one.number for one in made] == [
        f"{site.number}-ZG-{year}-001",
        f"{site.number}-ZG-{year}-002",
    ]


def test_it_is_returned_once_and_closed_by_another_person(
    finding: Finding, giver: User, finder: User, rechecker: User
) -> None:
    put_right(finding, giver)
    with pytest.raises(ActionRefused, match="复查须换人"):
        close_finding(finding=finding, words="看过了", by=finder)
    return_finding(finding=finding, why="少一根立杆", due_on=today(), by=rechecker)
    put_right(finding, giver)
    closed = close_finding(finding=finding, words="护栏齐全", by=rechecker)
    assert closed.state == State.CLOSED
    assert steps(finding) == [
        "issued", "received", "fixing", "reported", "returned", "fixing", "reported", "closed",
    ]  # fmt: skip
    assert list(
        LedgerEntry.objects.filter(act__startswith="finding.")
        .order_by("pk")
        .values_list("act", flat=True)
    ) == [f"finding.{what}" for what in steps(finding)]


def test_the_table_itself_refuses_who_closes_their_own(finding: Finding) -> None:
    facts = {"post": "a", "duty": "b", "measure": "c", "closed_at": now()}
    rows = Finding.objects.filter(pk=finding.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="closed", closed_by=finding.issued_by_id, **facts)


def test_the_five_are_fixed_before_work_begins(finding: Finding, giver: User) -> None:
    receive_finding(finding=finding, by=giver)
    with pytest.raises(ActionRefused, match="责任岗位"):
        fix_responsibility(finding=finding, post=" ", duty="a", measure="b", by=giver)
    with pytest.raises(ActionRefused, match="措施"):
        fix_responsibility(finding=finding, post="a", duty="b", measure="", by=giver)
    with pytest.raises(ActionRefused, match="已签收"):
        report_fixed(finding=finding, words="好了", by=giver)


def test_only_the_responsible_organisation_answers(
    finding: Finding, receiver: User, secretariat: User
) -> None:
    for person in (receiver, secretariat):
        with pytest.raises(PermissionDenied):
            receive_finding(finding=finding, by=person)


def test_only_an_inspector_issues(site: Project, facts: FindingFacts, giver: User) -> None:
    with pytest.raises(PermissionDenied):
        issue_finding(project=site, facts=facts, key=uuid4(), by=giver)


def test_who_is_not_on_the_site_is_not_responsible(
    site: Project, facts: FindingFacts, needing: Organisation, finder: User, giver: User
) -> None:
    strange = replace(facts, organisation=needing)
    with pytest.raises(ActionRefused, match="参建单位"):
        issue_finding(project=site, facts=strange, key=uuid4(), by=finder)
    name_unit(project=site, organisation=needing, role="contractor", by=giver)
    made = issue_finding(project=site, facts=strange, key=uuid4(), by=finder)
    assert made.organisation == needing


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"what": " "}, "问题"),
        ({"place": ""}, "部位"),
        ({"family": "nothing"}, "类别"),
        ({"grade": "huge"}, "等级"),
        ({"standard": ""}, "标准"),
        ({"latitude": 36.07}, "位置"),
        ({"due_on": date(2020, 1, 1)}, "期限"),
    ],
)
def test_what_is_missing_is_said(
    site: Project, facts: FindingFacts, finder: User, wrong: dict[str, Any], why: str
) -> None:
    with pytest.raises(ActionRefused, match=why):
        issue_finding(project=site, facts=replace(facts, **wrong), key=uuid4(), by=finder)
    assert Finding.objects.count() == 0


def test_a_key_is_one_inspectors(
    site: Project, facts: FindingFacts, finding: Finding, rechecker: User
) -> None:
    with pytest.raises(ActionRefused, match="编号已被别处使用"):
        issue_finding(project=site, facts=facts, key=UUID(str(finding.key)), by=rechecker)


def test_a_major_hazard_is_told_upward_at_once(
    site: Project,
    facts: FindingFacts,
    finder: User,
    giver: User,
    receiver: User,
    needing: Organisation,
    lead_a: User,
    lead_b: User,
) -> None:
    name_unit(project=site, organisation=needing, role=SiteUnit.Role.REGULATOR, by=giver)
    made = issue_finding(project=site, facts=replace(facts, grade="major"), key=uuid4(), by=finder)
    said = f"重大隐患上报：{site.title}，整改通知 {made.number}。"
    assert [told(person) for person in (receiver, lead_a, lead_b)] == [[said]] * 3


def test_what_is_late_is_told_upward_once(
    finding: Finding, giver: User, lead_a: User, secretariat: User
) -> None:
    after = finding.due_on + timedelta(days=1)
    assert watch_findings(today=finding.due_on) == 0
    assert watch_findings(today=after) == 1
    assert watch_findings(today=after) == 0
    said = f"{finding.number} 超过整改期限（{finding.due_on:%Y-%m-%d}）仍未报告整改。"
    assert told(lead_a) == [said]
    assert told(secretariat) == [said]
    assert told(giver)[-1] == said


def test_what_comes_again_is_opened_again_under_its_number(
    finding: Finding, giver: User, finder: User, rechecker: User
) -> None:
    put_right(finding, giver)
    close_finding(finding=finding, words="合格", by=rechecker)
    number = finding.number
    again = reopen_finding(finding=finding, what="又拆了", due_on=today(), by=finder)
    assert (again.number, again.state, again.times_reopened) == (number, State.ISSUED, 1)
    put_right(again, giver)
    assert close_finding(finding=again, words="合格", by=rechecker).state == State.CLOSED


def test_it_waits_for_who_can_act(
    alliance: Alliance, finding: Finding, giver: User, finder: User, rechecker: User, receiver: User
) -> None:
    def waiting(*people: User) -> list[int]:
        return [awaiting_on_site(person, alliance).count() for person in people]

    assert waiting(giver, finder, rechecker, receiver) == [1, 0, 0, 0]
    put_right(finding, giver)
    assert waiting(giver, finder, rechecker, receiver) == [0, 0, 1, 0]


@pytest.fixture
def task(site: Project, giver: User) -> Any:
    return save_task(project=site, title_zh="地下三层底板", modes=[ModeFacts(10)], by=giver)


def test_a_stop_order_holds_until_consent(
    site: Project, finding: Finding, task: Any, giver: User, finder: User, rechecker: User
) -> None:
    order = order_stop(finding=finding, scope="地下三层全部作业", by=finder)
    said = f"已责令停工（{finding.number}：地下三层全部作业），同意复工前不能报告施工进展。"
    with pytest.raises(ActionRefused) as refused:
        report(task=task, event=Report.Event.ACCEPTED, by=giver)
    assert str(refused.value) == said
    with pytest.raises(ActionRefused, match="先整改、复查销号"):
        ask_to_resume(order=order, words="好了", by=giver)
    put_right(finding, giver)
    close_finding(finding=finding, words="合格", by=rechecker)
    with pytest.raises(ActionRefused, match="停工"):
        report(task=task, event=Report.Event.ACCEPTED, by=giver)
    ask_to_resume(order=order, words="已销号，请求复工", by=giver)
    refuse_to_resume(order=order, why="警示带未撤", by=rechecker)
    ask_to_resume(order=order, words="警示带已撤", by=giver)
    consent_to_resume(order=order, words="可以复工", by=rechecker)
    order.refresh_from_db()
    assert order.state == StopOrder.State.LIFTED
    assert report(task=task, event=Report.Event.ACCEPTED, by=giver).event == "accepted"


def test_a_stop_order_for_one_task_leaves_the_others(
    site: Project, finding: Finding, task: Any, giver: User, finder: User
) -> None:
    other = save_task(project=site, title_zh="地面绿化", modes=[ModeFacts(5)], by=giver)
    order_stop(finding=finding, scope="底板", tasks=[task], by=finder)
    assert report(task=other, event=Report.Event.ACCEPTED, by=giver).event == "accepted"
    with pytest.raises(ActionRefused, match="停工"):
        report(task=task, event=Report.Event.ACCEPTED, by=giver)


def test_everybody_reads_what_an_inspector_shows(
    site: Project, finding: Finding, finder: User, giver: User
) -> None:
    assert list(public_findings(site)) == []
    with pytest.raises(PermissionDenied):
        show_finding(finding=finding, is_public=True, by=giver)
    show_finding(finding=finding, is_public=True, by=finder)
    assert list(public_findings(site)) == [finding]


def test_trends_count_by_name_and_rank_nobody(
    alliance: Alliance, site: Project, facts: FindingFacts, finder: User
) -> None:
    for family in ("safety", "quality", "safety"):
        issue_finding(project=site, facts=replace(facts, family=family), key=uuid4(), by=finder)
    assert [(one.of, one.found, one.closed) for one in trends(alliance, "family")] == [
        ("工程质量", 1, 0),
        ("施工安全", 2, 0),
    ]
