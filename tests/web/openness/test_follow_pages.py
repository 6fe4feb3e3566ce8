"""Following on the public page: three ways, and out again by one click."""

import pytest
from django.core import mail
from django.test import Client

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import send_confirmations
from binglian.domain.openness.models import Follower
from binglian.domain.openness.topics import Topic

PAGE = "/p/historic/follow/"


@pytest.fixture
def link(client: Client, alliance: Alliance) -> str:
    """The address in the letter that asks for confirmation."""
    client.post(f"{PAGE}?topic=news", {"email": "neighbour@example.org"})
    send_confirmations()
    secret = mail.outbox.pop().body.split("/f/")[1].split("/")[0]
    return f"/f/{secret}/"


def state() -> str:
    return Follower.objects.get().state


def test_the_page_says_all_three_ways_for_every_topic(client: Client, busy: list[Topic]):
    for topic in busy:
        page = client.get(f"{PAGE}?topic={topic.key}").content.decode()
        ways = [f"{PAGE}{topic.key}/feed/", f"{PAGE}{topic.key}/calendar.ics", 'name="email"']
        assert [way in page for way in ways] == [True, True, True]
        assert client.get(topic.path).status_code == 200


def test_looking_at_the_letters_link_changes_nothing(client: Client, link: str):
    shown = client.get(link)
    left = client.get(f"{link}leave/")

    assert (shown.status_code, left.status_code, state()) == (200, 200, "asked")
    assert shown["Cache-Control"] == "private, no-store"


def test_confirming_and_leaving_are_a_button_each(client: Client, link: str):
    client.post(f"{link}confirm/")
    assert state() == "confirmed"
    client.post(f"{link}leave/")
    assert state() == "left"


def test_a_mail_program_leaves_without_cookie_or_page(link: str):
    program = Client(enforce_csrf_checks=True)
    done = program.post(f"{link}leave/", {"List-Unsubscribe": "One-Click"})

    assert (done.status_code, done.content, state()) == (200, b"", "left")


def test_confirming_needs_the_page(link: str):
    assert Client(enforce_csrf_checks=True).post(f"{link}confirm/").status_code == 403
    assert state() == "asked"


def test_the_page_does_not_tell_whether_an_address_follows(client: Client, link: str):
    first = client.post(f"{PAGE}?topic=news", {"email": "neighbour@example.org"})
    other = client.post(f"{PAGE}?topic=news", {"email": "other@example.org"})

    assert (first.status_code, first["Location"]) == (other.status_code, other["Location"])


@pytest.mark.parametrize("topic", ["project-1", "matter-1", "x"])
def test_what_is_not_public_cannot_be_followed(client: Client, alliance: Alliance, topic: str):
    paths = [f"{PAGE}?topic={topic}", f"{PAGE}{topic}/feed/", f"{PAGE}{topic}/calendar.ics"]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
