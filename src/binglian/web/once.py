"""A form sent twice is acted upon once: a double click, a POST sent again, a page gone back to.

Every form with ``{% csrf_token %}`` carries a key of its own (``templatetags/once.py``). The first
act of the request writes it down in its own transaction (``domain/ledger/once``); what was answered
is kept, and whoever sends the very same again is answered that. A form that was gone back to and
changed is something new.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext as _

from binglian.domain.ledger.once import Attempt, DoneBefore, attempting
from binglian.domain.ledger.once.actions import Kept, keep, kept
from binglian.domain.ledger.once.attempts import begin, current_attempt

from .middleware import where_from

FIELD = "once"
_KEY = re.compile(r"[-\w]{16,64}")
#: Differ between two arrivals of the same thing, or say nothing of it.
_ASIDE = {FIELD, "csrfmiddlewaretoken", "work"}
#: Longer answers are not kept: who sends again is told that it was done.
_LONGEST = 64 * 1024  # bytes
#: How long the second of two at once waits for what the first is answered.
_PATIENCE = 5.0  # seconds
_PAUSE = 0.05

_KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Location")

logger = logging.getLogger(__name__)


class OnceMiddleware:
    """Stands nearest to the views, so that session, person and token are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with attempting(None):
            response = self.get_response(request)
            attempt = current_attempt()
        if attempt and attempt.is_claimed and _is_worth_keeping(response):
            try:
                keep(attempt, _written(response))
            except DatabaseError:  # what was asked for is done, whatever becomes of this note
                logger.exception("The answer to a form could not be kept")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        attempt = _attempt_of(request, view)
        if attempt is None:
            return None
        if kept(attempt):
            return _again(request, attempt)
        begin(attempt)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        attempt = current_attempt()
        if attempt is None or not isinstance(exception, DoneBefore):
            return None
        return _again(request, attempt)


def _attempt_of(request: HttpRequest, view: Any) -> Attempt | None:
    """Forms of our own pages; sign-in is allauth's, and programs have keys of their own.

    What a page sends while somebody writes (htmx) is no filing: each state counts, in its order.
    """
    is_ours = getattr(view, "__module__", "").startswith("binglian.web")
    if request.method != "POST" or not is_ours or getattr(view, "csrf_exempt", False):
        return None
    if request.headers.get("HX-Request"):
        return None
    try:
        key = request.POST.get(FIELD, "")
        if not _KEY.fullmatch(key):
            return None
        who = f"user:{request.user.pk}" if request.user.is_authenticated else "anybody"
        return Attempt(who, key, _content(request))
    except UnreadablePostError:  # the connection broke off; the view finds nothing to act upon
        return None


def _content(request: HttpRequest) -> str:
    """Digest of what was filled in, where it was sent, and the files."""
    whole = hashlib.sha256(request.get_full_path().encode())
    fields = sorted((name, each) for name, each in request.POST.lists() if name not in _ASIDE)
    whole.update(json.dumps(fields).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            whole.update(f"\0{name}\0{file.size}\0".encode())
            for chunk in file.chunks():
                whole.update(chunk)
            file.seek(0)
    return whole.hexdigest()


def _is_worth_keeping(response: HttpResponse) -> bool:
    if response.status_code >= 400 or response.streaming:
        return False
    return len(response.content) <= _LONGEST


def _written(response: HttpResponse) -> str:
    body = base64.b64encode(response.content).decode()
    headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    return json.dumps([response.status_code, headers, body])


def _again(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """What the first was answered; the second of two at once waits for it."""
    end = time.monotonic() + _PATIENCE
    earlier = kept(attempt)
    while earlier and earlier.answer is None and time.monotonic() < end:
        time.sleep(_PAUSE)
        earlier = kept(attempt)
    if earlier is None or earlier.answer is None:
        return _told(request, earlier)
    status, headers, body = json.loads(earlier.answer)
    if "Location" in headers:
        messages.info(request, _("刚才已经收到，没有重复登记。"))
    return HttpResponse(base64.b64decode(body), status=status, headers=headers)


def _told(request: HttpRequest, earlier: Kept | None) -> HttpResponse:
    """It was done, but the answer was lost on the way."""
    label, back = earlier.label if earlier else "", where_from(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"number": label, "url": back})
    return render(request, "done_before.html", {"label": label, "back": back})
