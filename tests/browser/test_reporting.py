"""Somebody without an account reports on a phone: with scripts, without them, by keyboard."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.walking import Person
from tools.chromium import DESKTOP, PHONE

REPORT = "/p/historic/report/"
#: Pixel in the middle of the n-th chosen file, as it would be sent.
MIDDLE = """async (n) => {
    const picture = await createImageBitmap(document.getElementById('id_photos').files[n]);
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    pen.drawImage(picture, 0, 0);
    return [...pen.getImageData(picture.width / 2, picture.height / 2, 1, 1).data].slice(0, 3);
}"""


def stripes() -> dict:
    """A photo of black and white lines: what is covered in it is grey."""
    picture = Image.new("L", (400, 300), 0)
    for x in range(0, 400, 4):
        picture.paste(255, (x, 0, x + 2, 300))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "PNG")
    return {"name": "stripes.png", "mimeType": "image/png", "buffer": written.getvalue()}


def is_grey(page: Page) -> bool:
    return all(90 < channel < 165 for channel in page.evaluate(MIDDLE, 0))


def is_written(page: Page) -> None:
    """Until the chosen file is the island's own."""
    page.wait_for_function(
        "() => document.getElementById('id_photos').files[0]?.type === 'image/jpeg'"
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_resident_reports_and_follows(browser: Browser, site: str, language, size) -> None:
    resident = Person(browser, site, language, size)
    page = resident.page
    resident.go(REPORT)
    if language == "en":
        resident.press("English")
    resident.press(resident.say("关怀版"))

    page.fill("#id_text", "院门口的台阶松了，老人容易绊倒。")
    page.wait_for_function("() => document.querySelector('input[name=work]').value !== ''")
    page.check("#id_is_place_unknown")
    resident.look()
    resident.press(resident.say("提交"))

    page.wait_for_url(re.compile(r"/m/[\w-]{32}/\?new=1$"))
    assert page.get_by_role("heading", name=resident.say("已收到，谢谢")).is_visible()
    resident.follow(resident.say("公开诉求") if language == "zh-hans" else "Public matters")
    resident.leave()


def test_danger_is_answered_while_writing(browser: Browser, site: str) -> None:
    resident = Person(browser, site, "zh-hans", PHONE)
    resident.go(REPORT)

    resident.page.fill("#id_text", "三楼着火了")

    resident.page.get_by_role("link", name=re.compile("119")).wait_for()
    resident.look()
    resident.leave()


@pytest.mark.parametrize("way", ["tap", "keys"])
def test_a_covered_face_never_leaves_the_phone(browser: Browser, site: str, way: str) -> None:
    resident = Person(browser, site, "zh-hans", PHONE)
    page = resident.page
    resident.go(REPORT)
    page.set_input_files("#id_photos", [stripes()])
    canvas = page.locator(".blurring canvas")
    canvas.wait_for()
    is_written(page)
    assert not is_grey(page)

    if way == "tap":
        canvas.click()
    else:
        canvas.focus()
        page.keyboard.press("Enter")

    resident.wait_until(f"async () => ({MIDDLE})(0).then(([r]) => r > 90 && r < 165)")
    resident.look()
    page.get_by_role("button", name=re.compile("撤销遮挡")).click()
    resident.wait_until(f"async () => ({MIDDLE})(0).then(([r]) => r < 90 || r > 165)")
    resident.leave()


def test_without_scripts_it_goes_the_same_way(browser: Browser, site: str) -> None:
    context = browser.new_context(
        viewport=PHONE, base_url=site, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(REPORT)
    page.fill("#id_text", "楼道灯坏了。")
    page.fill("#id_address", "中山路 66 号")
    page.set_input_files("#id_photos", [stripes()])
    page.get_by_role("button", name="提交").click()

    page.wait_for_url(re.compile(r"/m/[\w-]{32}/\?new=1$"))
    assert page.locator(".photos img").count() == 1
    context.close()
