"""What operators and their monitors ask. None of it needs an account, none tells of people."""

from __future__ import annotations

import secrets
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from binglian.domain.operations import readiness
from binglian.domain.operations.readings import all_readings
from binglian.observing import figures

from .failures import BROKEN, Failure, failure_of


@login_not_required
@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Whether this process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Whether readers may be sent here: 200, or 503. ``binglian check`` tells what to do."""
    found = readiness.look()
    is_ready = readiness.is_ready(found)
    checks = {one.name: one.state.value for one in found}
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for a monitor that shows the token; for everybody else there is no such page."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if not settings.METRICS_TOKEN or kind.lower() != "bearer":
        raise Http404
    if not secrets.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(figures.exposition(all_readings()), content_type=figures.CONTENT_TYPE)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error of ours: it asks nothing of the database, and gives its number."""
    return _told(request, failure_of(sys.exc_info()[1]))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A session that a full disk or an absent database kept from being saved is no bad request."""
    failure = failure_of(exception)
    return (
        defaults.bad_request(request, exception) if failure is BROKEN else _told(request, failure)
    )


def _told(request: HttpRequest, failure: Failure) -> HttpResponse:
    number = getattr(request, "request_id", "")
    headers = {"Retry-After": str(failure.seconds)} if failure.seconds else {}
    if request.path.startswith(("/api/", "/open311/")):
        told = {"type": "about:blank", "title": failure.title[1], "status": failure.status}
        told |= {"detail": " ".join(failure.words), "errors": [], "number": number}
        form = "application/problem+json"
        return JsonResponse(told, status=failure.status, headers=headers, content_type=form)
    page = render_to_string("500.html", {"failure": failure, "request_id": number})
    return HttpResponse(page, status=failure.status, headers=headers)
