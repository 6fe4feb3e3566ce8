"""Public pages that stand as they were answered until somebody acts.

Whoever has not signed in is shown what everybody is shown who reads the same language in the same
type size. Such an answer is kept in the process, only of views marked ``same_for_all``, and only
if nothing in it was made for one reader. Whether it still holds is asked of the database, so that
an act in another process counts as well; what changes with the time of day is a minute late.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from binglian.domain.ledger.queries import ends_of_chains

#: In one process; a page has 10 to 30 kB, a map 0.5 MB.
MOST_BYTES = 16 * 1024 * 1024
#: Larger answers are made anew each time, or a few would drive out all others.
LARGEST = MOST_BYTES // 8

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Page:
    """What was answered, and in which state of the records."""

    state: str
    body: bytes
    headers: dict[str, str]


class Pages:
    """The pages asked for last, so many bytes of them."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self.pages: OrderedDict[tuple[object, ...], Page] = OrderedDict()
        self.keeping = Lock()

    def find(self, key: tuple[object, ...], state: str) -> Page | None:
        with self.keeping:
            page = self.pages.get(key)
            if page is None or page.state != state:
                return None
            self.pages.move_to_end(key)
            return page

    def keep(self, key: tuple[object, ...], page: Page) -> None:
        with self.keeping:
            self._drop(self.pages.pop(key, None))
            self.pages[key] = page
            self.bytes += len(page.body)
            while self.bytes > self.most_bytes:
                self._drop(self.pages.popitem(last=False)[1])

    def clear(self) -> None:
        with self.keeping:
            self.pages.clear()
            self.bytes = 0

    def _drop(self, page: Page | None) -> None:
        self.bytes -= len(page.body) if page else 0


pages = Pages(MOST_BYTES)


def same_for_all(view: View) -> View:
    """Mark a view whose answer depends on nothing but the address, language and type size."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_anybody(request):
            return view(request, *args, **kwargs)
        key = _asked(request)
        state = f"{int(time.time() // 60)} {ends_of_chains()}"
        page = pages.find(key, state)
        if page is None:
            response = view(request, *args, **kwargs)
            if not _is_for_everybody(request, response):
                return response
            page = _written(response, state)
            pages.keep(key, page)
        response = HttpResponse(page.body, headers=page.headers)
        etag = page.headers["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response

    answered.is_same_for_all = True
    return answered


def _is_anybody(request: HttpRequest) -> bool:
    """Nobody who is known by a session, and no part of a page."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or request.user.is_authenticated
    return request.method == "GET" and not is_known and not request.htmx


def _asked(request: HttpRequest) -> tuple[object, ...]:
    where = (request.scheme, request.get_host(), request.get_full_path())
    return (*where, get_language(), request.has_care_mode)


def _is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whole, and without a cookie, a form's token or a script's word of one use."""
    has_secret = (
        request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or request.csp_nonce  # true once a page has asked for it
        or request.session.modified
        or response.cookies
    )
    is_whole = type(response) is HttpResponse and response.status_code == 200
    return is_whole and not has_secret and len(response.content) <= LARGEST


def _written(response: HttpResponse, state: str) -> Page:
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers.setdefault("Cache-Control", "no-cache")  # ask each time whether it holds
    return Page(state, response.content, dict(response.headers))
