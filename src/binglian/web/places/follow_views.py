"""Whoever holds the secret link follows their application, or takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.heritage.actions import withdraw_application
from binglian.domain.heritage.models import SpaceApplication
from binglian.domain.heritage.queries import application_by_token, commitment_of, looks_of
from binglian.web.secret_links import held_or_404, linked_page


@require_safe
@login_not_required
def follow(request: HttpRequest, wish_secret: str) -> HttpResponse:
    """How far the application has come; just sent in, with the link to keep."""
    found = _application_or_404(wish_secret)
    context = {
        "portal": found.alliance,
        "section": "space",
        "application": found,
        "commitment": commitment_of(found),
        "looks": looks_of(found),
    }
    return linked_page(
        request, "places/follow.html", context, route="public_places:follow", secret=wish_secret
    )


@require_POST
@login_not_required
def withdraw(request: HttpRequest, wish_secret: str) -> HttpResponse:
    """Take it back: contact and words are erased at once."""
    withdraw_application(application=_application_or_404(wish_secret))
    messages.success(request, _("已撤回，联系方式已删除。"))
    return redirect("public_places:follow", wish_secret)


def _application_or_404(secret: str) -> SpaceApplication:
    return held_or_404(application_by_token(secret))
