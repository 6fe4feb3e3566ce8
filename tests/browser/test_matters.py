"""A matter as twelve people live it, from a resident's phone to the public page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from binglian.sheets.columns import OFFERS
from tests.browser.coupling_steps import approve, bring_in, workbook
from tests.browser.matter_steps import DESK, answer, began_earlier, form, found, unfold
from tests.browser.walking import Arrives, Person
from tools.chromium import DESKTOP, PHONE
from tools.demo_site import DemoSite

TEXT = "肥城路口每天早上装卸货车占道停车，老人推车要绕到机动车道上走。"
PARKING, STREET = "停车管理公司（示例）", "即墨路街道"
CALLED = {"停车管理公司（示例）": "liaison-parking", "城建局": "liaison-construction"}
CALLED["东里社区（示例）"] = "liaison-dongli"
SOLVED = "联盟成员已共同解决需求"
#: Whether the page, asked for again, says it by now.
IS_BACK = "async (words) => (await (await fetch(location.href)).text()).includes(words)"


@pytest.fixture
def arrives(browser: Browser, site: str) -> Iterator[Arrives]:
    """Officials at their desks, the leader who signs on a phone; nobody signs in as ``""``."""
    people = []

    def sign_in(who: str) -> Person:
        person = Person(browser, site, "zh-hans", PHONE if who == "street-leader" else DESKTOP)
        people.append(person)
        if who:
            person.sign_in(who)
        return person

    yield sign_in
    for person in people:
        person.leave()


def test_from_a_residents_phone_to_the_public_page(
    arrives: Arrives, browser: Browser, demo: DemoSite, site: str
) -> None:
    # a resident reports without an account, and keeps the secret link
    resident = Person(browser, site, "zh-hans", PHONE)
    resident.go("/p/historic/report/")
    resident.page.fill("[name=text]", TEXT)
    resident.page.fill("[name=address]", "肥城路口")
    for name, degrees in (("longitude", "120.3195"), ("latitude", "36.0718")):
        pin = resident.page.locator(f"#report [name={name}]")  # where the map's pin writes
        pin.evaluate("(input, degrees) => { input.value = degrees }", degrees)
    resident.page.locator("#report .card-footer button").click()
    resident.page.wait_for_load_state("networkidle")
    other = resident.page.get_by_role("button", name="都不是，提交我的")
    if other.count():
        other.click()
        resident.page.wait_for_load_state("networkidle")
    link = resident.page.locator("a.link-to-keep").get_attribute("href") or ""
    resident.look()

    # the secretariat dispatches by the catalogue, and lets the public read it
    secretariat = arrives("secretariat")
    found(secretariat, "肥城路口")
    assert PARKING in secretariat.page.locator("#step").inner_text()
    # the platform is not sure enough of the category to choose it by itself
    category = form(secretariat, "dispatch").get_by_label("诉求类别")
    assert category.input_value() == ""
    category.select_option(label="停车与占道")
    secretariat.press("分派", form(secretariat, "dispatch"))
    unfold(secretariat, "审核公开")
    secretariat.press("公开", form(secretariat, "publish"))

    # not ours, says the first; the review desk designates another, for good
    parking = arrives("liaison-parking")
    found(parking, "肥城路口")
    unfold(parking, "提出异议")
    form(parking, "object").locator("textarea").fill("该路口早间装卸由街道统筹安排。")
    form(parking, "object").locator("select").select_option(label=STREET)
    parking.press("确认", form(parking, "object"))
    reviewer = arrives("reviewer")
    found(reviewer, "肥城路口")
    form(reviewer, "decide").locator("[value=yes]").check()
    reviewer.press("复核异议", form(reviewer, "decide"))

    # the sub-district accepts, and whistles for three
    street = arrives("liaison-jimo-road")
    found(street, "肥城路口")
    street.press(f"签收（{STREET}）")
    unfold(street, "吹哨")
    whistle = form(street, "whistle")
    whistle.locator("[name=kind][value=residents]").check()
    whistle.locator("[name=reason]").fill("装卸时段、车位和护栏分属三家，需现场商定。")
    for name in CALLED:
        whistle.get_by_label(name, exact=True).check()
    street.press("确认", whistle)
    leader = arrives("street-leader")
    leader.go(DESK)
    leader.page.get_by_role("link", name="签发吹哨").first.click()
    leader.look()
    leader.press("同意，签发吹哨")
    for officer in CALLED.values():
        called = arrives(officer)
        found(called, "肥城路口")
        called.press_starting("报到")
        form(called, "result").locator("textarea").fill("已到场，商定七点前装卸并划设车位。")
        called.press_starting("反馈处置结果", form(called, "result"))

    # more time, told why, and let pass; each called is judged; then the answer, late
    found(street, "肥城路口")
    before = street.page.locator(".due").first.inner_text()
    unfold(street, "申请延期")
    form(street, "extend").locator("[name=working_days]").fill("3")
    form(street, "extend").locator("[name=reason]").fill("划线材料到货需要时间")
    street.press("确认", form(street, "extend"))
    assert street.page.locator(".due").first.inner_text() != before
    number = street.page.title().split(" ")[0]
    began_earlier(demo, number, days=30)
    street.page.reload()
    assert "逾期" in street.page.locator(".due").first.inner_text()
    for _one in CALLED:
        judging = form(street, "judge_call")
        if not judging.is_visible():
            unfold(street, "评价应哨单位")
        judging.locator("[value=good]").check()
        judging.locator("button").click()
        street.page.wait_for_load_state("networkidle")
    answer(street, "已划设装卸车位，联系电话 13900001234。")
    assert street.page.locator("mark").inner_text() == "13900001234"
    answer(street, "已划设装卸车位，七点前装卸，护栏已补齐。", "您提到的台阶也修好了。")
    assert street.page.get_by_text("逾期答复", exact=True).is_visible()

    # the resident reads it all by the secret link, and judges; the public reads its part
    resident.go(link)
    told = resident.page.locator("main").inner_text()
    assert "划线材料到货需要时间" in told
    assert "您提到的台阶也修好了。" in told
    assert "逾期答复" in told
    resident.page.locator("[name=solved][value=yes]").check()
    resident.page.locator("[name=content][value=yes]").check()
    resident.press("提交评价")
    resident.go("/p/historic/matters/")
    resident.page.locator("main a", has_text="肥城路口").first.click()
    resident.page.wait_for_load_state("networkidle")
    resident.look()
    public = resident.page.locator("main").inner_text()
    assert "已划设装卸车位，七点前装卸，护栏已补齐。" in public
    assert "台阶也修好了" not in public
    assert "逾期答复" in public
    assert number in public
    resident.go("/p/historic/matters/map/")
    assert number in resident.page.locator("main").inner_text()
    resident.leave()


def test_what_one_office_cannot_do_comes_back_solved_through_a_coupling_run(
    arrives: Arrives,
) -> None:
    # who leads cannot do it alone: it goes on the list of needs, and the clock stands still
    leader = arrives("liaison-parking")
    found(leader, "轮椅过不去")
    unfold(leader, "列入需求清单")
    need = form(leader, "need")
    need.locator("[name=title]").fill("步行街活动护栏")
    need.locator("[name=kind]").select_option(label="其他")
    need.locator("[name=quantity]").fill("12")
    need.locator("[name=unit]").fill("米")
    need.locator("[name=tags]").fill("活动护栏")
    leader.press("确认", need)
    assert leader.page.locator(".due").first.inner_text() == "暂停计时"
    matter = leader.page.url

    # a neighbour has some; an urgent round for this need alone, before both leads
    secretariat = arrives("secretariat")
    spare: dict[str, object] = {
        "number": "W-R-1",
        "organisation": STREET,
        "title": "闲置活动护栏",
        "kind": "其他",
    }
    spare |= {"tags": "活动护栏", "quantity": 20, "unit": "米"}
    bring_in(secretariat, "offers", workbook(OFFERS, [spare]), 1)
    secretariat.go("/a/historic/runs/?start=urgent")
    chosen = secretariat.page.locator("[name=needs] option", has_text="步行街活动护栏")
    secretariat.page.locator("[name=needs]").select_option(chosen.get_attribute("value"))
    secretariat.page.get_by_role("button", name="开始运算", exact=True).click()
    ask = secretariat.page.get_by_role("button", name="提请审定公布")
    expect(ask).to_be_visible(timeout=60_000)
    secretariat.press("提请审定公布")
    for lead in ("lead-a", "lead-b"):
        approve(arrives(lead))

    # taken on, delivered, judged
    giver = arrives("liaison-jimo-road")
    giver.follow(re.compile("步行街活动护栏"))
    giver.press("认领")
    giver.go("/a/historic/commitments/?side=give&state=accepted")
    giver.follow(re.compile("步行街活动护栏"))
    giver.press("报告兑现")
    leader.go("/")
    leader.follow(re.compile("步行街活动护栏"))
    leader.page.get_by_label("满足", exact=True).check()
    leader.press("提交评价")

    # within the minute it is back with its leader, who answers; everybody reads how it went
    leader.go(matter)
    leader.wait_until(IS_BACK, SOLVED, seconds=120)
    leader.go(matter)
    answer(leader, "已借来活动护栏，周末隔出轮椅通道。")
    resident = arrives("")
    resident.go("/p/historic/matters/?q=轮椅过不去")
    resident.page.locator("main a", has_text="轮椅过不去").first.click()
    resident.page.wait_for_load_state("networkidle")
    resident.look()
    public = resident.page.locator("main").inner_text()
    assert "已列入联盟需求清单" in public
    assert SOLVED in public
    assert "已借来活动护栏，周末隔出轮椅通道。" in public
    assert "逾期答复" not in public


PAGES = {
    "secretariat": ["", "list/?state=open", "parked/", "themes/", "rates/", "catalogue/"],
    "liaison-jimo-road": ["", "list/"],
    "worker-dongli": ["", "new/"],
    "reviewer": [""],
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("has_care_mode", [False, True], ids=["normal", "large"])
def test_the_desk_of_matters_shuts_nobody_out(
    browser: Browser, site: str, language: str, size, has_care_mode: bool
) -> None:
    for who, paths in PAGES.items():
        person = Person(browser, site, language, size)
        person.sign_in(who, has_care_mode=has_care_mode)
        for path in paths:
            person.go(DESK + path)
        person.go(f"{DESK}list/")
        first = person.page.locator("main th a").first
        if first.count():
            person.go(first.get_attribute("href") or DESK)
        person.leave()
