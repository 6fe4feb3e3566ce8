"""Every page that matters, in both languages, both widths and large type: open to everybody."""

import pytest
from playwright.sync_api import Browser

from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE

SEEN_BY = {
    "liaison-jimo-road": ["/", "/a/historic/", "/a/historic/offers/", "/a/historic/offers/new/",
                          "/a/historic/needs/", "/a/historic/needs/new/",
                          "/a/historic/commitments/", "/a/historic/members/", "/inbox/", "/roles/",
                          "/a/historic/agreements/2/"],
    "lead-a": ["/", "/a/historic/decisions/", "/a/historic/decisions/delegations/",
               "/a/historic/meetings/1/", "/a/historic/agreements/1/"],
    "secretariat": ["/", "/a/historic/runs/", "/a/historic/runs/?start=urgent",
                    "/a/historic/import/members/", "/a/historic/invite/",
                    "/a/historic/members/new/", "/a/historic/seats/", "/a/historic/seats/new/",
                    "/a/historic/settings/", "/a/historic/ledger/"],
    "administrator": ["/", "/platform/", "/platform/alliances/new/", "/platform/accounts/new/",
                      "/ledger/"],
    "auditor": ["/", "/ledger/", "/a/historic/ledger/", "/a/historic/ledger/?q=决定",
                "/a/historic/ledger/1/", "/a/platform/ledger/"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_large_type_shuts_nobody_out(browser: Browser, site: str, language: str, size) -> None:
    for who, paths in SEEN_BY.items():
        person = Person(browser, site, language, size)
        person.sign_in(who)
        for large in (False, True):
            if large:
                person.page.locator(".desk-bar details.menu summary").last.click()
                person.press(person.say("关怀版"))
                assert person.page.locator("html").get_attribute("data-mode") == "care"
            for path in paths:
                person.go(path)
        person.page.locator(".desk-bar details.menu summary").last.click()
        person.press(person.say("标准版"))
        person.leave()


def test_the_public_pages_shut_nobody_out(browser: Browser, site: str) -> None:
    visitor = Person(browser, site, "zh-hans", PHONE)
    for path in ("/login/", "/password/reset/", "/apply/historic/"):
        visitor.go(path)
    visitor.leave()


def test_the_desk_is_reached_by_keyboard(browser: Browser, site: str) -> None:
    person = Person(browser, site, "zh-hans", DESKTOP)
    person.sign_in("viewer")
    person.page.keyboard.press("Tab")
    skip = person.page.evaluate("document.activeElement.textContent")
    person.page.keyboard.press("Enter")

    assert skip == person.say("跳到正文")
    assert person.page.evaluate("document.activeElement.id") == "main"
    person.leave()
