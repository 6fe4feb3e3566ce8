"""Whoever decides for a lead, or looks after the platform, works with a second factor only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.governance.queries import is_delegate
from binglian.web.access import seats_held

#: What is open without one: to set it up, to sign out, to change the password or the language.
_OPEN = ("mfa_", "account_", "preferences", "devices")
#: Set in a session once it is known that its owner has a second factor.
_KNOWN = "has_second_factor"


class SecondFactorMiddleware:
    """Sends whoever must have a second factor, and has none yet, to where it is set up.

    Who has one is asked for it at sign-in by allauth; so a session without a proof belongs to
    somebody who has none, or set it up in this session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        name = getattr(request.resolver_match, "view_name", "")
        if not request.user.is_authenticated or name.startswith(_OPEN):
            return None
        if _has_shown_one(request) or not needs_second_factor(request):
            return None
        if is_mfa_enabled(request.user):
            request.session[_KNOWN] = True
            return None
        messages.warning(request, _("您的职务要求第二重核验。请先设一种，再继续。"))
        return redirect("mfa_index")


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether the person's seats ask for one, as the operator has set it."""
    if settings.SECOND_FACTOR == "nobody":
        return False
    if settings.SECOND_FACTOR == "everybody":
        return True
    held = {*request.user.platform_roles, *(Role(seat.role) for seat in seats_held(request))}
    return bool(held & {*LEADS, Role.ADMINISTRATOR}) or is_delegate(request.user)


def _has_shown_one(request: HttpRequest) -> bool:
    """Without a query: this page is every page."""
    shown = get_authentication_records(request, request.user)
    return request.session.get(_KNOWN, False) or any(one.get("method") == "mfa" for one in shown)
