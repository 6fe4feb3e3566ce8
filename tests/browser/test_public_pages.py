"""Every public page, in four forms: desktop, phone, care mode, without scripts."""

import json
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.public_page import FORMS, NARROW, Form, Reader, public_paths

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
#: What may be transferred for the first page with a cold cache, before a map is asked for.
MOST_BYTES = 200_000


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_no_public_page_shuts_anybody_out(browser: Browser, site: str, form: Form) -> None:
    reader = Reader(browser, site, form)
    page = reader.page
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: _listen(complaints, page.url, said))

    found = []
    for path in public_paths():
        answer = page.goto(path)
        assert answer
        if answer.status != 200:
            found.append(f"{path}: {answer.status}")
            continue
        found += reader.barriers()
    reader.leave()

    assert found == []
    assert complaints == []


def test_the_html_served_is_valid(site: str, tmp_path: Path) -> None:
    """By the Nu HTML checker, all pages in one run."""
    assert CHECKER.exists(), "The Nu checker is not installed: run make setup."
    assert shutil.which("java"), "The Nu checker needs Java: apt-get install default-jre-headless"
    names = {}
    for number, path in enumerate(public_paths()):
        with urllib.request.urlopen(site + path) as answer:
            file = tmp_path / f"{number}.html"
            file.write_bytes(answer.read())
        names[file.name] = path

    command = ["java", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
    said = subprocess.run([*command, str(tmp_path)], capture_output=True, check=True).stderr
    errors = [
        f"{names[Path(one['url']).name]}: {one['message']} {one.get('extract', '')[:100]}"
        for one in json.loads(said)["messages"]
        if one["type"] != "info"
    ]

    assert errors == []


@pytest.mark.parametrize("path", ["/p/", "/p/historic/"])
def test_the_first_page_is_light(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(viewport=NARROW, base_url=site)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    context.close()

    assert len(sizes) >= 3, "The page, its styles and its script must have been counted."
    assert sum(sizes) < MOST_BYTES


def _listen(complaints: list[str], url: str, said: Any) -> None:
    if said.type == "error":
        complaints.append(f"{url}: {said.text}")
