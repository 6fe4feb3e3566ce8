"""What operators and their monitors ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error of ours: it asks nothing of the database, and gives its number."""
    number = getattr(request, "request_id", "")
    return HttpResponse(render_to_string("500.html", {"request_id": number}), status=500)
