"""A public page stands as it was answered until somebody acts, and only for visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import Chain
from binglian.web import standing
from binglian.web.standing import LARGEST, Page, Pages, same_for_all

FACE = "/p/historic/"
MATTERS = "/p/historic/matters/"
#: Views whose answers are kept: what of a page is made for one reader was looked for in each.
MARKED = {
    *("portal:city", "portal:face", "portal:all", "portal:near", "portal:projects"),
    *("portal:commitments", "portal:needs", "portal:decisions", "projects:public"),
    *("public_matters:matters", "public_matters:matter", "public_matters:privacy"),
    *("matter_map:public", "search:city", "search:public", "news:announcements"),
    *("public_places:places", "public_places:spaces"),
    *("indicators:public_promises", "indicators:public_indicator"),
}

_calls = count(1)


def _counted(answer: Callable[[HttpRequest, HttpResponse], Any]) -> Any:
    """A marked view that says how often it was asked, and does what it must not."""

    @login_not_required
    @same_for_all
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(f"{next(_calls)}")
        answer(request, response)
        return response

    return view


def _remembers(request: HttpRequest, _response: HttpResponse) -> None:
    request.session["once"] = "seen"


#: What would be wrong to keep, whatever the mark says; and a view where nothing is.
ANSWERS = {
    "same": lambda _request, _response: None,
    "cookie": lambda _request, response: response.set_cookie("name", "value"),
    "session": _remembers,
    "token": lambda request, _response: get_token(request),
    "nonce": lambda request, _response: str(request.csp_nonce),
    "refused": lambda _request, response: setattr(response, "status_code", 409),
    "large": lambda _request, response: response.write("x" * LARGEST),
}
urlpatterns = [path(f"{name}/", _counted(answer)) for name, answer in ANSWERS.items()]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A minute that lasts as long as the test."""
    stopped = SimpleNamespace(time=lambda: 6_000.0)
    monkeypatch.setattr(standing, "time", stopped)
    return stopped


@pytest.fixture
def renamed(alliance: Alliance) -> Callable[[str], None]:
    """The alliance gets another name, and the ledger hears nothing of it."""

    def rename(name: str) -> None:
        Alliance.objects.filter(pk=alliance.pk).update(name=name)

    return rename


def shows(name: str, client: Client | None = None, path: str = FACE) -> bool:
    return name in (client or Client()).get(path).content.decode()


def test_while_nobody_acts_a_page_costs_one_question(
    alliance: Alliance,
    renamed: Callable[[str], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = Client().get(FACE)
    renamed("改过名的联盟")

    with django_assert_num_queries(1):
        again = Client().get(FACE)

    assert again.content == first.content
    same = ("ETag", "Vary", "Cache-Control", "Content-Security-Policy", "Content-Language")
    assert [again[name] for name in same] == [first[name] for name in same]


def test_after_an_act_the_next_request_sees_it(
    alliance: Alliance, secretariat: User, renamed: Callable[[str], None]
) -> None:
    before = shows("改过名的联盟")
    renamed("改过名的联盟")
    record(secretariat, "alliance.changed", alliance)

    assert (before, shows("改过名的联盟")) == (False, True)


def test_an_act_in_another_process_counts_as_well(
    alliance: Alliance, secretariat: User, renamed: Callable[[str], None]
) -> None:
    """All that another process leaves is in the database."""
    record(secretariat, "alliance.changed", alliance)
    before = shows("改过名的联盟")
    renamed("改过名的联盟")
    Chain.objects.update(last_number=2, last_hash="f" * 64)

    assert (before, shows("改过名的联盟")) == (False, True)


def test_what_the_ledger_does_not_tell_is_seen_a_minute_later(
    alliance: Alliance, renamed: Callable[[str], None], clock: SimpleNamespace
) -> None:
    Client().get(FACE)
    renamed("改过名的联盟")
    clock.time = lambda: 6_059.9
    before = shows("改过名的联盟")
    clock.time = lambda: 6_060.0

    assert (before, shows("改过名的联盟")) == (False, True)


def test_each_language_type_size_and_address_has_its_own(alliance: Alliance) -> None:
    def page(path: str = FACE, language: str = "zh-hans", care: str = "0") -> bytes:
        client = Client(headers={"Accept-Language": language})
        client.cookies["care"] = care
        return client.get(path).content

    asked = [{}, {"language": "en"}, {"care": "1"}, {"path": MATTERS}, {"path": f"{MATTERS}?q=灯"}]
    first = [page(**one) for one in asked]

    assert len(set(first)) == 5
    assert [page(**one) for one in asked] == first


def test_a_host_of_another_name_is_another_page(alliance: Alliance) -> None:
    one = Client().get(FACE, headers={"host": "one.example"})
    other = Client().get(FACE, headers={"host": "other.example"})

    assert (one.status_code, other.status_code) == (200, 200)


def test_who_is_signed_in_is_never_answered_from_what_is_kept(
    alliance: Alliance,
    giver: User,
    client_of: Callable[[User], Client],
    renamed: Callable[[str], None],
) -> None:
    member = client_of(giver)
    Client().get(FACE)
    renamed("改过名的联盟")

    assert shows("改过名的联盟", member)
    assert member.get(FACE)["Cache-Control"] == "private, no-store"
    assert "ETag" not in member.get(FACE)
    # And nothing of theirs is kept for others.
    assert not shows("改过名的联盟")


def test_a_browser_that_has_the_page_is_told_so(alliance: Alliance) -> None:
    first = Client().get(FACE)
    again = Client().get(FACE, headers={"if-none-match": first["ETag"]})
    other = Client().get(FACE, headers={"if-none-match": '"another"'})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (other.status_code, other.content) == (200, first.content)
    assert first["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Cookie"} <= set(first["Vary"].split(", "))


def test_a_visitor_gets_no_cookie(alliance: Alliance) -> None:
    assert [dict(Client().get(path).cookies) for path in (FACE, MATTERS, "/p/")] == [{}] * 3


def test_a_visitor_changes_language_and_type_size_without_a_token(alliance: Alliance) -> None:
    visitor = Client(enforce_csrf_checks=True)
    chosen = {"language": "en", "care": "1", "next": FACE}
    answer = visitor.post("/preferences/", chosen, headers={"sec-fetch-site": "same-origin"})

    assert (answer.status_code, answer["Location"]) == (302, FACE)
    assert shows('lang="en" data-mode="care"', visitor)


def test_another_site_changes_nothing(alliance: Alliance, giver: User) -> None:
    visitor, member = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    member.force_login(giver)
    answers = [
        visitor.post("/preferences/", {"care": "1"}, headers={"sec-fetch-site": "cross-site"}),
        member.post("/preferences/", {"care": "1"}, headers={"sec-fetch-site": "same-origin"}),
    ]

    giver.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert ["care" in answer.cookies for answer in answers] == [False, False]
    assert not giver.has_care_mode


@pytest.mark.parametrize("name", ANSWERS)
def test_what_was_made_for_one_reader_is_not_kept(db: None, settings: Settings, name: str) -> None:
    settings.ROOT_URLCONF = __name__
    first, second = (Client().get(f"/{name}/") for _time in range(2))

    assert (first.content == second.content, "ETag" in first) == (name == "same",) * 2


def test_only_a_whole_page_that_is_asked_for_is_kept(db: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    kept = Client().get("/same/").content
    others = [
        Client().post("/same/").content,
        Client().get("/same/", headers={"hx-request": "true"}).content,
        Client().get("/same/?q=1").content,
    ]

    assert kept not in others
    assert len(set(others)) == 3
    assert Client().get("/same/").content == kept


def _named(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _named(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


def test_the_marked_views_are_open_and_hold_no_secret_link() -> None:
    marked = {
        name: entry
        for name, entry in _named(get_resolver())
        if getattr(entry.callback, "is_same_for_all", False)
    }

    assert set(marked) == MARKED
    assert {getattr(one.callback, "login_required", True) for one in marked.values()} == {False}
    assert [name for name, one in marked.items() if "secret" in str(one.pattern)] == []


def test_the_page_asked_for_longest_ago_makes_room() -> None:
    pages = Pages(most_bytes=20)
    for name in ("a", "b"):
        pages.keep((name,), Page("now", b"0123456789", {}))
    pages.find(("a",), "now")
    pages.keep(("c",), Page("now", b"0123456789", {}))

    found = {name: pages.find((name,), "now") is not None for name in ("a", "b", "c")}
    assert (found, pages.bytes) == ({"a": True, "b": False, "c": True}, 20)
    pages.keep(("c",), Page("later", b"01234", {}))
    assert (pages.find(("c",), "now"), pages.bytes) == (None, 15)
