"""Takes the pictures of docs/pictures/ from a fresh demonstration: `make pictures`.

Run by hand with names, e.g. ``tools/pictures.py home meeting``, it takes only those;
``portal`` stands for all public pages, which go to docs/pictures/portal/ in four forms.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page, ViewportSize

from tools.chromium import DESKTOP, PHONE, chromium
from tools.demo_site import PASSWORD, demo_site
from tools.public_pictures import take_public_pictures

PICTURES = Path(__file__).resolve().parent.parent / "docs/pictures"
OFFICER, SECRETARIAT, LEAD = "liaison-jimo-road", "secretariat", "port-lead-a"
AUDITOR = "auditor"
UNDERGROUND = "/a/historic/projects/2"
#: Name of the picture → who looks, where they start, and the link they follow there.
SHOWN = {
    "home": (OFFICER, "/", ""),
    "offers": (OFFICER, "/a/historic/offers/", ""),
    "needs": (OFFICER, "/a/historic/needs/", ""),
    "run": (SECRETARIAT, "/a/historic/runs/", "main table a"),
    "project": (SECRETARIAT, f"{UNDERGROUND}/", ""),
    "plan": (SECRETARIAT, f"{UNDERGROUND}/plans/", ""),
    "commitments": (OFFICER, "/a/historic/commitments/", ""),
    "commitment": (OFFICER, "/a/historic/commitments/", "main table a"),
    "organisation": (OFFICER, "/a/historic/members/", "main table a"),
    "decision": (LEAD, "/a/port/decisions/", "main th a[href*='/decisions/']"),
    "agreement": (OFFICER, "/a/historic/agreements/2/", ""),
    "signing": (OFFICER, "/a/historic/agreements/2/", "main .alert a"),
    "signed": (SECRETARIAT, "/a/historic/agreements/1/", ""),
    "meeting": (SECRETARIAT, "/a/historic/meetings/", "main h2 a"),
    "resolutions": (SECRETARIAT, "/a/historic/meetings/resolutions/", ""),
    "evaluation": (OFFICER, "/a/historic/evaluations/", "main section li a"),
    "places": (SECRETARIAT, "/a/historic/places/", ""),
    "place": (SECRETARIAT, "/a/historic/places/1/", ""),
    "figures": (SECRETARIAT, "/a/historic/figures/", ""),
    "briefings": (SECRETARIAT, "/a/historic/briefings/", ""),
    "briefing": (SECRETARIAT, "/a/historic/briefings/", "main tbody tr:last-child a"),
    "cockpit": (SECRETARIAT, "/a/historic/cockpit/", ""),
    "network": (SECRETARIAT, "/a/historic/network/", ""),
    "ledger": (AUDITOR, "/a/historic/ledger/", ""),
    "record": (AUDITOR, "/a/historic/ledger/?act=run.published", "main th a"),
}
#: Shown on a wall too.
ON_A_WALL = ("cockpit",)
WALL: ViewportSize = {"width": 1920, "height": 1080}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    asked = sys.argv[1:]
    wanted = {name: SHOWN[name] for name in asked if name != "portal"} if asked else SHOWN
    with demo_site() as demo, chromium() as browser:
        if not asked or "portal" in asked:
            take_public_pictures(browser, demo.url, PICTURES / "portal")
        on_a_wall = {name: one for name, one in wanted.items() if name in ON_A_WALL}
        for width, size, shown in (
            ("desktop", DESKTOP, wanted),
            ("phone", PHONE, wanted),
            ("wall", WALL, on_a_wall),
        ):
            for name, (who, path, link) in shown.items():
                context = browser.new_context(viewport=size, locale="zh-CN", base_url=demo.url)
                page = context.new_page()
                _sign_in(page, who)
                page.goto(path)
                if link:
                    page.locator(link).first.click()
                page.wait_for_load_state("networkidle")
                file = PICTURES / f"{name}-{width}.png"
                page.screenshot(path=file)
                print(file.relative_to(PICTURES.parent.parent), flush=True)
                if name == "briefing" and width == "desktop":
                    _first_page(page, PICTURES / "briefing-paper.png")
                context.close()


def _first_page(page: Page, file: Path) -> None:
    """The paper behind the page, as poppler draws its first page."""
    paper = page.request.get(f"{page.url}briefing.pdf", timeout=120_000).body()
    command = ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-png", "-singlefile"]
    subprocess.run([*command, "-", str(file.with_suffix(""))], input=paper, check=True)
    print(file.relative_to(PICTURES.parent.parent), flush=True)


def _sign_in(page: Page, who: str) -> None:
    page.goto("/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/")


if __name__ == "__main__":
    main()
