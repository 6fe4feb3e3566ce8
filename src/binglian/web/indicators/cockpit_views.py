"""The cockpit: for members, and for screens on walls where nobody is signed in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.indicators.actions import close_display, open_display
from binglian.domain.indicators.cockpit import (
    cockpit_of,
    display_of,
    displays_of,
    state_of,
    waiting_in,
)
from binglian.domain.indicators.kept import kept
from binglian.domain.indicators.models import Display
from binglian.web.access import alliance_or_404, may

from .display_form import DisplayForm

#: Another one after every update of the program: an old page then loads itself anew.
BUILD = hashlib.sha256(
    settings.DJANGO_VITE["default"]["manifest_path"].read_bytes()
    if settings.DJANGO_VITE["default"]["manifest_path"].exists()
    else b""
).hexdigest()[:12]
#: Rows that a wall has room for.
_WAITING, _DUE, _PLANS = 8, 4, 3


@require_safe
def cockpit(request: HttpRequest, slug: str) -> HttpResponse:
    """The state of the alliance on one screen, with ways to the records."""
    alliance = alliance_or_404(request, slug)
    live = reverse("indicators:cockpit_live", args=[slug])
    context = _screen(alliance, live, base=f"/a/{slug}/")
    context["may_open_displays"] = may(request, Permission.MANAGE_DISPLAYS, alliance)
    return render(request, "indicators/cockpit.html", context)


@require_safe
def cockpit_live(request: HttpRequest, slug: str) -> HttpResponse:
    """What the screen shows now, for the page that asks again and again."""
    alliance = alliance_or_404(request, slug)
    return _live(request, alliance, base=f"/a/{slug}/")


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is awaited, and from whom; what waits longest first."""
    alliance = alliance_or_404(request, slug)
    context = {"alliance": alliance, "section": "cockpit", "base": f"/a/{slug}/"}
    context["rows"] = kept(alliance, "waiting", make=lambda: list(waiting_in(alliance)))
    return render(request, "indicators/waiting.html", context)


@require_safe
@login_not_required
def display(request: HttpRequest, display_token: str) -> HttpResponse:
    """The same for a wall: no link leads anywhere, and nothing else opens by this address."""
    found = _open_display(display_token)
    live = reverse("indicators:display_live", args=[display_token])
    return render(request, "indicators/cockpit.html", _screen(found.alliance, live, base=""))


@require_safe
@login_not_required
def display_live(request: HttpRequest, display_token: str) -> HttpResponse:
    """What the wall shows now; 404 as soon as it is shut."""
    return _live(request, _open_display(display_token).alliance, base="")


@require_http_methods(["GET", "HEAD", "POST"])
def displays(request: HttpRequest, slug: str) -> HttpResponse:
    """The screens of the alliance; a new one's address is shown this once."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_DISPLAYS)
    form, address, status = DisplayForm(request.POST or None), "", 200
    if request.method == "POST":
        if form.is_valid():
            name = form.cleaned_data["name"]
            _display, token = open_display(alliance=alliance, name=name, by=request.user)
            address = request.build_absolute_uri(reverse("indicators:display", args=[token]))
            form = DisplayForm()
        else:
            status = 422
    context = {
        "alliance": alliance,
        "section": "cockpit",
        "rows": displays_of(alliance),
        "form": form,
        "address": address,
    }
    return render(request, "indicators/displays.html", context, status=status)


@require_POST
def display_close(request: HttpRequest, slug: str, display_pk: int) -> HttpResponse:
    """Shut a screen for good."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_DISPLAYS)
    found = get_object_or_404(alliance.displays, pk=display_pk)
    close_display(display=found, by=request.user)
    messages.success(request, _("已停用“%(name)s”，它的网址立即失效。") % {"name": found})
    return redirect("indicators:displays", slug)


def _open_display(token: str) -> Display:
    found = display_of(token)
    if found is None:
        raise Http404
    return found


def _live(request: HttpRequest, alliance: Alliance, *, base: str) -> HttpResponse:
    """The content with its tag, or «unchanged»; after an update, «load the page anew»."""
    if request.GET.get("build", BUILD) != BUILD:
        return HttpResponse(headers={"HX-Refresh": "true"})
    etag = f'"{_digest(state_of(alliance), get_language() or "", base)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        # Without the frame of a page, and what a frame asks of the reader.
        answer = HttpResponse(
            render_to_string("indicators/cockpit_content.html", _content(alliance, base))
        )
    answer.headers["ETag"] = etag
    # Browsers keep it and ask each time whether it still holds.
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer


def _screen(alliance: Alliance, live: str, *, base: str) -> dict[str, Any]:
    frame = {"live": f"{live}?build={BUILD}", "is_wall": not base}
    return frame | _content(alliance, base)


def _content(alliance: Alliance, base: str) -> dict[str, Any]:
    found = kept(alliance, "cockpit", make=lambda: cockpit_of(alliance))
    return {
        "alliance": alliance,
        "cockpit": found,
        "base": base,
        "waiting": found.waiting[:_WAITING],
        "more_waiting": len(found.waiting[_WAITING:]),
        "due": found.due[:_DUE],
        "more_due": len(found.due[_DUE:]),
        "plans": found.plans[:_PLANS],
        "more_plans": len(found.plans[_PLANS:]),
        "rates": [
            (_("响应率"), found.rates.response),
            (_("解决率"), found.rates.solved),
            (_("满意率"), found.rates.content),
        ],
        "map": mark_safe(found.map.svg),  # made by us; every word in it is escaped
    }


def _digest(*said: str) -> str:
    return hashlib.sha256("\0".join([*said, BUILD]).encode()).hexdigest()[:32]
