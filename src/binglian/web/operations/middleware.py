"""One line about every request, and its id in every other line, the answer and the jobs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve

from binglian.observing import figures, origins, traces

from .urls import urlpatterns

HEADER = "X-Request-Id"
#: Asked by machines, by whatever address they know this one; answered before the host is looked at.
PROBES = {f"/{probe.pattern}": probe.callback for probe in urlpatterns}

logger = logging.getLogger("binglian.requests")


class ObservingMiddleware:
    """Stands in front of everything that may log, behind static files.

    The line names the route and never the address, which may be a secret link; the user by number.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Only a proxy of ours may name a request: its lines are found under that name.
        is_behind_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
        said = request.headers.get(HEADER, "") if is_behind_proxy else ""
        parent = request.headers.get("traceparent", "") if is_behind_proxy else ""
        request.request_id = origins.request_id_from(said)
        origins.begin(request_id=request.request_id)
        try:
            with traces.span("request", parent=parent) as told:
                response = self._observed(request, told)
        finally:
            origins.end()
        response.headers[HEADER] = request.request_id
        return response

    def _observed(self, request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
        statements = Statements()
        began = time.perf_counter()
        with connection.execute_wrapper(statements):
            response = self._answer(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), request.method or ""
        facts = {
            "route": route,
            "method": method,
            "status": response.status_code,
            "ms": round(1000 * seconds, 1),
            "sql": statements.count,
            "sql_ms": round(1000 * statements.seconds, 1),
        }
        logger.info("request", extra=facts)
        told |= {
            "name": f"{method} {route}",
            "http__route": route,
            "http__request__method": method,
            "http__response__status_code": response.status_code,
            "binglian__request_id": origins.request_id(),
        }
        if settings.METRICS_TOKEN:
            figures.note_request(
                route=route,
                method=method,
                status=response.status_code,
                seconds=seconds,
                statements=statements.count,
                sql_seconds=statements.seconds,
            )
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        request.resolver_match = resolve(request.path_info)
        try:
            return probe(request)
        except Http404:
            return HttpResponseNotFound()

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Who asks is known by now."""
        if request.user.is_authenticated:
            origins.note(user=request.user.pk)


class Statements:
    """Counts and times the SQL statements of one request; traces name them without their values."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            with traces.span("sql", db__query__text=sql):
                return execute(sql, *arguments)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def route_of(request: HttpRequest) -> str:
    """The route's name; addresses that lead nowhere are one."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"
