"""Every form that makes something, sent twice as a double click does, makes it once."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from binglian.domain.accounts.models import User

from .filling import filled
from .walk import Route, address, routes


@dataclass(frozen=True)
class Making:
    """A form that makes something: who fills it in, and on which page when not on its own."""

    route: str
    by: str
    page: str = ""
    said: dict[str, Any] = field(default_factory=dict)


MAKING = [
    Making("alliance:member_new", "secretariat"),
    Making("alliance:invite", "secretariat"),
    Making(
        "alliance:seat_new",
        "secretariat",
        said={"new-username": "newcomer", "new-email": "n@example.org", "new-display_name": "新人"},
    ),
    Making("alliance:apply", "anonymous"),
    Making("alliance:account_new", "administrator", said={"username": "newcomer"}),
    Making("governance:agreement_new", "secretariat"),
    Making("governance:delegate", "lead_a", "governance:delegations"),
    Making("governance:superior_new", "lead_b", "governance:delegations"),
    Making("governance:meeting_new", "secretariat"),
    Making("governance:agenda_add", "secretariat", "governance:meeting"),
    Making("governance:topic_new", "giver"),
    Making("governance:evaluation_new", "secretariat"),
    Making("coupling:offer_new", "giver"),
    Making(
        "coupling:need_new",
        "giver",
        said={
            "title": "议事",
            "parts-0-title": "会议室",
            "parts-0-kind": "venue",
            "parts-0-quantity": "1",
            "parts-0-unit": "间",
        },
    ),
    Making("coupling:import", "giver", said={"pasted": "资源名称,类别,数量\n会议室,场地,3\n"}),
    Making("projects:project_new", "giver"),
    Making("projects:ask_all", "secretariat", "projects:portfolio"),
    Making("projects:item_new", "secretariat"),
    Making("projects:closure", "giver", "projects:office"),
    Making("projects:plan_ask", "giver", "projects:project"),
    Making("projects:template_keep", "giver", "projects:project"),
    Making("projects:task_new", "giver"),
    Making("projects:task_need", "giver", "projects:task"),
    Making("places:place_new", "secretariat"),
    Making("places:space_new", "giver"),
    Making("places:guardian_add", "secretariat", "places:place"),
    Making("matters:category_new", "secretariat", said={"code": "another"}),
    Making("matters:act_need", "secretariat", "matters:matter"),
    Making("books:good_hand_out", "giver", "books:donation"),
    Making(
        "books:open_day_new",
        "giver",
        said={"title_zh": "开放日", "starts": "09:00", "ends": "11:00", "capacity": "10"},
    ),
    Making("site:unit_new", "giver"),
    Making("site:team_new", "giver"),
    Making("site:inspection_plan", "secretariat"),
    Making("news_import:upload", "secretariat", said={"pasted": "联盟成立\n片区联盟今天成立。"}),
    Making("newsroom:new", "giver", said={"title": "公告", "body": "内容", "summary": "摘要"}),
    Making("openness:topics", "anonymous"),
    Making("indicators:briefing_start", "secretariat", "indicators:briefings"),
    Making("indicators:displays", "secretariat"),
    Making("clients:programs", "giver"),
    Making("clients:platform_programs", "administrator"),
]
_ASIDE = ("django_session", "ledger_ledgerentry", "ledger_keptanswer", "ledger_chain")
_ROUTES: dict[str, Route] = {route.name: route for route in routes()}


@pytest.fixture
def persona(request: pytest.FixtureRequest) -> Any:
    """A browser of a persona, signed in but for ``anonymous``."""

    def persona(name: str) -> Client:
        client = Client(raise_request_exception=False)
        if name != "anonymous":
            user: User = request.getfixturevalue(name)
            client.force_login(user)
        return client

    return persona


def test_every_form_that_makes_something_makes_it_once(
    samples: dict[str, Any],
    persona: Any,
) -> None:
    found = {making.route: _sent_twice(making, samples, persona(making.by)) for making in MAKING}
    assert found == dict.fromkeys(found, "once")


def _sent_twice(making: Making, known: dict[str, Any], client: Client) -> str:
    path = address(_ROUTES[making.route], known)
    page = address(_ROUTES[making.page], known) if making.page else path
    with transaction.atomic():
        try:
            said = filled(client, page, path) | making.said
        except LookupError as missing:
            return str(missing)
        before = _rows()
        first = client.post(path, said)
        between = _rows()
        again = client.post(path, said)
        after = _rows()
        transaction.set_rollback(True)
    made = _grown(before, between)
    if not made:
        return f"makes nothing: {first.status_code}"
    same = (first.status_code, first.get("Location")) == (again.status_code, again.get("Location"))
    twice = _grown(between, after)
    if twice:
        return f"made twice: {twice}"
    return "once" if same else f"answered {first.get('Location')}, then {again.get('Location')}"


def _rows() -> dict[str, int]:
    """How many rows each table has, by few questions."""
    names = sorted({model._meta.db_table for model in apps.get_models()})
    found: list[int] = []
    with connection.cursor() as cursor:
        for first in range(0, len(names), 90):
            some = names[first : first + 90]
            counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in some)
            cursor.execute(f"SELECT {counts}")
            found += cursor.fetchone()
    return dict(zip(names, found, strict=True))


def _grown(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Tables with more rows than before, those apart that tell of any request."""
    return [name for name in before if after[name] > before[name] and name not in _ASIDE]
