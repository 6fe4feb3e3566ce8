"""An inspector fills in a checklist without a network; the result arrives once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import bring_into_force, plan_inspection
from binglian.domain.checks.models import Finding, Inspection
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project

pytestmark = pytest.mark.usefixtures("database_beside_the_browser")


@pytest.fixture
def planned(alliance: Alliance, giving: Organisation, giver: User, secretariat: User) -> Inspection:
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="地下空间综合体（示例）",
        kind="underground",
        features=[],
        starts_on=today(),
    )
    Project.objects.filter(pk=project.pk).update(state=Project.State.RUNNING)
    project.refresh_from_db()
    inspector = User.objects.create(username="inspector")
    Appointment.objects.create(
        alliance=alliance, user=inspector, role=Role.INSPECTOR.value, from_on=today()
    )
    checklist = bring_into_force(
        alliance=alliance,
        code="edges",
        family="quality",
        title_zh="临边防护",
        items=[("临边有防护", ""), ("通道畅通", "")],
        by=secretariat,
    )
    return plan_inspection(
        project=project, checklist=checklist, inspector=inspector, due_on=today(), by=secretariat
    )


def test_a_checklist_filled_in_offline_arrives_once_and_its_finding_knows_the_point(
    page_of: Callable[[User], Page], planned: Inspection
) -> None:
    page = page_of(planned.inspector)
    page.goto(f"/a/historic/inspections/{planned.pk}/")
    expect(page.get_by_text("没有等待发送的。")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for address in (page.url, f"/a/historic/findings/new/{planned.project_id}/"):
        page.wait_for_function(
            "async address => Boolean(await (await caches.open('field')).match(address))",
            arg=address,
        )
    # What the page needs is put by beside it.
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    page.reload()
    first, second = planned.checklist.items.all()
    page.locator(f"[name=item-{first.pk}][value=met]").check()
    expect(page.get_by_text("不符合的，签发整改").first).to_be_hidden()
    page.locator(f"[name=item-{second.pk}][value=not_met]").check()
    # The form of the finding opens without a network too, the point chosen.
    with page.context.expect_page() as opened:
        page.locator(".point-next a").nth(1).click()
    finding = opened.value
    expect(finding.get_by_label("不符合哪一条要求")).to_have_value(str(second.pk))
    finding.get_by_label("什么问题？").fill("北侧堆料")
    finding.get_by_label("部位").fill("北侧")
    finding.get_by_label("谁来整改").select_option(index=1)
    finding.get_by_role("button", name="签发").click()
    expect(finding.get_by_role("status")).to_have_text("已存在手机里。")
    finding.close()
    page.get_by_role("button", name="提交检查结果").click()
    expect(page.get_by_role("button", name="提交检查结果")).to_be_hidden()
    expect(page.locator("[data-field=waiting]")).to_contain_text("2 条等待发送")
    assert Inspection.objects.get().done_at is None

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-field=waiting]")).to_have_text("没有等待发送的。")
    done = Inspection.objects.get()
    assert [one.verdict for one in done.verdicts.order_by("item__number")] == ["met", "not_met"]
    made = Finding.objects.get()
    assert (made.inspection, made.item, made.family) == (done, second, "quality")
