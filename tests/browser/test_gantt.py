"""The chart of a plan by itself: thousands of rows, dragged and undone, by mouse and keyboard."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gantt_page import sample_chart, served
from tools.chromium import DESKTOP

Opened = Callable[[int], Page]
#: Milliseconds of work a frame may cost; at sixty frames a second there are sixteen in all.
FRAME = 16
SCROLL = """async () => {
  const grid = document.querySelector(".gantt-grid");
  performance.clearMeasures("gantt");
  for (let i = 0; i < 60; i += 1) {
    grid.scrollTop = (i / 60) * grid.scrollHeight;
    grid.scrollLeft = (i % 20) * 40;
    await new Promise((done) => requestAnimationFrame(done));
  }
  const spent = performance.getEntriesByName("gantt").map((one) => one.duration);
  return spent.sort((a, b) => a - b)[spent.length >> 1];
}"""


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    complaints: list[str] = []
    open_pages = []

    def open_chart(tasks: int) -> Page:
        serving = served(sample_chart(tasks))
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _hear(said.type, said.text, complaints))
        open_pages.append((serving, page))
        page.goto(serving.__enter__())
        page.wait_for_selector(".gantt-task")
        return page

    yield open_chart
    for serving, page in open_pages:
        page.context.close()
        serving.__exit__(None, None, None)
    assert complaints == []


def _hear(kind: str, text: str, complaints: list[str]) -> None:
    if kind == "error" and "404" not in text:  # there is no icon here
        complaints.append(text)


def choose_first_task(page: Page) -> None:
    page.locator(".gantt-grid").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")


def saved(page: Page) -> list[dict]:
    page.get_by_role("button", name="save").click()
    page.wait_for_url(re.compile("/saved"))
    return json.loads(parse_qs(urlparse(page.url).query)["changes"][0])


@pytest.mark.parametrize("tasks", [3_000, 10_000])
def test_thousands_of_rows_are_painted_within_a_frame(opened: Opened, tasks: int) -> None:
    page = opened(tasks)

    assert page.evaluate(SCROLL) < FRAME
    assert page.locator(".gantt-name").count() < 60  # only what is in sight exists


def test_a_task_is_moved_by_keyboard_undone_and_saved_at_once(opened: Opened) -> None:
    page = opened(54)
    first = min(sample_chart(54)["tasks"][:27], key=lambda one: one["start"])
    choose_first_task(page)

    for _press in range(3):
        page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("1 unsaved")).to_be_visible()

    assert [edit["task"] for edit in saved(page)] == [first["id"]]


def test_undoing_everything_leaves_nothing_to_save(opened: Opened) -> None:
    page = opened(27)
    choose_first_task(page)

    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.get_by_role("button", name="save")).to_be_enabled()
    page.get_by_role("button", name="undo").click()

    expect(page.get_by_role("button", name="save")).to_be_disabled()


def test_a_bar_is_dragged_with_the_mouse(opened: Opened) -> None:
    page = opened(27)
    choose_first_task(page)
    page.get_by_role("button", name="day", exact=True).click()
    choose_first_task(page)
    page.wait_for_timeout(100)
    box = page.locator(".gantt-grid").bounding_box()
    assert box
    row = page.locator(".gantt-task").first.bounding_box()
    assert row
    y = row["y"] + row["height"] * 0.45
    x = next(
        x
        for x in range(int(row["x"] + row["width"]) + 6, int(box["x"] + box["width"]), 6)
        if _over(page, x, y) == "bar"
    )

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=5)
    page.mouse.up()

    assert len(saved(page)) == 1


def _over(page: Page, x: float, y: float) -> str | None:
    page.mouse.move(x, y)
    return page.locator(".gantt-view").get_attribute("data-over")


def test_one_organisation_is_filtered(opened: Opened) -> None:
    page = opened(270)
    page.get_by_label("organisation", exact=True).select_option("3")
    page.wait_for_timeout(100)

    shown = set(page.locator(".gantt-task .gantt-organisation").all_inner_texts())
    assert shown == {"单位 3"}


def test_groups_fold_by_keyboard(opened: Opened) -> None:
    page = opened(27)
    page.locator(".gantt-grid").focus()
    page.keyboard.press("Home")

    page.keyboard.press("ArrowLeft")
    expect(page.locator(".gantt-task")).to_have_count(0)
    page.keyboard.press("ArrowRight")

    expect(page.locator(".gantt-group")).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".gantt-task").first).to_be_visible()


def test_on_paper_every_row_stands_with_its_days(opened: Opened) -> None:
    page = opened(270)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert page.locator(".gantt-paper tbody tr").count() == 270 + 10
    expect(page.locator(".gantt-grid")).to_be_hidden()
