"""The interface finds what everybody may read, and nothing else."""

from django.test import Client

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published

SEARCH = "/api/v1/search"


def test_what_is_public_is_found_with_its_address(alliance: Alliance, make_need, make_offer):
    alliance.published = [Published.NEEDS.value]
    alliance.save()
    make_offer(title="会议室")
    need = make_need(title="会议场地", place="中山路")

    answer = Client().get(SEARCH, {"q": "hycd", "alliance": "historic"}).json()

    [found] = answer["items"]
    assert found["address"] == f"http://127.0.0.1:8000/p/historic/needs/{need.pk}/"
    assert (found["kind"], found["title_zh"]) == ("need", "会议场地")
    assert found["text"].endswith("中山路")
    assert (answer["counts"], answer["is_cut"]) == ({"need": 1}, False)
    assert Client().get(SEARCH, {"q": "会议室"}).json()["items"] == []


def test_what_cannot_be_asked_is_refused(alliance: Alliance):
    client = Client()

    assert client.get(SEARCH).status_code == 422
    assert client.get(SEARCH, {"q": "会议", "kind": "secret"}).status_code == 422
    assert client.get(SEARCH, {"q": "会议", "alliance": "nowhere"}).status_code == 404
