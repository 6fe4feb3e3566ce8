"""One line about every request, and its id in every other line, the answer and the jobs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from binglian.observing import origins

HEADER = "X-Request-Id"

logger = logging.getLogger("binglian.requests")


class ObservingMiddleware:
    """Stands in front of everything that may log, behind static files.

    The line names the route and never the address, which may be a secret link; the user by number.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only a proxy of ours may name a request: its lines are found under that name.
        said = request.headers.get(HEADER, "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        request.request_id = origins.request_id_from(said)
        origins.begin(request_id=request.request_id)
        statements = Statements()
        began = time.perf_counter()
        try:
            with connection.execute_wrapper(statements):
                response = self.get_response(request)
            response.headers[HEADER] = request.request_id
            _tell(request, response, time.perf_counter() - began, statements)
        finally:
            origins.end()
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Who asks is known by now."""
        if request.user.is_authenticated:
            origins.note(user=request.user.pk)


class Statements:
    """Counts and times the SQL statements of one request."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def _tell(
    request: HttpRequest, response: HttpResponse, seconds: float, statements: Statements
) -> None:
    facts = {
        "route": route_of(request),
        "method": request.method,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "sql": statements.count,
        "sql_ms": round(1000 * statements.seconds, 1),
    }
    logger.info("request", extra=facts)


def route_of(request: HttpRequest) -> str:
    """The route's name; addresses that lead nowhere are one."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"
