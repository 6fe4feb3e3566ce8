"""Who may write: a program with a key, for one act once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from binglian.api.limits import Asked, WrongKey, admit
from binglian.api.once import LONGEST_KEY, idempotency_key_of
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.clients.actions import answer_once
from binglian.domain.clients.models import ApiClient, Scope
from binglian.domain.clients.queries import alliances_open_to_clients


class NoKey(Exception):
    """A key is needed, and none was sent."""


class Speaker:
    """Lets a request through that has a key with this scope; told in the OpenAPI description."""

    openapi_security_schema = {"type": "apiKey", "in": "header", "name": "X-API-Key"}

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiClient:
        key = request.headers.get("X-API-Key", "").strip()
        kind, _space, bearer = request.headers.get("Authorization", "").partition(" ")
        key = key or (bearer.strip() if kind.lower() == "bearer" else "")
        if not key:
            raise NoKey
        client = admit(request, key, self.scope)
        if client is None:
            raise WrongKey
        return client


def client_of(request: HttpRequest) -> ApiClient:
    """The program that asks, which ``Speaker`` has let through."""
    return cast(Asked, request).auth


def place_of(request: HttpRequest, slug: str) -> Alliance:
    """The alliance of the address, if the key is good there."""
    client = client_of(request)
    if client.alliance is not None and client.alliance.slug != slug:
        raise WrongKey
    return get_object_or_404(alliances_open_to_clients(), slug=slug)


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that speaks for a member, in the name of one of its officers."""

    client: ApiClient
    alliance: Alliance
    organisation: Organisation
    officer: User


def member_of(request: HttpRequest, slug: str) -> Voice:
    """For whom the program speaks in this alliance; 404 for one of no member."""
    client, alliance = client_of(request), place_of(request, slug)
    if client.organisation is None or client.made_by is None:
        raise Http404
    return Voice(client, alliance, client.organisation, client.made_by)


def once(request: HttpRequest, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``act`` answers; for one ``Idempotency-Key`` it is done once, and answered again."""
    key = idempotency_key_of(request)
    if not key:
        return act()
    if len(key) > LONGEST_KEY:
        raise HttpError(422, _("Idempotency-Key 太长，最多 %(n)s 字。") % {"n": LONGEST_KEY})
    asked = f"{request.path}\n{request.body.decode(errors='replace')}"
    return answer_once(client=client_of(request), idempotency_key=key, request=asked, act=act)
