"""What every public page owes its readers, as a browser can see it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

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


def reader(browser: Browser, site: str, form: Form) -> BrowserContext:
    """A visitor without an account whose browser is set as the form says."""
    context = browser.new_context(
        viewport=form.size,
        base_url=site,
        locale="zh-CN",
        java_script_enabled=form.has_script,
        has_touch=form.size == NARROW,
    )
    cookies = {"django_language": form.language, "care": "1" if form.is_care else "0"}
    context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
    return context


def barriers(page: Page, form: Form) -> list[str]:
    """Whatever keeps somebody from reading or using the page; empty for a good one."""
    found = [f"axe {line}" for line in _axe(page, form)]
    found += page.evaluate(_OUTLINE)
    if form.is_care:
        found += page.evaluate(_CARE)
    if not form.has_script:
        found += page.evaluate(_WITHOUT_SCRIPT)
    return [f"{page.url} ({form.name}): {line}" for line in found]


def _axe(page: Page, form: Form) -> list[str]:
    page.evaluate(AXE.read_text())
    rules = {"target-size": {"enabled": True}}
    if form.is_care:
        rules["color-contrast-enhanced"] = {"enabled": True}
    asked = "rules => axe.run({resultTypes: ['violations'], rules})"
    violations = page.evaluate(asked, rules)["violations"]
    return [
        f"{found['id']}: {node['html'][:140]}" for found in violations for node in found["nodes"]
    ]


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
