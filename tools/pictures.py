"""Takes the pictures of docs/pictures/ from a fresh demonstration: `make pictures`.

Run by hand with names, e.g. ``tools/pictures.py home meeting``, it takes only those;
``portal`` stands for all public pages, which go to docs/pictures/portal/ in four forms.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page

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
    "cockpit": (SECRETARIAT, "/a/historic/cockpit/", ""),
    "network": (SECRETARIAT, "/a/historic/network/", ""),
    "ledger": (AUDITOR, "/a/historic/ledger/", ""),
    "record": (AUDITOR, "/a/historic/ledger/?act=run.published", "main th a"),
}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    asked = sys.argv[1:]
    wanted = {name: SHOWN[name] for name in asked if name != "portal"} if asked else SHOWN
    with demo_site() as demo, chromium() as browser:
        if not asked or "portal" in asked:
            take_public_pictures(browser, demo.url, PICTURES / "portal")
        for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
            for name, (who, path, link) in wanted.items():
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
                context.close()


def _sign_in(page: Page, who: str) -> None:
    page.goto("/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/")


if __name__ == "__main__":
    main()
