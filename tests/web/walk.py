"""Every route of the product, asked by every role: what the permission table is made of."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

ROLES = (
    "anonymous",
    "outsider",
    "viewer",
    "giver",
    "receiver",
    "secretariat",
    "lead_a",
    "lead_b",
    "administrator",
    "auditor",
)


@dataclass(frozen=True)
class Route:
    """A named route and the names of the arguments its address takes."""

    name: str
    arguments: tuple[str, ...]


def routes() -> list[Route]:
    """Every route of the URL conf in its order, static files apart."""
    return list(_below(get_resolver(), ""))


def names() -> list[str]:
    """The name of every route, once, in their order."""
    return list(dict.fromkeys(route.name for route in routes()))


def dealt(walk: int) -> list[str]:
    """The names that fall to the first or second walk: every second one."""
    return names()[walk - 1 :: 2]


def walked(dealt: Collection[str]) -> set[str]:
    """``ROUTES=checks:,matters:desk pytest tests/web/test_routes*.py`` walks these alone."""
    wanted = tuple(os.environ.get("ROUTES", "").split(","))
    return {name for name in dealt if name.startswith(wanted)}


def _below(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, inner)
        elif isinstance(entry, URLPattern):
            arguments = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield Route(f"{namespace}{entry.name}", arguments)


def address(route: Route, samples: dict[str, Any]) -> str:
    """The route's address in the sample alliance.

    ``samples`` holds values by argument name. Under ``pk`` they are by route name or by a word in
    it, ``offer`` serving ``coupling:offer`` and ``coupling:offer_edit``; the longest fits best.
    """
    arguments = {name: samples[name] for name in route.arguments if name != "pk"}
    if "pk" in route.arguments:
        words = [word for word in samples["pk"] if word in route.name]
        if not words:
            raise LookupError(f"No sample object for {route.name}: add one to route_samples.py.")
        arguments["pk"] = samples["pk"][max(words, key=len)]
    return reverse(route.name, kwargs=arguments)


def answer(client: Client, path: str, method: str, session_key: str | None) -> tuple[str, bytes]:
    """Status and content of one request, whose effects are undone; ``login``: «sign in first»."""
    client.cookies.clear()
    if session_key:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/login/?next="):
        return "login", b""
    content = b"".join(response) if response.streaming else response.content
    return str(response.status_code), content


def answers(
    walked: Collection[str],
    samples: dict[str, Any],
    sessions: dict[str, str | None],
    secrets: tuple[str, ...] = (),
) -> tuple[dict[tuple[str, str], list[str]], set[str]]:
    """``{(route, method): [answer per role]}``; a method that no role may use has no row.

    ``walked`` are names. Beside it the routes whose answer, to whomever, holds one of ``secrets``.
    """
    client = Client(raise_request_exception=False)
    found, telling = {}, set()
    for route in filter(lambda route: route.name in walked, routes()):
        path = address(route, samples)
        for method in ("GET", "POST"):
            told = [answer(client, path, method, sessions[role]) for role in ROLES]
            row = [status for status, _content in told]
            if any(word.encode() in content for word in secrets for _status, content in told):
                telling.add(route.name)
            if set(row) - {"405", "login"}:
                found[route.name, method] = row
    return found, telling
