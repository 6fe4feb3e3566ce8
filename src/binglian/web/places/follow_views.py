"""Whoever holds the secret link follows their application, or takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.heritage.actions import withdraw_application
from binglian.domain.heritage.models import SpaceApplication
from binglian.domain.heritage.queries import application_by_token, commitment_of, looks_of
from binglian.web.matters.public_follow_views import unseen
from binglian.web.matters.quick_response import quick_response


@require_safe
@login_not_required
def follow(request: HttpRequest, wish_secret: str) -> HttpResponse:
    """How far the application has come; just sent in, with the link to keep."""
    found = _application_or_404(wish_secret)
    link = request.build_absolute_uri(reverse("public_places:follow", args=[wish_secret]))
    is_new = "new" in request.GET
    context = {
        "portal": found.alliance,
        "section": "space",
        "application": found,
        "commitment": commitment_of(found),
        "link": link,
        "secret": wish_secret,
        "is_new": is_new,
        "picture": quick_response(link) if is_new else "",
        "looks": looks_of(found),
    }
    return unseen(render(request, "places/follow.html", context))


@require_POST
@login_not_required
def withdraw(request: HttpRequest, wish_secret: str) -> HttpResponse:
    """Take it back: contact and words are erased at once."""
    withdraw_application(application=_application_or_404(wish_secret))
    messages.success(request, _("已撤回，联系方式已删除。"))
    return redirect("public_places:follow", wish_secret)


def _application_or_404(secret: str) -> SpaceApplication:
    found = application_by_token(secret)
    if found is None:
        raise Http404
    return found
