"""The cockpit on a wall, on a phone and on paper."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tools.demo_site import PASSWORD

WALL = {"width": 1920, "height": 1080}
PHONE = {"width": 360, "height": 740}
#: 28 px of 1080: 22 mm on a screen 1.9 m wide, some 15 minutes of arc from five metres.
_SMALLEST = 28
#: Sizes of everything that is read, in px as it is seen; letters in drawings included.
_LETTERS = """() => [...document.querySelectorAll('main *')].filter(
  one => !one.children.length && one.textContent.trim() && one.tagName !== 'title'
    && one.getClientRects().length).map(one => {
  const svg = one.ownerSVGElement;
  const scale = svg ? svg.getScreenCTM().a : 1;
  return [one.textContent.trim(), parseFloat(getComputedStyle(one).fontSize) * scale];
})"""


@pytest.fixture
def signed_in(browser: Browser, site: str) -> BrowserContext:
    context = browser.new_context(viewport=WALL, base_url=site, locale="zh-CN")
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_login", "secretariat")
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/")
    page.close()
    yield context
    context.close()


@pytest.fixture
def wall(signed_in: BrowserContext, browser: Browser, site: str) -> Page:
    """A display opened by the secretariat, in a browser where nobody is signed in."""
    desk = signed_in.new_page()
    desk.goto("/a/historic/displays/")
    desk.fill("#id_name", "一楼大厅")
    desk.get_by_role("button", name="开设并生成网址").click()
    address = desk.locator("#address").input_value()
    context = browser.new_context(viewport=WALL, base_url=site, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_a_wall_shows_all_of_it_at_once_in_letters_to_be_read_from_five_metres(wall: Page):
    small = [row for row in wall.evaluate(_LETTERS) if row[1] < _SMALLEST - 0.1]
    scrolled = wall.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )

    assert small == []
    assert scrolled == [1080, 1920]
    bottoms = wall.evaluate(
        "[...document.querySelectorAll('.cockpit section > *')]"
        ".map(one => one.getBoundingClientRect().bottom)"
    )
    assert max(bottoms) <= 1080


def test_it_prints_on_one_a4_page(wall: Page):
    assert shutil.which("pdfinfo"), "pdfinfo is absent; make test installs poppler-utils."
    printed = wall.pdf(prefer_css_page_size=True, print_background=True)

    told = subprocess.run(["pdfinfo", "-"], input=printed, capture_output=True, check=True)

    facts = dict(re.findall(r"^([\w ]+):\s+(.*)$", told.stdout.decode(), re.M))
    assert facts["Pages"] == "1"
    assert facts["Page size"] == "841.92 x 594.96 pts (A4)"


def test_a_phone_needs_no_sideways_scrolling(signed_in: BrowserContext):
    page = signed_in.new_page()
    page.set_viewport_size(PHONE)
    page.goto("/a/historic/cockpit/")

    assert page.evaluate("document.documentElement.scrollWidth") == 360


#: Asks, and is done when the answer is settled on the page, or was found to be the same as before.
_LOOK = """() => new Promise(done => {
  const screen = document.querySelector('[data-cockpit]');
  const once = {once: true};
  let isSwapped = false;
  screen.addEventListener('htmx:beforeSwap', one => isSwapped = one.detail.shouldSwap, once);
  screen.addEventListener('htmx:afterRequest', () => isSwapped || done(false), once);
  screen.addEventListener('htmx:afterSettle', () => done(true), once);
  screen.dispatchEvent(new Event('look'));
})"""


def look(page: Page) -> bool:
    """Ask now, as the clock does every half minute; whether the answer was swapped in."""
    return page.evaluate(_LOOK)


def test_days_of_looking_leave_nothing_behind(wall: Page):
    """As many answers swapped in as in an hour; an unchanged one is not swapped in at all."""
    session = wall.context.new_cdp_session(wall)
    session.send("Performance.enable")

    def counted() -> dict[str, float]:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in metrics}

    # The demonstration goes on meanwhile: look until nothing has changed.
    seen: list[tuple[bool, int]] = []
    while len(seen) < 10 and (not seen or seen[-1][0]):
        wall.evaluate("document.querySelector('.cockpit-map').dataset.mark = 'kept'")
        seen.append((look(wall), wall.locator("[data-mark=kept]").count()))
    assert seen[-1] == (False, 1)  # unchanged: nothing was swapped

    def swap(times: int) -> None:
        for _n in range(times):
            wall.evaluate("document.querySelector('[data-cockpit]').dataset.tag = ''")
            look(wall)

    swap(20)
    before = counted()
    swap(100)
    after = counted()

    assert after["Nodes"] <= before["Nodes"] + 50
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 5
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * 1.15 + 300_000


def test_a_wall_says_when_the_network_is_gone_and_recovers(wall: Page):
    wall.route("**/live/**", lambda route: route.abort())
    wall.evaluate("document.querySelector('[data-cockpit]').dispatchEvent(new Event('look'))")
    expect(wall.locator("[data-cockpit-checked]")).to_contain_text("连接中断，最后更新")

    wall.unroute("**/live/**")
    look(wall)
    expect(wall.locator("[data-cockpit-checked]")).not_to_contain_text("连接中断")


def test_a_closed_wall_goes_dark_at_its_next_question(wall: Page, signed_in: BrowserContext):
    desk = signed_in.new_page()
    desk.goto("/a/historic/displays/")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="停用").first.click()
    expect(desk.get_by_role("status")).to_contain_text("已停用")

    wall.evaluate("document.querySelector('[data-cockpit]').dispatchEvent(new Event('look'))")
    expect(wall.locator("[data-cockpit]")).to_have_count(0)
