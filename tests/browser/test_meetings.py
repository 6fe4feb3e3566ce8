"""A joint meeting as three people walk it: topic → agenda → invitation → minutes → commitment →
overdue → on the next agenda → explained."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE

Arrives = Callable[[str], Person]
WALKS = [("zh-hans", PHONE), ("en", DESKTOP)]
OWNER, RECEIVER = "东里社区（示例）", "停车管理公司（示例）"


@pytest.fixture(params=WALKS, ids=[f"{language}-{size['width']}" for language, size in WALKS])
def arrives(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Arrives]:
    language, size = request.param
    people = []

    def sign_in(who: str) -> Person:
        person = Person(browser, site, language, size)
        people.append(person)
        person.sign_in(who)
        return person

    yield sign_in
    for person in people:
        person.leave()


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


def prepare(person: Person, days: int) -> None:
    """A meeting so many days from today; one in the past is entered as held."""
    person.go("/a/historic/meetings/new/")
    person.page.get_by_label(person.say("日期")).fill(day(days))
    person.press(person.say("开始筹备"))


def points(person: Person) -> list[str]:
    return person.page.locator(".agenda-point strong").all_inner_texts()


def choose(person: Person, label: str, organisation: str) -> None:
    """By its value, since its name is told in the reader's language."""
    field = person.page.get_by_label(person.say(label), exact=True).locator("visible=true")
    options = field.locator("option")
    names = {"东里社区（示例）": "Dongli", "停车管理公司（示例）": "Parking"}
    for text in options.all_inner_texts():
        if text == organisation or text.startswith(names[organisation]):
            field.select_option(label=text)
            return
    raise AssertionError(f"{organisation} cannot be chosen.")


def test_a_meeting_from_its_topic_to_what_became_of_it(
    arrives: Arrives, request: pytest.FixtureRequest
) -> None:
    tag = request.node.callspec.id
    officer, secretariat = arrives("liaison-dongli"), arrives("secretariat")

    # a topic for the meeting that is being prepared, or for a new one
    secretariat.go("/a/historic/meetings/")
    if secretariat.say("筹备中") not in secretariat.page.locator("#ahead").inner_text():
        prepare(secretariat, 20)
    topic = f"电动车充电棚 {tag}"
    officer.go("/a/historic/topics/new/")
    officer.page.get_by_label(officer.say("议题"), exact=True).fill(topic)
    officer.press(officer.say("提出"))
    where = officer.page.url

    secretariat.go(where)
    secretariat.press(secretariat.say("列入议程"))
    meeting = secretariat.page.url
    secretariat.press(secretariat.say("补上新的未办结事项"))
    before = points(secretariat).index(topic)
    way, step = ("下移", 1) if before == 0 else ("上移", -1)
    point = secretariat.page.locator(".agenda-point", has_text=topic)
    point.get_by_role("button", name=secretariat.say(way)).click()
    secretariat.page.wait_for_load_state("networkidle")
    assert points(secretariat).index(topic) == before + step

    # the invitation, and the answer of a member on the phone
    secretariat.page.on("dialog", lambda dialog: dialog.accept())
    secretariat.press(secretariat.say("发出通知"))
    officer.go(meeting)
    officer.press(officer.say("参加"))
    with officer.page.expect_download() as kept:
        officer.page.get_by_role("link", name=officer.say("加入日历")).click()
    assert kept.value.path().read_text().splitlines()[0] == "BEGIN:VCALENDAR"

    # minutes of a meeting held ten days ago; what it resolved is overdue since yesterday
    prepare(secretariat, -10)
    held = secretariat.page.url
    secretariat.page.get_by_label(secretariat.say("添加议程")).fill("停车共享")
    secretariat.press(secretariat.say("添加"))
    secretariat.follow(secretariat.say("写纪要"))
    secretariat.page.locator("textarea[name=conclusion]").fill("同意先试行一个月。")
    secretariat.page.locator("form .saved:has(input)").get_by_text(":").wait_for()
    secretariat.page.locator("summary", has_text=secretariat.say("记一条议定事项")).click()
    text = f"公布充电棚选址 {tag}"
    secretariat.page.get_by_label(secretariat.say("议定什么")).fill(text)
    choose(secretariat, "责任单位", OWNER)
    choose(secretariat, "由谁评价", RECEIVER)
    secretariat.page.get_by_label(secretariat.say("完成期限")).fill(day(-1))
    secretariat.press(secretariat.say("记下"))
    assert secretariat.page.locator("textarea[name=conclusion]").input_value() == (
        "同意先试行一个月。"
    )
    secretariat.page.locator("#present").click()
    secretariat.page.locator(".present-list input").first.fill("2")
    secretariat.press(secretariat.say("登记到会人数"))
    secretariat.press(secretariat.say("提请确认纪要"))

    for who in ("lead-a", "lead-b"):
        lead = arrives(who)
        lead.go("/a/historic/decisions/")
        lead.follow(lead.say("确认联席会议纪要"))
        lead.press(lead.say("同意"))

    # it is a commitment now, late, and on the next agenda until it is explained
    secretariat.go(held)
    assert secretariat.page.locator("table a", has_text=text).count() == 1
    prepare(secretariat, 40)
    following = secretariat.page.url
    secretariat.press(secretariat.say("生成议程"))
    assert text in points(secretariat)

    officer.go("/a/historic/meetings/")
    officer.follow(text)
    officer.page.locator("summary", has_text=officer.say("不能兑现，说明原因")).first.click()
    officer.page.get_by_label(officer.say("不能兑现的原因")).fill("选址公示中有异议")
    officer.page.get_by_label(officer.say("不能兑现的原因")).locator(
        "xpath=ancestor::form"
    ).get_by_role("button").click()
    officer.page.wait_for_load_state("networkidle")
    officer.look()

    secretariat.go(following)
    secretariat.press(secretariat.say("补上新的未办结事项"))
    assert text not in points(secretariat)
    secretariat.page.locator("summary", has_text=secretariat.say("取消会议")).click()
    secretariat.page.get_by_label(secretariat.say("原因")).fill("演示结束")
    secretariat.press(secretariat.say("取消会议"))


@pytest.mark.parametrize("is_large", [False, True], ids=["normal type", "large type"])
def test_nobody_is_shut_out_of_rota_evaluation_and_minutes(
    browser: Browser, site: str, is_large: bool
) -> None:
    person = Person(browser, site, "zh-hans", PHONE)
    person.sign_in("secretariat", has_care_mode=is_large)
    for page in (
        "meetings/rules/",
        "meetings/1/",
        "meetings/1/minutes/",
        "meetings/resolutions/",
        "rota/",
        "rota/draw-up/",
        "evaluations/1/",
        "evaluations/new/",
    ):
        person.go(f"/a/historic/{page}")
    person.leave()
