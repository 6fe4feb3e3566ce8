"""The pages of the search: at the desk, for everybody, with and without scripts."""

import pytest
from django.test import Client

from binglian.domain.alliance.publicness import Published

DESK, CITY, PUBLIC = "/search/", "/p/search/", "/p/historic/search/"
HTMX = {"HX-Request": "true"}


def page(client: Client, path: str, **asked: str) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def lists(alliance, make_offer, make_need):
    alliance.published = [Published.NEEDS.value]
    alliance.save()
    offer = make_offer(title="即墨路会议室", note="可借投影仪")
    return offer, make_need(title="会议场地")


def test_a_member_finds_what_they_may_see_marked_and_by_kind(lists, giver, client_of):
    offer, need = lists
    shown = page(client_of(giver), DESK, q="会议")

    assert f'href="/a/historic/offers/{offer.pk}/">即墨路<mark>会议</mark>室</a>' in shown
    assert f'href="/a/historic/needs/{need.pk}/"><mark>会议</mark>场地</a>' in shown
    assert 'href="?q=%E4%BC%9A%E8%AE%AE&amp;kind=offer">资源 1</a>' in shown
    assert "即墨路" not in page(client_of(giver), DESK, q="会议", kind="need")


def test_everybody_finds_what_is_published_without_signing_in(lists, client):
    need = lists[1]
    for path in (CITY, PUBLIC):
        shown = page(client, path, q="会议")
        assert f'<a class="matter-link" href="/p/historic/needs/{need.pk}/">' in shown
        assert "即墨路" not in shown


def test_nobody_without_a_seat_learns_anything(lists, outsider, client_of, client):
    assert "没有找到" in page(client_of(outsider), DESK, q="会议")
    assert client.get(DESK).status_code == 302


def test_as_it_is_typed_only_the_results_are_sent(lists, giver, client_of):
    response = client_of(giver).get(DESK, {"q": "jmlhys"}, headers=HTMX)

    assert response.content.decode().lstrip().startswith('<section id="found"')
    assert "<mark>" in response.content.decode()


def test_empty_states_say_what_to_do(alliance, client):
    assert "都在这里找" in page(client, PUBLIC)
    assert "请写一个词" in page(client, PUBLIC, q="？！")
    assert "首字母也行" in page(client, PUBLIC, q="会议")
    assert client.get("/p/nowhere/search/").status_code == 404


def test_whatever_is_typed_or_stored_stays_text(alliance, make_offer, giver, client_of):
    make_offer(title="<b>会议</b>室", note="<script>alert(1)</script>")

    shown = page(client_of(giver), DESK, q='会议"><script>', page="x", kind="<b>")
    assert "<script>alert" not in shown
    assert 'value="会议&quot;&gt;&lt;script&gt;"' in shown
    found = page(client_of(giver), DESK, q="会议")
    assert "&lt;b&gt;<mark>会议</mark>&lt;/b&gt;室" in found
    assert "<script>alert" not in found


def test_more_than_a_page_is_turned_over(alliance, make_offer, giver, client_of):
    for number in range(21):
        make_offer(title=f"{number} 号会议室")

    assert page(client_of(giver), DESK, q="会议").count("matter-link") == 20
    assert page(client_of(giver), DESK, q="会议", page="2").count("matter-link") == 1
