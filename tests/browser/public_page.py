"""What every public page owes its readers, as a browser can see it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tools.chromium import DESKTOP

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
LIST = Path(__file__).with_name("public_pages.csv")
NARROW = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Form:
    """One of the four forms in which a page is read."""

    name: str
    size: Any
    language: str = "zh-hans"
    is_care: bool = False
    has_script: bool = True


FORMS = (
    Form("desktop", DESKTOP),
    Form("phone", NARROW, language="en"),
    Form("care", NARROW, is_care=True),
    Form("no-script", DESKTOP, has_script=False),
)


def public_paths() -> list[str]:
    with LIST.open(newline="", encoding="utf-8") as file:
        return [row["path"] for row in csv.DictReader(file)]


class Reader:
    """A visitor without an account whose browser is set as the form says."""

    def __init__(self, browser: Browser, site: str, form: Form) -> None:
        self.form = form
        self._context = browser.new_context(
            viewport=form.size, base_url=site, locale="zh-CN", has_touch=form.size == NARROW
        )
        cookies = {"django_language": form.language, "care": "1" if form.is_care else "0"}
        self._context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in cookies.items()]
        )
        self.page: Page = self._context.new_page()
        self._session: CDPSession = self._context.new_cdp_session(self.page)
        self._let_scripts_run(form.has_script)

    def barriers(self) -> list[str]:
        """Whatever keeps somebody from reading or using the page; empty for a good one."""
        found = self.page.evaluate(_OUTLINE)
        if self.form.is_care:
            found += self.page.evaluate(_CARE)
        if not self.form.has_script:
            found += self.page.evaluate(_WITHOUT_SCRIPT)
        found += [f"axe {line}" for line in self._axe()]
        return [f"{self.page.url} ({self.form.name}): {line}" for line in found]

    def leave(self) -> None:
        self._context.close()

    def _axe(self) -> list[str]:
        # Axe waits for timers, which stand still where scripts may not run. The page's own
        # scripts were passed over when it was loaded and stay so.
        self._let_scripts_run(True)
        self.page.evaluate(AXE.read_text())
        rules = {"target-size": {"enabled": True}}
        if self.form.is_care:
            rules["color-contrast-enhanced"] = {"enabled": True}
        asked = "rules => axe.run({resultTypes: ['violations'], rules})"
        violations = self.page.evaluate(asked, rules)["violations"]
        self._let_scripts_run(self.form.has_script)
        return [
            f"{found['id']}: {node['html'][:140]}"
            for found in violations
            for node in found["nodes"]
        ]

    def _let_scripts_run(self, is_allowed: bool) -> None:
        self._session.send("Emulation.setScriptExecutionDisabled", {"value": not is_allowed})


#: Width, language, title, landmarks and the order of headings.
_OUTLINE = """() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`${root.scrollWidth} px wide on a screen of ${root.clientWidth}`);
  if (!root.lang) found.push("no lang");
  const landmarks = {header: "body header", main: "main", h1: "h1"};
  for (const [name, selector] of Object.entries(landmarks)) {
    const count = document.querySelectorAll(selector).length;
    if (count !== 1) found.push(`${count} × ${name}`);
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!heading.checkVisibility()) continue;
    const own = Number(heading.tagName[1]);
    if (own > level + 1) found.push(`h${own} after h${level}: ${heading.textContent.trim()}`);
    level = own;
  }
  return found;
}"""

#: 关怀版: no type under 20 px, no button or field or link standing alone under 48 px.
_CARE = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !element.checkVisibility() || element.closest("script, style, svg, canvas"))
      continue;
    if (element.closest(".maplibregl-map")) continue; // drawn by the map
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 20) found.push(`${size} px: ${text.slice(0, 40)}`);
  }
  const targets = "main button, main input:not([type=hidden]), main select, main textarea, "
    + "main summary, header a, header button, nav a, main a.btn";
  for (const target of document.querySelectorAll(targets)) {
    if (!target.checkVisibility() || target.closest(".trap, .maplibregl-map")) continue;
    const label = target.closest("label");
    const box = (target.matches("[type=checkbox], [type=radio]") && label ? label : target)
      .getBoundingClientRect();
    if (box.height < 47.5 && !target.matches("[type=checkbox], [type=radio]"))
      found.push(`target ${Math.round(box.height)} px high: ${target.outerHTML.slice(0, 100)}`);
  }
  return found;
}"""

#: Without scripts nothing may lie about: a button that does nothing, an empty page.
_WITHOUT_SCRIPT = """() => {
  const found = [];
  if (document.querySelector("main").innerText.trim().length < 40) found.push("says nothing");
  for (const button of document.querySelectorAll("button")) {
    if (!button.checkVisibility()) continue;
    if (button.type !== "submit" || !(button.form || button.getAttribute("form")))
      found.push(`dead button: ${button.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""
