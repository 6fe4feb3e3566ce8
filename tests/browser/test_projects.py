"""Projects as people walk them: the plan page, what if, actuals, re-planning."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE
from tools.demo_site import PASSWORD

PROJECTS = "/a/historic/projects/"
SEEN = (
    PROJECTS,
    f"{PROJECTS}kept/",
    "/a/historic/week/",
    "/a/historic/awaited/",
    "/a/historic/catalogue/",
    "/a/historic/catalogue/new/",
    "/a/historic/offices/",
    "/account/",
)
COMPLEX = re.compile("老街口地下空间|underground", re.IGNORECASE)


def open_complex(person: Person) -> str:
    """The underground complex of the demonstration; returns its address."""
    person.go(PROJECTS)
    person.follow(COMPLEX, person.page.locator("main table"))
    return person.page.url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_shut_nobody_out(browser: Browser, site: str, language: str, size) -> None:
    person = Person(browser, site, language, size)
    # Each language once on a small screen, each type size once in each language.
    person.sign_in("secretariat", has_care_mode=(size == PHONE) == (language == "zh-hans"))
    for path in SEEN:
        person.go(path)
    for path in ("/a/historic/catalogue/", "/a/historic/offices/"):
        person.go(path)
        person.follow(re.compile("."), person.page.locator("main table"))
    address = open_complex(person)
    person.follow(re.compile("12 "), person.page.locator("main table"))
    for part in ("plans/", "what-if/", "edit/", "tasks/new/", "import/"):
        person.go(address + part)
    person.go(f"{PROJECTS}new/?kind=courtyard&features=historic_building")
    person.go(f"{PROJECTS}chart/")
    person.go(address.replace("/a/", "/p/").replace("/projects/", "/"))
    person.leave()


def test_the_chart_stands_on_the_plan_page_and_names_who_is_awaited(
    browser: Browser, site: str
) -> None:
    person = Person(browser, site, "zh-hans", DESKTOP)
    person.sign_in("secretariat")
    person.go(open_complex(person) + "plans/")

    expect(person.page.locator(".gantt-task").first).to_be_visible()
    expect(person.page.locator(".gantt-details")).to_contain_text("个工作日")
    assert person.page.locator("#table ~ table tbody tr, [aria-labelledby=table] tbody tr").count()
    person.leave()


def test_without_tender_and_publicity_one_day_is_won(browser: Browser, site: str) -> None:
    """In the network as it was from the start: land title takes over."""
    person = Person(browser, site, "zh-hans", DESKTOP)
    person.sign_in("secretariat")
    person.go(open_complex(person) + "what-if/")
    page = person.page
    page.get_by_label(person.say("从头算起，不管已办到哪一步")).check()
    page.locator("tr", has_text="11 规划公示").get_by_role("checkbox").check()
    page.locator("tr", has_text="14 施工招标").get_by_role("checkbox").check()

    answer = page.locator("#answer")
    expect(answer).to_contain_text("只省 1 个工作日", timeout=30_000)
    person.look()
    person.page.fill("#title", "不公示不招标")
    person.press(person.say("保存"))
    assert "不公示不招标" in page.locator("h1").inner_text()
    person.leave()


def test_what_if_answers_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site, locale="zh-CN")
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_login", "secretariat")
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.goto(PROJECTS)
    page.locator("main table").get_by_role("link", name=COMPLEX).first.click()
    page.get_by_role("link", name="假如……").click()
    page.get_by_label("从头算起，不管已办到哪一步").check()
    for item in ("11 规划公示", "14 施工招标"):
        page.locator("tr", has_text=item).get_by_role("checkbox").check()
    page.get_by_role("button", name="试算").click()

    expect(page.locator("#answer")).to_contain_text("只省 1 个工作日")
    page.fill("#title", "不公示不招标（无脚本）")
    page.locator("#answer").get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("不公示不招标（无脚本）")
    context.close()


def test_an_office_says_that_more_can_be_done_from_a_day_on(browser: Browser, site: str) -> None:
    person = Person(browser, site, "zh-hans", PHONE)
    person.sign_in("secretariat")
    person.go("/a/historic/offices/")
    person.follow("文物局（示例）")
    page = person.page
    page.fill("#id_cases", "")
    person.press("保存")
    expect(page.locator("main")).to_contain_text("确实不限，请勾选")
    page.fill("#id_cases", "1")
    person.press("保存")
    page.get_by_text("添加一段时间").click()
    page.fill("#id_period-from_on", "2099-08-01")
    page.fill("#id_period-cases", "2")
    person.press("添加", page.locator("form[action*=periods]"))

    expect(page.locator("main")).to_contain_text("2099")
    person.leave()


def test_a_day_reported_late_is_planned_around(browser: Browser, site: str) -> None:
    """An officer reports on a phone; the owner re-plans and sees who must move."""
    officer = Person(browser, site, "zh-hans", PHONE)
    officer.sign_in("secretariat")
    address = open_complex(officer)
    officer.go(address)
    officer.follow(re.compile("消防设计审查"))
    officer.page.select_option("#id_event", "passed")
    officer.press(officer.say("报告"))
    expect(officer.page.locator("h1")).to_contain_text("已办结")
    officer.leave()

    owner = Person(browser, site, "zh-hans", DESKTOP)
    owner.sign_in("secretariat")
    owner.go(address)
    owner.page.get_by_label(owner.say("缘由")).fill("消防设计审查晚于计划")
    # Not looked at until it is over: the page renews itself.
    owner.page.get_by_role("button", name=owner.say("重排，尽量少动")).click()
    owner.page.wait_for_url(re.compile(r"/plans/\d+/"), timeout=90_000)
    expect(owner.page.locator("#moves").first).to_be_visible()
    owner.look()
    owner.press(owner.say("按这一版推进"))
    expect(owner.page.locator("h1")).to_contain_text("正按它推进")
    owner.leave()
