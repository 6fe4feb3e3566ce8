"""Every route of the platform, and one page with nothing on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY = "/empty/"


@login_not_required
def empty(_request: HttpRequest) -> HttpResponse:
    """The yardstick: what the server, Django and the platform's middleware cost, and no more."""
    return HttpResponse("<!doctype html><title>–</title>")


urlpatterns = [
    path("empty/", empty, name="bench_empty"),
    path("", include("binglian.config.urls")),
]
handler500 = "binglian.web.operations.views.server_error"
