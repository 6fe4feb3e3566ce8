"""What an inspector sees on a phone without a network arrives exactly once, and is put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import enter_plan, enter_team, issue_finding
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Finding, FindingPhoto, SitePlan, Team, TeamDay
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.actions import ModeFacts, create_project, report, save_task
from binglian.domain.projects.models import Project, Report, Task
from binglian.domain.refusals import ActionRefused
from tests.web.news_samples import photograph

pytestmark = pytest.mark.usefixtures("database_beside_the_browser")
WAITING, NONE_WAITS = "[data-field=waiting]", "没有等待发送的。"


@pytest.fixture
def site_of(alliance: Alliance, giving: Organisation, giver: User) -> Project:
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="地下空间综合体（示例）",
        kind="underground",
        features=[],
        starts_on=today(),
        is_public=True,
    )
    Project.objects.filter(pk=project.pk).update(state=Project.State.RUNNING)
    project.refresh_from_db()
    return project


@pytest.fixture
def level(site_of: Project, giver: User) -> SitePlan:
    picture = photo_facts(photograph())
    return enter_plan(project=site_of, title="地下三层", picture=picture, by=giver)


@pytest.fixture
def team(site_of: Project, giving: Organisation, giver: User) -> Team:
    return enter_team(
        project=site_of, organisation=giving, name="支护班", headcount=40, task="支护", by=giver
    )


@pytest.fixture
def task(site_of: Project, giver: User) -> Task:
    return save_task(project=site_of, title_zh="地下三层底板", modes=[ModeFacts(10)], by=giver)


@pytest.fixture
def finder(alliance: Alliance) -> User:
    return an_inspector(alliance, "finder")


@pytest.fixture
def rechecker(alliance: Alliance) -> User:
    return an_inspector(alliance, "rechecker")


@pytest.fixture
def finding(site_of: Project, giving: Organisation, finder: User) -> Finding:
    facts = FindingFacts(
        what="三层临边无防护栏",
        place="地下三层",
        family="safety",
        grade="serious",
        organisation=giving,
        due_on=today() + timedelta(days=3),
        found_at=now(),
        standard="临边有可靠防护",
    )
    return issue_finding(project=site_of, facts=facts, key=uuid4(), by=finder)


def an_inspector(alliance: Alliance, name: str) -> User:
    user = User.objects.create(username=name)
    Appointment.objects.create(
        alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
    )
    return user


def open_to_keep(page: Page, address: str) -> None:
    """Open a form of the field, so that it opens again where there is no network."""
    page.goto(address)
    expect(page.locator(WAITING)).to_have_text(NONE_WAITS)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "async () => Boolean(await (await caches.open('field')).match(location.pathname))"
    )
    page.wait_for_load_state("networkidle")


def file_finding(page: Page, what: str, picture: Path | None = None) -> None:
    page.get_by_label("什么问题？").fill(what)
    page.get_by_label("部位").fill("地下三层")
    page.get_by_label("整改到什么标准").fill("临边有可靠防护")
    page.get_by_label("谁来整改").select_option(index=1)
    if picture:
        page.get_by_label("照片").set_input_files(picture)
    page.get_by_role("button", name="签发").click()
    expect(page.locator("[data-field=said]")).to_have_text("已存在手机里。")


def lose_the_first_answer(page: Page, address: str) -> list[str]:
    """The server takes what comes first, but its answer gets lost on the way back."""
    lost: list[str] = []

    def route(one: Any) -> None:
        if one.request.method == "POST" and not lost:
            one.fetch()
            lost.append(one.request.url)
            one.abort()
        else:
            one.continue_()

    page.route(address, route)
    return lost


def act(page: Page, finding: Finding, name: str, **fields: str) -> None:
    """Do one act on the finding's page."""
    page.goto(f"/a/historic/findings/{finding.pk}/")
    button = page.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator("summary", has_text=name).click()
    for field, value in fields.items():
        page.locator(f"form:has(button:text-is('{name}')) [name$='-{field}']").fill(value)
    button.click()
    page.wait_for_load_state()


def put_right(page: Page, finding: Finding, words: str) -> None:
    act(page, finding, "定责整改", post="项目安全负责人", duty="落实防护", measure="加装护栏")
    act(page, finding, "报告整改完成", words=words)


def test_three_findings_filed_without_a_network_each_arrive_exactly_once(
    page_of: Callable[[User], Page],
    site_of: Project,
    level: SitePlan,
    finder: User,
    tmp_path: Path,
) -> None:
    picture = tmp_path / "rail.jpg"
    picture.write_bytes(photograph())
    page = page_of(finder)
    open_to_keep(page, f"/a/historic/findings/new/{site_of.pk}/")
    waiting = page.locator(WAITING)

    page.context.set_offline(True)
    page.get_by_label("在平面图上标出").select_option("地下三层")
    sheet = page.get_by_role("button", name="在“地下三层”上点出位置")
    box = sheet.bounding_box()
    assert box is not None
    sheet.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    file_finding(page, "三层临边无防护栏", picture)
    file_finding(page, "电箱未上锁")
    expect(waiting).to_contain_text("2 条等待发送")
    # Opened anew without a network: the page and what was filed are still there.
    page.reload()
    expect(waiting).to_contain_text("2 条等待发送")
    file_finding(page, "消防通道堆料")
    expect(waiting).to_contain_text("3 条等待发送")
    assert Finding.objects.count() == 0

    lost = lose_the_first_answer(page, "**/findings/new/**")
    page.context.set_offline(False)
    expect(waiting).to_have_text(NONE_WAITS, timeout=30_000)

    assert len(lost) == 1
    first, second, third = Finding.objects.order_by("pk")
    assert [one.what for one in (first, second, third)] == [
        "三层临边无防护栏",
        "电箱未上锁",
        "消防通道堆料",
    ]
    assert [photo.step.finding for photo in FindingPhoto.objects.all()] == [first]
    # The place of one says nothing of the next.
    assert (first.plan, second.plan, third.plan) == (level, None, None)
    assert (round(first.plan_x or 0, 1), round(first.plan_y or 0, 1)) in {(0.2, 0.5), (0.3, 0.5)}
    before = now() - timedelta(minutes=5)
    assert all(one.found_at > before for one in (first, second, third))


def test_a_finding_is_returned_once_and_then_closed_by_a_different_person(
    page_of: Callable[[User], Page], finding: Finding, giver: User, finder: User, rechecker: User
) -> None:
    fixing, rechecking, finding_it = page_of(giver), page_of(rechecker), page_of(finder)
    act(fixing, finding, "签收")
    put_right(fixing, finding, "护栏已装好")

    finding_it.goto(f"/a/historic/findings/{finding.pk}/")
    expect(finding_it.get_by_role("button", name="复查合格，销号")).to_have_count(0)
    act(rechecking, finding, "复查不合格，退回", words="少一根立杆")
    put_right(fixing, finding, "立杆已补")
    act(rechecking, finding, "复查合格，销号", words="护栏齐全")

    finding.refresh_from_db()
    assert (finding.state, finding.closed_by) == (Finding.State.CLOSED, rechecker)
    assert [step.what for step in finding.steps.all()] == [
        *("issued", "received", "fixing", "reported", "returned", "fixing", "reported", "closed")
    ]


def test_a_stop_order_holds_until_another_person_consents(
    page_of: Callable[[User], Page],
    finding: Finding,
    task: Task,
    giver: User,
    finder: User,
    rechecker: User,
) -> None:
    fixing, rechecking = page_of(giver), page_of(rechecker)

    def why_work_stands_still() -> str:
        try:
            report(task=task, event=Report.Event.ACCEPTED, by=giver)
        except ActionRefused as refused:
            return str(refused)
        return ""

    act(page_of(finder), finding, "责令停工", scope="地下三层全部作业")
    act(fixing, finding, "签收")
    assert "已责令停工" in why_work_stands_still()
    put_right(fixing, finding, "护栏已装好")
    act(rechecking, finding, "复查合格，销号", words="护栏齐全")
    assert "已责令停工" in why_work_stands_still()  # put right, but nobody has consented
    act(fixing, finding, "申请复工", words="护栏验收合格")
    assert "已责令停工" in why_work_stands_still()  # asked is not consented
    act(rechecking, finding, "同意复工", words="已核查")

    assert why_work_stands_still() == ""


def test_a_day_reported_without_a_network_arrives_exactly_once(
    page_of: Callable[[User], Page], team: Team, giver: User, tmp_path: Path
) -> None:
    board = tmp_path / "board.jpg"
    board.write_bytes(photograph())
    page = page_of(giver)
    open_to_keep(page, f"/a/historic/sites/teams/{team.pk}/report/")

    page.context.set_offline(True)
    page.reload()
    page.get_by_label("到场人数", exact=True).fill("38")
    page.get_by_label("其中已受安全教育的人数").fill("36")
    page.get_by_label("有没有拖欠工资？").select_option("no")
    page.get_by_label("维权告示牌照片").set_input_files(board)
    page.get_by_role("button", name="上报", exact=True).click()
    expect(page.locator("[data-field=said]")).to_have_text("已存在手机里。")
    assert TeamDay.objects.count() == 0

    lost = lose_the_first_answer(page, "**/report/")
    page.context.set_offline(False)
    expect(page.locator(WAITING)).to_have_text(NONE_WAITS, timeout=30_000)

    day = TeamDay.objects.get()
    assert (day.on, day.headcount, day.trained, day.owes_wages) == (today(), 38, 36, False)
    assert (day.board_type, len(lost), len(day.keys)) == ("image/jpeg", 1, 1)
