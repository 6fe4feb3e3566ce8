"""An inspector files findings on a phone without a network; each arrives exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.models import Finding, FindingPhoto
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project
from tests.web.news_samples import photograph

pytestmark = pytest.mark.usefixtures("database_beside_the_browser")


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
    return project


@pytest.fixture
def inspectors(alliance: Alliance) -> list[User]:
    users = [User.objects.create(username=name) for name in ("finder", "rechecker")]
    for user in users:
        Appointment.objects.create(
            alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
        )
    return users


def file_finding(page: Page, what: str, picture: Path | None = None) -> None:
    page.get_by_label("什么问题？").fill(what)
    page.get_by_label("部位").fill("地下三层")
    page.get_by_label("整改到什么标准").fill("临边有可靠防护")
    page.get_by_label("谁来整改").select_option(index=1)
    if picture:
        page.get_by_label("照片").set_input_files(picture)
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("status")).to_have_text("已存在手机里。")


def act(page: Page, name: str, **fields: str) -> None:
    """Do one act on the finding's page."""
    button = page.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator("summary", has_text=name).click()
    for field, value in fields.items():
        page.locator(f"form:has(button:text-is('{name}')) [name$='-{field}']").fill(value)
    button.click()
    page.wait_for_load_state()


def test_three_findings_filed_offline_arrive_once_and_are_closed_by_another(
    page_of: Callable[[User], Page],
    site_of: Project,
    inspectors: list[User],
    giver: User,
    tmp_path: Path,
) -> None:
    finder, rechecker = inspectors
    picture = tmp_path / "rail.jpg"
    picture.write_bytes(photograph())
    page = page_of(finder)
    page.goto(f"/a/historic/findings/new/{site_of.pk}/")
    expect(page.get_by_text("没有等待发送的。")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    page.context.set_offline(True)
    file_finding(page, "三层临边无防护栏", picture)
    file_finding(page, "电箱未上锁")
    waiting = page.locator("[data-field=waiting]")
    expect(waiting).to_contain_text("2 条等待发送")
    # Opened anew without a network: the page and what was filed are still there.
    page.reload()
    expect(waiting).to_contain_text("2 条等待发送")
    file_finding(page, "消防通道堆料")
    expect(waiting).to_contain_text("3 条等待发送")
    assert Finding.objects.count() == 0

    # The network returns; the answer to the first is lost on its way back, so it is sent again.
    lost = []

    def lose_the_first_answer(route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/findings/new/**", lose_the_first_answer)
    page.context.set_offline(False)
    expect(waiting).to_have_text("没有等待发送的。", timeout=30_000)
    assert len(lost) == 1
    assert [one.what for one in Finding.objects.order_by("pk")] == [
        "三层临边无防护栏",
        "电箱未上锁",
        "消防通道堆料",
    ]
    assert FindingPhoto.objects.count() == 1
    before = now() - timedelta(minutes=5)
    assert all(one.found_at > before for one in Finding.objects.all())

    first = Finding.objects.order_by("pk")[0]
    address = f"/a/historic/findings/{first.pk}/"
    fixing, rechecking = page_of(giver), page_of(rechecker)
    fixing.goto(address)
    act(fixing, "签收")
    act(fixing, "定责整改", post="项目安全负责人", duty="落实防护", measure="加装护栏")
    act(fixing, "报告整改完成", words="护栏已装好")
    page.goto(address)
    expect(page.get_by_role("button", name="复查合格，销号")).to_have_count(0)
    rechecking.goto(address)
    act(rechecking, "复查不合格，退回", words="少一根立杆")
    fixing.goto(address)
    act(fixing, "定责整改")
    act(fixing, "报告整改完成", words="立杆已补")
    rechecking.goto(address)
    act(rechecking, "复查合格，销号", words="护栏齐全")
    first.refresh_from_db()
    assert (first.state, first.closed_by) == (Finding.State.CLOSED, rechecker)
