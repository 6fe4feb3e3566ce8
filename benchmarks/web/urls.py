"""Every route of the platform, and the empty page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

EMPTY = "/empty/"


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """The frame that every page has, and nothing in it."""
    return render(request, "bench_empty.html")


@login_not_required
def bare(_request: HttpRequest) -> HttpResponse:
    """Not even a template: what the server and the middleware cost."""
    return HttpResponse("<!doctype html><title>–</title>")


urlpatterns = [
    path("empty/", bare, name="bench_empty"),
    path("", include("binglian.config.urls")),
]
handler500 = "binglian.web.operations.views.server_error"
