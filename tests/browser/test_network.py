"""The picture of who works with whom, by keyboard and without scripts."""

from playwright.sync_api import Browser, expect

from tools.chromium import DESKTOP


def test_arrow_keys_go_from_one_organisation_to_the_next(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=site, locale="zh-CN")
    page = context.new_page()
    page.goto("/p/historic/network/")
    nodes = page.locator(".network-picture .node")
    expect(nodes.first).to_be_visible()
    said = page.locator(".network-said")

    nodes.first.focus()
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    second = said.inner_text()
    page.keyboard.press("Escape")

    drawn, listed = nodes.count(), page.locator("section[aria-labelledby=circles] li").count()
    assert drawn > listed > 0
    assert len({first, second}) == 2
    assert nodes.nth(1).get_attribute("aria-pressed") == "false"
    assert (nodes.nth(0).get_attribute("tabindex"), nodes.nth(1).get_attribute("tabindex")) == (
        "-1",
        "0",
    )
    context.close()


def test_the_same_network_is_drawn_in_the_same_place(browser: Browser, site: str) -> None:
    drawn = []
    for _ in range(2):
        context = browser.new_context(viewport=DESKTOP, base_url=site, locale="zh-CN")
        page = context.new_page()
        page.goto("/p/historic/network/")
        expect(page.locator(".network-picture .node").first).to_be_visible()
        drawn.append(page.locator(".network-picture").inner_html())
        context.close()

    assert drawn[0] == drawn[1]
