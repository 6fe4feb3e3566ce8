"""An alliance with two categories, a client with a key, and matters of each kind of openness."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.clients.actions import Registered, register_client
from binglian.domain.clients.models import Scope
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.models import Category, Matter

PHONE = "13900000000"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    caches["local"].clear()


@pytest.fixture
def drains(alliance: Alliance) -> Category:
    """Asks how deep the water stands, and since when."""
    return Category.objects.create(
        alliance=alliance,
        code="drains",
        name_zh="排水",
        name_en="Drains",
        group_zh="市政",
        group_en="Works",
        keywords=["积水", "下水道"],
        attributes=[
            {
                "code": "DEPTH",
                "datatype": "singlevaluelist",
                "required": True,
                "order": 2,
                "description": "积水多深？",
                "values": [{"key": "ankle", "name": "脚踝"}, {"key": "knee", "name": "膝盖"}],
            },
            {"code": "SINCE", "datatype": "datetime", "order": 3, "description": "何时开始？"},
            {"code": "NOTE", "variable": False, "order": 1, "description": "危险请拨 110。"},
        ],
    )


@pytest.fixture
def lamps(alliance: Alliance) -> Category:
    """Asks nothing."""
    return Category.objects.create(
        alliance=alliance, code="lamps", name_zh="路灯", name_en="Street lamps"
    )


@pytest.fixture
def app(alliance: Alliance, secretariat: User) -> Registered:
    """A program that may do everything in the alliance."""
    return register_client(
        alliance=alliance,
        name="随手拍",
        contact="desk@example.org",
        scopes=[Scope.READ, Scope.REPORT, Scope.UPDATE],
        per_minute=6000,
        by=secretariat,
    )


@pytest.fixture
def member_app(alliance: Alliance, giving: Organisation, giver: User) -> Registered:
    """A program of the giving member that may do everything."""
    return register_client(
        alliance=alliance,
        organisation=giving,
        name="资产系统",
        contact="desk@example.org",
        scopes=Scope.values,
        per_minute=6000,
        by=giver,
    )


@pytest.fixture
def make_matter(alliance: Alliance, lamps: Category, secretariat: User) -> Callable[..., Matter]:
    """A matter with a contact, public unless said otherwise."""

    def make(text: str = "路灯不亮", *, is_public: bool | None = True, **facts: Any) -> Matter:
        contact = ContactFacts(name="测试诉求人", phone=PHONE, consent_text="同意。")
        facts = {"category": lamps, "contact": contact, "address": "中山路"} | facts
        told = MatterFacts(text=f"{text}，电话 {PHONE}", **facts)
        matter = report_matter(alliance=alliance, facts=told, by=None).matter
        if is_public is not None:
            check_publication(matter=matter, public_text=text, is_public=is_public, by=secretariat)
        return Matter.objects.get(pk=matter.pk)

    return make


@pytest.fixture
def ask(alliance: Alliance, client: Client) -> Callable[..., Any]:
    """An answer of Open311, as Python; the jurisdiction is said unless given."""

    def get(path: str, **parameters: Any) -> Any:
        parameters.setdefault("jurisdiction_id", alliance.slug)
        response = client.get(f"/open311/v2/{path}", parameters)
        assert response["Content-Type"] == "application/json"
        return response.json()

    return get
