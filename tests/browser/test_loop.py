"""The loop as five people walk it: lists → coupling → both leads → accept → deliver → judge."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from binglian.sheets.columns import NEEDS, OFFERS
from tests.browser.coupling_steps import approve, bring_in, workbook
from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE

Arrives = Callable[[str], Person]
WALKS = [("zh-hans", PHONE), ("zh-hans", DESKTOP), ("en", DESKTOP), ("en", PHONE)]
NAMES = [f"{language}-{size['width']}" for language, size in WALKS]
GIVING, NEEDING = "停车管理公司（示例）", "东里社区（示例）"


@pytest.fixture(params=WALKS, ids=NAMES)
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


def offer_rows(tag: str) -> list[dict[str, object]]:
    return [
        {
            "number": f"L-R-{tag}",
            "organisation": GIVING,
            "title": f"临时装卸位 {tag}",
            "kind": "其他",
            "tags": f"装卸{tag}",
            "quantity": 5,
            "unit": "个",
        }
    ]


def need_rows(tag: str) -> list[dict[str, object]]:
    same = {"organisation": NEEDING, "kind": "其他", "tags": f"装卸{tag}", "unit": "个"}
    return [
        same
        | {"number": f"L-N-{tag}1", "title": f"早市装卸 {tag}", "quantity": 3, "priority": "紧急"},
        same | {"number": f"L-N-{tag}2", "title": f"夜市装卸 {tag}", "quantity": 2},
    ]


def test_the_whole_loop(arrives: Arrives, request: pytest.FixtureRequest) -> None:
    tag = str(NAMES.index(request.node.callspec.id))
    secretariat = arrives("secretariat")

    # lists
    bring_in(secretariat, "offers", workbook(OFFERS, offer_rows(tag)), 1)
    bring_in(secretariat, "needs", workbook(NEEDS, need_rows(tag)), 2)

    # coupling, worked out by the real worker while the page follows
    secretariat.go("/a/historic/runs/?start=monthly")
    secretariat.page.get_by_label(secretariat.say("标题")).fill(f"第 {tag} 轮")
    # Not looked at here: the page renews itself as soon as the run is over.
    secretariat.page.get_by_role("button", name=secretariat.say("开始运算"), exact=True).click()
    ask = secretariat.page.get_by_role("button", name=secretariat.say("提请审定公布"))
    expect(ask).to_be_visible(timeout=60_000)
    expect(secretariat.page.locator("[data-island=sankey] svg").first).to_be_visible()
    secretariat.look()
    secretariat.press(secretariat.say("提请审定公布"))

    # both leads
    for lead in ("lead-a", "lead-b"):
        approve(arrives(lead))

    # the giver accepts one and declines the other
    giver = arrives("liaison-parking")
    giver.follow(re.compile(f"早市装卸 {tag}"))
    giver.press(giver.say("认领"))
    giver.go("/")
    giver.follow(re.compile(f"夜市装卸 {tag}"))
    giver.page.locator("summary", has_text=giver.say("谢绝")).click()
    giver.page.locator("form[action$='/decline/'] textarea").fill("夜间道路封闭")
    giver.press(giver.say("确认谢绝"))

    # and delivers
    giver.go("/a/historic/commitments/?side=give&state=accepted")
    giver.follow(re.compile(f"早市装卸 {tag}"))
    giver.press(giver.say("报告兑现"))

    # the side that needed it judges
    receiver = arrives("liaison-dongli")
    receiver.follow(re.compile(f"早市装卸 {tag}"))
    receiver.page.get_by_label(receiver.say("满足"), exact=True).check()
    receiver.press(receiver.say("提交评价"))
    receiver.go("/a/historic/commitments/?side=receive&state=judged")
    assert receiver.row(f"早市装卸 {tag}").count() == 1
    receiver.go("/a/historic/commitments/?side=receive&state=declined")
    assert receiver.row(f"夜市装卸 {tag}").count() == 1

    # the need is closed, and the record of all this is whole
    receiver.go(f"/a/historic/needs/?q=早市装卸 {tag}&state=closed")
    assert receiver.row(f"早市装卸 {tag}").count() == 1
