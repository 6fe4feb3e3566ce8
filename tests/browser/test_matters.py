"""A matter as twelve people live it, from a resident's phone to the public page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.walking import Arrives, Person
from tools.chromium import DESKTOP, PHONE

DESK = "/a/historic/matters/"
TEXT = "肥城路口每天早上装卸货车占道停车，老人推车要绕到机动车道上走。"
PARKING, STREET = "停车管理公司（示例）", "即墨路街道"
CALLED = {"停车管理公司（示例）": "liaison-parking", "城建局": "liaison-construction"}
CALLED["东里社区（示例）"] = "liaison-dongli"


@pytest.fixture
def arrives(browser: Browser, site: str) -> Iterator[Arrives]:
    """Officials at their desks; the leader signs on a phone."""
    people = []

    def sign_in(who: str) -> Person:
        person = Person(browser, site, "zh-hans", PHONE if who == "street-leader" else DESKTOP)
        people.append(person)
        person.sign_in(who)
        return person

    yield sign_in
    for person in people:
        person.leave()


def unfold(person: Person, label: str) -> None:
    person.page.locator("details.act > summary", has_text=label).first.click()


def form(person: Person, act: str):
    return person.page.locator(f"form[action$='/{act}/']").first


def found(person: Person, words: str) -> None:
    """Open a matter from the list by its words."""
    person.go(f"{DESK}list/?q={words}")
    person.page.locator("main th a").first.click()
    person.page.wait_for_load_state("networkidle")
    person.look()


def test_from_a_residents_phone_to_the_public_page(
    arrives: Arrives, browser: Browser, site: str
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

    # more time, told why; each called is judged; then the answer
    found(street, "肥城路口")
    before = street.page.locator(".due").first.inner_text()
    unfold(street, "申请延期")
    form(street, "extend").locator("[name=working_days]").fill("3")
    form(street, "extend").locator("[name=reason]").fill("划线材料到货需要时间")
    street.press("确认", form(street, "extend"))
    assert street.page.locator(".due").first.inner_text() != before
    for _one in CALLED:
        judging = form(street, "judge_call")
        if not judging.is_visible():
            unfold(street, "评价应哨单位")
        judging.locator("[value=good]").check()
        judging.locator("button").click()
        street.page.wait_for_load_state("networkidle")
    answer = form(street, "reply")
    if not answer.is_visible():
        unfold(street, "答复")
    answer.locator("[value=solved]").check()
    answer.locator("[name=public_text]").fill("已划设装卸车位，联系电话 13900001234。")
    answer.locator("button").click()
    street.look()
    assert street.page.locator("mark").inner_text() == "13900001234"
    answer.locator("[name=public_text]").fill("已划设装卸车位，七点前装卸，护栏已补齐。")
    answer.locator("[name=private_text]").fill("您提到的台阶也修好了。")
    answer.locator("button").click()
    street.page.wait_for_load_state("networkidle")
    street.look()

    # the resident reads it all by the secret link, and judges; the public reads its part
    resident.go(link)
    told = resident.page.locator("main").inner_text()
    assert "划线材料到货需要时间" in told
    assert "您提到的台阶也修好了。" in told
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
    number = re.findall(r"\d{8}-\d{4}", public)[0]
    resident.go("/p/historic/matters/map/")
    assert number in resident.page.locator("main").inner_text()
    resident.leave()


def test_what_became_a_need_came_back_solved_through_a_coupling_run(arrives: Arrives) -> None:
    """The demonstration's own: on the spring list of needs, matched, delivered, answered."""
    secretariat = arrives("secretariat")
    found(secretariat, "污水管反复返水")

    course = secretariat.page.locator("[aria-labelledby=course]").inner_text()
    assert "已列入联盟需求清单" in course
    assert "联盟成员已共同解决需求" in course
    secretariat.page.locator(".alert a[href*='/needs/']").click()
    secretariat.look()
    assert secretariat.page.locator("main a[href*='/commitments/']").count() >= 1


PAGES = {
    "secretariat": ["", "list/?state=open", "parked/", "themes/", "rates/", "catalogue/"],
    "liaison-jimo-road": ["", "list/"],
    "worker-dongli": ["", "new/"],
    "reviewer": [""],
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("large_type", [False, True], ids=["normal", "large"])
def test_the_desk_of_matters_shuts_nobody_out(
    browser: Browser, site: str, language: str, size, large_type: bool
) -> None:
    for who, paths in PAGES.items():
        person = Person(browser, site, language, size)
        person.sign_in(who, large_type=large_type)
        for path in paths:
            person.go(DESK + path)
        person.go(f"{DESK}list/")
        first = person.page.locator("main th a").first
        if first.count():
            person.go(first.get_attribute("href") or DESK)
        person.leave()
