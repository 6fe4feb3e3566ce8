"""How often somebody may ask, and who it is that asks."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from binglian.domain.clients.actions import note_use
from binglian.domain.clients.models import ApiClient, Scope
from binglian.domain.clients.queries import client_of_key

_WINDOW = 60  # seconds
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Quota:
    """How often somebody may ask in a minute, how often still, and when the next one begins."""

    limit: int
    remaining: int
    seconds: int


class Asked(HttpRequest):
    """What a request to the interfaces has been given on its way in."""

    auth: ApiClient  # by Ninja, from what ``Speaker`` answered
    quota: Quota


def quota_of(request: HttpRequest) -> Quota | None:
    """What is left after this request; ``None`` before it was counted."""
    return getattr(request, "quota", None)


class TooMany(Exception):
    """The limit is used up; ``seconds`` until the next window."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WrongKey(Exception):
    """The key is none of ours, was revoked, or does not allow this."""


def key_of(request: HttpRequest) -> str:
    """The key of a request: ``Authorization: Bearer …``, ``X-API-Key``, or ``api_key``."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and key.strip():
        return key.strip()
    header = request.headers.get("X-API-Key", "").strip()
    return header or request.POST.get("api_key", "") or request.GET.get("api_key", "")


def admit(request: HttpRequest, key: str, scope: Scope) -> ApiClient | None:
    """Who asks, after counting the request; ``None`` for somebody without a key.

    Raises
    ------
    WrongKey
        The key does not work, or not for this.
    TooMany
        Asked more often than the key, or an address without one, may.
    """
    if not key:
        _count(request, f"ip:{get_adapter().get_client_ip(request)}", settings.API_PER_MINUTE)
        return None
    client = client_of_key(key)
    if client is None:
        # Guessing keys counts like asking without one.
        _count(request, f"ip:{get_adapter().get_client_ip(request)}", settings.API_PER_MINUTE)
        raise WrongKey
    _count(request, f"client:{client.pk}", client.per_minute)
    if scope not in client.scopes:
        raise WrongKey
    note_use(client)
    return client


def _count(request: HttpRequest, who: str, limit: int) -> None:
    """Fixed windows. Reads are counted in each process, so that they never wait for a write."""
    cache = caches["local" if request.method in _SAFE else "default"]
    window, into = divmod(time.time(), _WINDOW)
    name = f"api:{who}:{int(window)}"
    used = 1
    if not cache.add(name, 1, 2 * _WINDOW):
        with suppress(ValueError):  # swept away in between
            used = cache.incr(name)
    seconds = math.ceil(_WINDOW - into)
    cast(Asked, request).quota = Quota(limit, max(0, limit - used), seconds)
    if used > limit:
        raise TooMany(seconds)
