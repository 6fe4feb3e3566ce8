"""The lists of the interface: pages, filters, problems, limits."""

from __future__ import annotations

import pytest
from django.test import Client

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.datasets import DATASETS
from tests.filled_alliance import PHONE, fill

LIST = "/api/v1/alliances/historic/offers"


@pytest.fixture
def full(alliance, giving, needing, secretariat) -> Alliance:
    return fill(alliance, giving, needing, secretariat)


def test_pages_hold_every_row_once_whatever_is_added_meanwhile(
    full, make_offer, client: Client
) -> None:
    before = [row["id"] for row in client.get(LIST).json()["items"]]
    offers = [make_offer().pk for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(LIST, {"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
        make_offer()

    assert seen == [*reversed(offers), *before]


@pytest.mark.parametrize("cursor", ["bm90aGluZw", "bmVlZHM6MQ", "b2ZmZXJzOjkudQ", "____", "!"])
def test_a_cursor_of_another_list_or_of_nobody_is_refused(full, client, cursor: str) -> None:
    response = client.get(LIST, {"cursor": cursor})

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["title"]) == (422, "Something to correct")


def test_lists_are_filtered(full, make_need, client: Client) -> None:
    urgent = make_need(priority="urgent")
    path = "/api/v1/alliances/historic/needs"

    found = client.get(path, {"priority": "urgent"}).json()["items"]

    assert [row["id"] for row in found] == [urgent.pk]
    assert client.get(path, {"priority": "whatever"}).status_code == 422
    assert client.get(path, {"state": "closed"}).json() == {"items": [], "next": None}


def test_a_list_that_is_not_published_is_empty(alliance, make_offer, client: Client) -> None:
    make_offer()

    assert client.get(LIST).json() == {"items": [], "next": None}


def test_no_list_tells_a_telephone(full, client: Client) -> None:
    pages = [
        client.get(f"/api/v1/alliances/historic/{dataset.name}").content for dataset in DATASETS
    ]

    assert [page for page in pages if PHONE.encode() in page] == []
    assert len(pages) == len(DATASETS)


def test_every_answer_tells_how_often_one_may_still_ask(alliance, client, settings) -> None:
    settings.API_PER_MINUTE = 2
    first, second, third = (client.get("/api/v1/alliances") for _ in range(3))

    assert [one.status_code for one in (first, second, third)] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in (first, second, third)] == ["1", "0", "0"]
    assert first["RateLimit-Limit"] == "2"
    assert third["Retry-After"] == third["RateLimit-Reset"]
    assert third["Content-Type"] == "application/problem+json"
    assert 0 < int(third["Retry-After"]) <= 60
