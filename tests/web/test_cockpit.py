"""The cockpit: live without reloading, and on a wall without anybody signed in."""

import re

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import accept_commitment
from binglian.domain.indicators.actions import close_display, open_display

LIVE = "/a/historic/cockpit/live/"


@pytest.fixture
def wall(alliance, secretariat):
    """An open display and its secret."""
    return open_display(alliance=alliance, name="大厅", by=secretariat)


def test_an_unchanged_cockpit_is_answered_without_its_content(client_of, viewer, propose, giver):
    commitment = propose()
    client = client_of(viewer)
    first = client.get(LIVE)

    again = client.get(LIVE, headers={"If-None-Match": first["ETag"]})
    accept_commitment(commitment=commitment, by=giver, due_on=today())
    changed = client.get(LIVE, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "private, no-cache"
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_the_two_languages_have_different_tags(client_of, viewer, alliance):
    client = client_of(viewer)
    chinese = client.get(LIVE)["ETag"]
    viewer.language = "en"
    viewer.save()

    assert client.get(LIVE)["ETag"] != chinese


def test_a_page_of_an_older_program_is_told_to_load_itself_anew(client_of, viewer, alliance):
    answer = client_of(viewer).get(f"{LIVE}?build=older")

    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


def test_a_wall_needs_nobody_signed_in_and_stays_signed_in_for_good(wall, propose):
    propose()
    _display, token = wall
    client = Client()

    page = client.get(f"/display/{token}/")
    live = client.get(f"/display/{token}/live/")

    assert (page.status_code, live.status_code) == (200, 200)
    assert not page.cookies
    assert not live.cookies
    assert f"/display/{token}/live/?build=" in page.content.decode()


def test_the_secret_of_a_wall_opens_no_other_page(wall):
    _display, token = wall
    client = Client()
    client.get(f"/display/{token}/")

    for path in ("/a/historic/", "/a/historic/cockpit/", LIVE, "/a/historic/displays/"):
        assert client.get(path).status_code == 302, path
    html = client.get(f"/display/{token}/").content.decode()
    within = html[html.index("data-cockpit ") :]
    assert re.findall(r'href="([^"]*)"', within) == []


def test_a_closed_wall_goes_dark(wall, secretariat):
    display, token = wall
    close_display(display=display, by=secretariat)

    assert Client().get(f"/display/{token}/").status_code == 404
    assert Client().get(f"/display/{token}/live/").status_code == 404


def test_the_address_of_a_wall_is_shown_once(client_of, secretariat, alliance):
    client = client_of(secretariat)

    opened = client.post("/a/historic/displays/", {"name": "大厅"}).content.decode()
    later = client.get("/a/historic/displays/").content.decode()

    assert len(re.findall(r"/display/[\w-]{32}/", opened)) == 1
    assert "/display/" not in later
    assert "大厅" in later


def test_no_person_is_named(client_of, viewer, wall, propose, giver):
    accept_commitment(commitment=propose(), by=giver, due_on=today())
    User.objects.exclude(pk=viewer.pk).update(display_name="标记姓名")

    for html in (
        client_of(viewer).get(LIVE).content.decode(),
        Client().get(f"/display/{wall[1]}/").content.decode(),
    ):
        assert "标记姓名" not in html


def test_all_that_waits_is_listed(client_of, viewer, propose):
    commitment = propose()
    commitment.answer_due_on = today().replace(year=2020)
    commitment.save()

    shown = client_of(viewer).get("/a/historic/cockpit/waiting/").content.decode()

    assert f'href="/a/historic/commitments/{commitment.pk}/"' in shown
