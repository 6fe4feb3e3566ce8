"""What one request has written, the next one finds: over HTTP, each on a connection of its own.

Fresh within a second, the issue asks; here nothing is waited for at all.
"""

import re
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.publicness import Published

NEW = "/a/historic/offers/new/"
Browse = Callable[..., str]


@pytest.fixture
def browser_of(live_server: LiveServer) -> Callable[..., Browse]:
    """A browser, signed in as somebody: a path of the served site, and what is filled in → page."""

    def browser(user: User | None = None) -> Browse:
        cookies = Client().cookies
        if user:
            client = Client()
            client.force_login(user)
            cookies = client.cookies

        def page(path: str, filled: dict[str, str] | None = None) -> str:
            sent = "; ".join(f"{name}={one.value}" for name, one in cookies.items())
            headers = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
            thread = live_server.thread
            with closing(HTTPConnection(thread.host, thread.port)) as connection:
                body = urlencode(filled) if filled else None
                connection.request("POST" if body else "GET", path, body, headers)
                answer = connection.getresponse()
                assert answer.status == (302 if body else 200)
                for line in answer.headers.get_all("Set-Cookie", []):
                    cookies.load(line)
                return answer.read().decode()

        return page

    return browser


def test_what_is_entered_is_found_by_the_next_request_of_everybody(
    transactional_db: None,
    browser_of: Callable[..., Browse],
    alliance: Alliance,
    giving: Organisation,
    giver: User,
    viewer: User,
) -> None:
    alliance.published = [Published.OFFERS.value]
    alliance.save()
    writing, reading, public = browser_of(giver), browser_of(viewer), browser_of()
    lists = {
        "/search/": reading,
        "/a/historic/offers/": reading,
        "/p/historic/search/": public,
        "/p/search/": public,
    }

    def found(word: str) -> dict[str, bool]:
        asked = urlencode({"q": word})
        return {
            path: f"{word} 1 号" in _words(browse(f"{path}?{asked}"))
            for path, browse in lists.items()
        }

    assert found("放映间") == dict.fromkeys(lists, False)

    opened = writing(NEW).split("<main", 1)[1]
    kept = dict(re.findall(r'name="(once|csrfmiddlewaretoken)" value="([-\w]+)"', opened))
    facts = {"organisation": str(giving.pk), "title": "放映间 1 号", "kind": "venue"}
    writing(NEW, facts | {"quantity": "3", "unit": "间"} | kept)

    assert found("放映间") == dict.fromkeys(lists, True)


def _words(page: str) -> str:
    """The page without its signs, so that what is marked still stands together."""
    return re.sub(r"<[^>]*>", "", page)
