"""What operators and their monitors ask."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from .failures import failure_of


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error of ours: it asks nothing of the database, and gives its number."""
    failure = failure_of(sys.exc_info()[1])
    number = getattr(request, "request_id", "")
    headers = {"Retry-After": str(failure.seconds)} if failure.seconds else {}
    if request.path.startswith(("/api/", "/open311/")):
        told = {"type": "about:blank", "title": failure.title[1], "status": failure.status}
        told |= {"detail": " ".join(failure.words), "errors": [], "number": number}
        form = "application/problem+json"
        return JsonResponse(told, status=failure.status, headers=headers, content_type=form)
    page = render_to_string("500.html", {"failure": failure, "request_id": number})
    return HttpResponse(page, status=failure.status, headers=headers)
