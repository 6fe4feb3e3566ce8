"""What every answer tells the browser, for its reader's protection."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance

#: A page of each kind: signed in, public, refused, missing, interface, feed.
PAGES = (
    *("/", "/a/historic/offers/", "/a/historic/members/new/", "/a/nowhere/", "/login/", "/p/data/"),
    *("/p/historic/", "/p/historic/report/", "/api/v1/alliances", "/open311/v2/discovery.json"),
    *("/p/historic/news/feed/", "/a/historic/offers/export/?format=csv"),
)
#: A handler or a style in an attribute, or a script between tags: none of them would run.
_INLINE = re.compile(
    r"<[^>]+\s(?:on[a-z]+|style)\s*=|<script(?![^>]*\s(?:src=|type=.application/))"
)


@pytest.mark.parametrize("who", ["giver", ""])
def test_every_page_says_what_browsers_may_run(
    who: str,
    alliance: Alliance,
    giver: User,
    client_of: Callable[[User], Client],
) -> None:
    reader = client_of(giver) if who else Client()
    answers = {path: reader.get(path) for path in PAGES}

    for path, answer in answers.items():
        policy = dict(
            rule.strip().partition(" ")[::2]
            for rule in answer["Content-Security-Policy"].split(";")
        )
        assert "unsafe" not in answer["Content-Security-Policy"], path
        assert policy["default-src"] == "'self'", path
        assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'none'"), path
        assert policy["frame-ancestors"] == "'none'", path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["Referrer-Policy"] == "same-origin", path
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path
        if answer["Content-Type"].startswith("text/html"):
            assert _INLINE.findall(answer.content.decode()) == [], path
    # Refused, missing and sent to sign in, as well as shown.
    assert {answer.status_code for answer in answers.values()} >= (
        {200, 403, 404} if who else {302}
    )


def test_no_form_is_taken_without_its_token(alliance: Alliance, giver: User) -> None:
    """Another site can make a browser post; it cannot know the token."""
    reader = Client(enforce_csrf_checks=True)
    reader.force_login(giver)

    answers = [
        reader.post(path, {"language": "en"}, headers={"origin": "https://evil.example"})
        for path in ("/preferences/", "/a/historic/offers/new/", "/p/historic/report/", "/logout/")
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    giver.refresh_from_db()
    assert giver.language == ""
