"""Programs with a key, of one alliance or, without ``slug``, of the whole platform."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.clients.actions import register_client, revoke_client
from binglian.domain.clients.queries import clients_visible_to
from binglian.web.access import alliance_or_404
from binglian.web.paging import page_of

from .forms import ProgramForm

_NEW_KEY = "new-program-key"


@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Register one, show its key once, and list those there are."""
    alliance = _place(request, slug)
    own = own_organisations(request.user, alliance) if alliance else Organisation.objects.none()
    where = Permission.MANAGE_ALLIANCE if alliance else Permission.MANAGE_PLATFORM
    manages = has_permission(request.user, where, within=alliance)
    form = ProgramForm(request.POST or None, own=own, manages=manages)
    if request.method == "POST" and form.is_valid():
        made = register_client(alliance=alliance, by=request.user, **form.cleaned_data)
        request.session[_NEW_KEY] = made.key
        messages.success(request, _("“%(name)s”已登记。") % {"name": made.client})
        return _back(slug)
    context = page_of(request, clients_visible_to(request.user, alliance)) | {
        "alliance": alliance,
        "section": "settings",
        "form": form,
        "new_key": request.session.pop(_NEW_KEY, None) if request.method == "GET" else None,
        "discovery": f"{settings.SITE_URL}/open311/discovery.json",
        "api": f"{settings.SITE_URL}/api/v1/docs",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/programs.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    """The key stops working."""
    alliance = _place(request, slug)
    client = get_object_or_404(clients_visible_to(request.user, alliance), pk=pk)
    revoke_client(client=client, by=request.user)
    messages.success(request, _("“%(name)s”已停用，它的密钥立即失效。") % {"name": client})
    return _back(slug)


def _place(request: HttpRequest, slug: str | None) -> Alliance | None:
    if slug is not None:
        alliance = alliance_or_404(request, slug)
        if not own_organisations(request.user, alliance).exists():
            require_permission(request.user, Permission.MANAGE_ALLIANCE, within=alliance)
        return alliance
    require_permission(request.user, Permission.MANAGE_PLATFORM, within=None)
    return None


def _back(slug: str | None) -> HttpResponse:
    return redirect("clients:programs", slug) if slug else redirect("clients:platform_programs")
