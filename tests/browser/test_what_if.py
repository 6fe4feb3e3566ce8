"""What if, as the secretariat moves a slider: an answer at once, kept, put before both leads."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE

WALKS = [("zh-hans", DESKTOP), ("en", PHONE)]
RUN = "main th a[href*='/runs/']"


@pytest.mark.parametrize(("language", "size"), WALKS, ids=["zh-desktop", "en-phone"])
def test_a_slider_is_moved_and_the_answer_stands_beside_it(
    browser: Browser, site: str, language: str, size
) -> None:
    person = Person(browser, site, language, size)
    person.sign_in("secretariat")
    person.go("/a/historic/runs/")
    person.page.locator(RUN).last.click()
    person.follow(person.say("假如……"))

    person.page.locator("summary", has_text=person.say("需求单位的类型")).click()
    person.page.locator("#id_organisation-community").focus()
    for _step in range(3):
        person.page.keyboard.press("ArrowRight")
    expect(person.page.locator("#answer table").first).to_be_visible(timeout=5_000)
    expect(person.page.locator("[data-of=id_organisation-community]")).to_have_text("×2.8")
    assert "organisation-community=3" in person.page.url
    person.look()

    person.page.fill("#title", "社区优先")
    person.press(person.say("保存"))
    assert "社区优先" in person.page.locator("h1").inner_text()
    if language == "en":  # the first walk has put the same weights before both leads already
        person.leave()
        return
    person.press(person.say("提请采用这些权重"))
    expect(person.page.get_by_role("link", name=person.say("看决定"))).to_be_visible()
    person.leave()


def test_the_map_of_a_run_is_drawn_without_any_outside_call(browser: Browser, site: str) -> None:
    person = Person(browser, site, "zh-hans", DESKTOP)
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.sign_in("secretariat")
    person.go("/a/historic/runs/")
    person.page.locator(RUN).last.click()
    person.follow(person.say("地图"))

    expect(person.page.locator("[data-island=map] canvas")).to_be_visible()
    expect(person.page.locator(".map-label").first).to_be_visible()
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
    person.leave()
