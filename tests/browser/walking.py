"""A person at the desk, as a browser sees one: signs in, reads, presses, and looks for barriers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tools.demo_site import PASSWORD

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")


class Person:
    """One signed-in person in a browser context of their own."""

    def __init__(self, browser: Browser, site: str, language: str, size: ViewportSize) -> None:
        self.language = language
        context = browser.new_context(viewport=size, base_url=site, locale="zh-CN")
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        # A 409 or 422 answer is shown to the person; the console's note of it is no fault.
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            self.complaints.append(message.text)

    def say(self, text: str, **facts: Any) -> str:
        """The interface's words for a Chinese source text."""
        with override(self.language):
            return gettext(text) % facts

    def say_many(self, one: str, count: int) -> str:
        with override(self.language):
            return ngettext(one, one, count) % {"count": count}

    def sign_in(self, who: str, *, has_care_mode: bool = False) -> None:
        self.page.goto("/login/")
        if self.language == "en":
            self.page.get_by_role("button", name="English").click()
        self.page.fill("#id_login", who)
        self.page.fill("#id_password", PASSWORD)
        self.look()
        self.page.locator("form:has(#id_password) button").click()
        self.page.wait_for_url(re.compile(r"/$"))
        if self.language == "en" and self.page.locator("html").get_attribute("lang") != "en":
            self.page.locator(".desk-bar details.menu summary").last.click()
            self.page.get_by_role("button", name="English").click()
        is_large = self.page.locator("html").get_attribute("data-mode") == "care"
        if is_large != has_care_mode:  # kept with the account, whatever the browser said before
            self.page.locator(".desk-bar details.menu summary").last.click()
            wanted = "关怀版" if has_care_mode else "标准版"
            self.page.get_by_role("button", name=self.say(wanted)).click()
        self.look()

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def press(self, label: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=label, exact=True).click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def press_starting(self, label: str, within: Locator | None = None) -> None:
        """Press the first button whose label begins like this."""
        named = re.compile(f"^{re.escape(label)}")
        (within or self.page).get_by_role("button", name=named).first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def wait_until(self, condition: str, argument: Any = None, seconds: int = 20) -> None:
        """Until an asynchronous JavaScript function of one argument answers true."""
        asked = f"""async (argument) => {{
            const giveUpAt = Date.now() + {seconds * 1000};
            while (!(await ({condition})(argument))) {{
                if (Date.now() > giveUpAt) return false;
                await new Promise((again) => setTimeout(again, 250));
            }}
            return true;
        }}"""
        assert self.page.evaluate(asked, argument), f"Not in {seconds} s: {condition}"

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def row(self, text: str) -> Locator:
        return self.page.locator("tr", has_text=text).first

    def look(self) -> None:
        """No page may shut anybody out, nor scroll sideways as a whole."""
        self.page.wait_for_load_state()  # a page just followed may have no content yet
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        grave = [
            f"{self.page.url}: {v['id']}: {v['nodes'][0]['html'][:120]}"
            for v in found["violations"]
            if v["impact"] in GRAVE
        ]
        assert grave == []
        width = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width[0] <= width[1], f"{self.page.url} is wider than the screen: {width}"

    def leave(self) -> None:
        assert self.complaints == []
        self.page.context.close()


Arrives = Callable[[str], Person]
