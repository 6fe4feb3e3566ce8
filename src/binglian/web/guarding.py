"""What is turned away before anybody looks at it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_WINDOW = 60  # seconds
#: Names of routes that make a file for one reader: lists, papers, plans.
MAKES_FILES = ("export", "_pdf", "_docx", "plan_book", "plan_mspdi", "site:notice", "marked")
#: One person may have a file made for every so many searches.
SEARCHES_FOR_A_FILE = 4


class BodyLimitMiddleware:
    """A request that says it is larger than anything we take is answered 413, unread.

    Django spools files to disk without a limit of its own. One that does not say how long it is
    (chunked) is read by Django as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said) > settings.MOST_BYTES_SENT:
            megabytes = {"n": settings.MOST_BYTES_SENT // 1024**2}
            told = _("一次最多发送 %(n)s MB，请压缩或分开上传。") % megabytes
            return HttpResponse(told, "text/plain; charset=utf-8", status=413)
        return self.get_response(request)


class SteadyMiddleware:
    """Searches and files made on demand are counted for each person, or address without one.

    So that nobody carries a whole alliance off row by row, nor keeps its machine busy alone.
    Counted in each process, in fixed minutes, so that reading never waits for a write; what
    writes (sign-in, reports, applications) has stricter limits, counted in the database, and the
    interfaces count for themselves, by key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "__module__", "").startswith("binglian.web"):
            return None
        name = getattr(request.resolver_match, "view_name", "")
        if name.endswith(MAKES_FILES):
            limit = max(1, settings.API_PER_MINUTE // SEARCHES_FOR_A_FILE)
            is_over = _is_over(f"files:{_who(request)}", limit)
        elif request.GET.get("q"):
            is_over = _is_over(f"searches:{_who(request)}", settings.API_PER_MINUTE)
        else:
            return None
        if not is_over:
            return None
        response = render(request, "too_often.html", status=429)
        response.headers["Retry-After"] = str(math.ceil(_WINDOW - time.time() % _WINDOW))
        return response


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"ip:{get_adapter().get_client_ip(request)}"


def _is_over(what: str, limit: int) -> bool:
    name = f"steady:{what}:{int(time.time() // _WINDOW)}"
    cache = caches["local"]
    if cache.add(name, 1, 2 * _WINDOW):
        return limit < 1
    with suppress(ValueError):  # swept away in between
        return bool(cache.incr(name) > limit)
    return False
