"""Steps at the desk of residents' matters."""

from __future__ import annotations

import subprocess
import sys

from playwright.sync_api import Locator

from tests.browser.walking import Person
from tools.demo_site import DemoSite

DESK = "/a/historic/matters/"
#: What the administrator does for matters taken over with their own days, on the served database.
MOVE_BACK = """
import os, sys
os.environ |= {"DJANGO_SETTINGS_MODULE": "binglian.config.settings", "BINGLIAN_MODE": "demo"}
import django; django.setup()
from binglian.domain.accounts.models import User
from binglian.domain.matters.actions import move_back
from binglian.domain.matters.models import Matter
by = User.objects.get(username="administrator")
move_back(matter=Matter.objects.get(number=sys.argv[1]), days=int(sys.argv[2]), by=by)
"""


def unfold(person: Person, label: str) -> None:
    person.page.locator("details.act > summary", has_text=label).first.click()


def form(person: Person, act: str) -> Locator:
    return person.page.locator(f"form[action$='/{act}/']").first


def found(person: Person, words: str) -> None:
    """Open a matter from the list by its words."""
    person.go(f"{DESK}list/?q={words}")
    person.page.locator("main th a").first.click()
    person.page.wait_for_load_state("networkidle")
    person.look()


def answer(person: Person, public: str, private: str = "") -> None:
    """Solved, with what everybody reads and what the reporter alone does."""
    typed = form(person, "reply")
    if not typed.is_visible():
        unfold(person, "答复")
    typed.locator("[value=solved]").check()
    typed.locator("[name=public_text]").fill(public)
    typed.locator("[name=private_text]").fill(private)
    typed.locator("button").click()
    person.page.wait_for_load_state("networkidle")
    person.look()


def began_earlier(demo: DemoSite, number: str, days: int) -> None:
    """As if everything so far had happened so many days ago: no clock is turned."""
    command = [sys.executable, "-c", MOVE_BACK, number, str(days)]
    subprocess.run(command, env=demo.environment, check=True, timeout=120)
