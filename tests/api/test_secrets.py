"""What no rule makes public leaves by no machine's door, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    Membership,
    Organisation,
    today,
)
from binglian.domain.clients.actions import register_client
from binglian.domain.clients.models import Scope
from binglian.domain.matters.models import Category, Matter
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project
from binglian.domain.publishing.datasets import DATASETS
from binglian.domain.publishing.formats import CSVW, SCHEMA, formats_of
from tests.filled_alliance import PHONE, fill
from tests.web.matter_samples import PHONE as OTHER_PHONE
from tests.web.matter_samples import matter_samples
from tests.web.meeting_samples import meeting_samples
from tests.web.news_samples import news_samples
from tests.web.openness_samples import PHONE as ASKING_PHONE
from tests.web.openness_samples import openness_samples
from tests.web.place_samples import PHONE as WISHING_PHONE
from tests.web.place_samples import place_samples

from .marking import MARK, mark_what_is_not_public

PERSONAL = (PHONE, OTHER_PHONE, ASKING_PHONE, WISHING_PHONE, "测试诉求人", "示例诉求人")
API = "/api/v1/alliances/historic"


@pytest.fixture
def full(alliance, giving, needing, giver, receiver, secretariat, make_offer) -> Alliance:
    """Everything public, and beside it something of each kind that is not."""
    fill(alliance, giving, needing, secretariat)
    meeting_samples(alliance, giving, secretariat, giver)
    matter_samples(alliance, giving, secretariat)
    news_samples(alliance, giving, secretariat, giver)
    project = Project.objects.get()
    place_samples(alliance, giving, project, secretariat)
    openness_samples(alliance, project, secretariat)
    make_offer()
    create_project(
        alliance=alliance,
        owner=giving,
        by=secretariat,
        title_zh="不公开的项目",
        kind="road",
        features=[],
        starts_on=today(),
        is_public=False,
    )
    return alliance


@pytest.fixture
def foreign_key(full, secretariat) -> str:
    """Of a program that may do everything, of a member of another alliance only."""
    stranger = Organisation.objects.create(name="外片区公司（示例）", kind="private_firm")
    other = Alliance.objects.create(
        slug="other", name="另一联盟", lead_a=full.lead_a, lead_b=full.lead_b
    )
    Membership.objects.create(
        alliance=other, organisation=stranger, category="builder", state="admitted", from_on=today()
    )
    officer = User.objects.create(username="stranger", email="stranger@example.org")
    Appointment.objects.create(
        alliance=other, user=officer, role="liaison", organisation=stranger, from_on=today()
    )
    registered = register_client(
        alliance=other,
        organisation=stranger,
        name="外来程序",
        contact="desk@example.org",
        scopes=Scope.values,
        per_minute=6000,
        by=officer,
    )
    return registered.key


def doors() -> Iterator[str]:
    """Every list, every single thing, every file and every feed that programs read."""
    yield from ("/api/v1/alliances", "/api/v1/areas", API, f"{API}/categories", f"{API}/matters")
    yield from (f"{API}/own/commitments", "/api/v1/openapi.json")
    yield from (f"{API}/matters/{matter.number}" for matter in Matter.objects.all())
    yield from ("/p/data/", "/p/historic/data/")
    for ending in ("ttl", "jsonld"):
        yield from (f"/p/data/catalogue.{ending}", f"/p/historic/data/catalogue.{ending}")
    for dataset in DATASETS:
        yield f"{API}/{dataset.name}?limit=200"
        yield f"/p/historic/data/{dataset.name}/"
        for one in (*formats_of(dataset), SCHEMA, CSVW):
            yield f"/p/historic/data/{dataset.name}.{one.ending}"
    for feed in ("news:feed", "public_matters:feed", "portal:calendar"):
        yield reverse(feed, args=["historic"])
    yield from (reverse("news:city_feed"), "/p/historic/places/map.geojson")
    yield from (f"/p/historic/projects/{project.pk}/" for project in Project.objects.all())
    asked = "?jurisdiction_id=historic"
    for form in ("json", "xml"):
        for what in ("discovery", "services", "requests", "servicerequestupdates"):
            yield f"/open311/v2/{what}.{form}{asked}"
        for matter in Matter.objects.all():
            yield f"/open311/v2/requests/{matter.number}.{form}{asked}"
        for category in Category.objects.all():
            yield f"/open311/v2/services/{category.code}.{form}{asked}"


@pytest.mark.parametrize("who", ["anybody", "a foreign program"])
def test_no_door_tells_what_no_rule_makes_public(
    full, foreign_key, who, client: Client, settings
) -> None:
    settings.API_PER_MINUTE = 6000
    wanted = list(doors())
    marked = mark_what_is_not_public(full)
    headers = {"X-API-Key": foreign_key} if who == "a foreign program" else {}

    answers = {door: client.get(door, headers=headers) for door in wanted}

    content = {
        door: (b"".join(one) if one.streaming else one.content).decode()
        for door, one in answers.items()
    }
    told = {
        (door, marked.get(word, word))
        for door, text in content.items()
        for word in (*re.findall(rf"{MARK}\d{{3}}", text), *PERSONAL, foreign_key)
        if word in text
    }
    assert sorted(told) == []
    # Not because nothing was marked, nor because nothing was answered.
    assert len(marked) > 120
    assert sum(one.status_code == 200 for one in answers.values()) > 90
