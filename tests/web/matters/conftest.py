"""A public matter of an alliance, somebody who reports, and the page's own proof of work."""

import hashlib
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts, Reported
from binglian.domain.matters.models import Category, Matter, Responsibility
from binglian.web.matters import doubting

REPORT = "/p/historic/report/"
CONTACT = ContactFacts(
    name="测试诉求人",
    phone="13900000000",
    email="resident@example.org",
    consent_text="同意为办理本诉求使用联系方式。",
)


@pytest.fixture
def drains(alliance: Alliance, giving) -> Category:
    category = Category.objects.create(
        alliance=alliance,
        code="drains",
        name_zh="排水",
        name_en="Drains",
        keywords=["下水道", "积水", "堵塞"],
        attributes=[
            {
                "code": "depth",
                "datatype": "singlevaluelist",
                "description": "积水多深",
                "values": [{"key": "ankle", "name": "到脚踝"}, {"key": "knee", "name": "到膝盖"}],
            }
        ],
    )
    Responsibility.objects.create(category=category, organisation=giving, period=5)
    return category


@pytest.fixture
def reported(alliance: Alliance, drains: Category) -> Reported:
    """Somebody reported, and left a contact."""
    facts = MatterFacts("院里下水道堵塞，积水排不出去。", category=drains, contact=CONTACT)
    return report_matter(alliance=alliance, facts=facts, by=None)


@pytest.fixture
def shown(reported: Reported, secretariat) -> Matter:
    """The same, checked and public."""
    text = "某院下水道堵塞，积水排不出去。"
    return check_publication(
        matter=reported.matter, public_text=text, is_public=True, by=secretariat
    )


@pytest.fixture
def mine(reported: Reported) -> str:
    """The address of its secret link."""
    return f"/m/{reported.token}/"


@pytest.fixture
def page_of() -> Callable[..., dict[str, str]]:
    """What the page carries, as made some seconds ago; with its work done, as scripts do it."""

    def page(seconds: int = 60, *, is_worked: bool = True) -> dict[str, str]:
        made_at = int(doubting.time.time()) - seconds
        token = signing.dumps([made_at, f"nonce-{seconds}-{is_worked}"], salt=doubting._SALT)
        return {"token": token, "work": work_for(token) if is_worked else "", "website": ""}

    return page


def work_for(token: str) -> str:
    """The first number that gives the token's hash fifteen zero bits."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{token}:{number}".encode()).digest()
        if digest[0] == 0 and digest[1] < 2:
            return str(number)
    raise AssertionError


@pytest.fixture
def send(alliance: Alliance, client: Client, page_of) -> Callable[..., Any]:
    """Send the form as a person would who wrote a little while."""

    def post(page: dict[str, str] | None = None, **fields: Any) -> Any:
        facts = {"text": "路灯不亮", "is_place_unknown": "on"} | fields
        return client.post(REPORT, (page or page_of()) | facts)

    return post
