"""Where a person is signed in, and how each of these sign-ins is ended (登录设备)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

#: How programs and systems call themselves; the more special names first.
_PROGRAMS = (
    ("MicroMessenger", gettext_lazy("微信")),
    ("DingTalk", gettext_lazy("钉钉")),
    (r"Edg\w*/", "Edge"),
    ("Firefox/|FxiOS/", "Firefox"),
    ("Chrome/|CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS|OpenHarmony", gettext_lazy("鸿蒙")),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """One sign-in: in which program it was, from which address, and whether it is this one."""

    session: UserSession
    name: str
    is_here: bool


@require_safe
@reauthentication_required
def devices(request: HttpRequest) -> HttpResponse:
    """Every place where the reader is signed in, this one first; the password is asked anew.

    Somebody at a desk left unlocked shall not throw its owner out everywhere.
    """
    found = [
        Device(one, device_name(one.user_agent), one.session_key == request.session.session_key)
        for one in UserSession.objects.purge_and_list(request.user)
    ]
    found.sort(key=lambda one: (not one.is_here, -one.session.created_at.timestamp()))
    return render(request, "accounts/devices.html", {"devices": found})


@require_POST
def device_end(request: HttpRequest, session_pk: int) -> HttpResponse:
    """Sign out elsewhere; here there is the button for it."""
    if not did_recently_reauthenticate(request):
        return redirect("devices")
    own = UserSession.objects.filter(user=request.user)
    elsewhere = own.exclude(session_key=request.session.session_key)
    get_object_or_404(elsewhere, pk=session_pk).end()
    messages.success(request, _("那台设备已退出登录。"))
    return redirect("devices")


@require_POST
def devices_end(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    if not did_recently_reauthenticate(request):
        return redirect("devices")
    end_other_sessions(request, request.user)
    messages.success(request, _("其他设备已全部退出登录。"))
    return redirect("devices")


def device_name(user_agent: str) -> str:
    """What a person calls the device: program and system, as far as it tells them."""
    told = [_first(_PROGRAMS, user_agent), _first(_SYSTEMS, user_agent)]
    return " · ".join(part for part in told if part) or _("未知设备")


def _first(names: tuple[tuple[str, object], ...], user_agent: str) -> str:
    return next((str(name) for sign, name in names if re.search(sign, user_agent)), "")
