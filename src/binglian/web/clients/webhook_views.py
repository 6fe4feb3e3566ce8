"""Addresses that are told of what happens: of the alliance, or of the reader's own member."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.clients.actions import (
    attempt_due,
    register_webhook,
    resume_webhook,
    stop_webhook,
    try_webhook,
)
from binglian.domain.clients.models import Webhook
from binglian.domain.clients.queries import webhooks_visible_to
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import keyset_page_of, page_of

from .webhook_form import WebhookForm

_SHOWN_ONCE = "new-webhook"


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """Register one, show its secret once, and list those there are."""
    alliance = _place(request, slug)
    form = WebhookForm(
        request.POST or None,
        own=own_organisations(request.user, alliance),
        manages=may(request, Permission.MANAGE_ALLIANCE, alliance),
    )
    if request.method == "POST" and form.is_valid():
        made = register_webhook(alliance=alliance, by=request.user, **form.cleaned_data)
        if made.webhook.form == Webhook.Form.PROGRAM:
            request.session[_SHOWN_ONCE] = made.secret
        messages.success(request, _("“%(name)s”已登记，请试发一次。") % {"name": made.webhook})
        return redirect("clients:webhook", slug, made.webhook.pk)
    context = page_of(request, webhooks_visible_to(request.user, alliance))
    context |= {"alliance": alliance, "section": "settings", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/webhooks.html", context, status=status)


@require_safe
def webhook(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One of them: what was sent, when it was taken, and what was answered."""
    alliance = _place(request, slug)
    found = _found(request, alliance, pk)
    context = keyset_page_of(request, found.messages.all(), by="-pk")
    context |= {
        "alliance": alliance,
        "section": "settings",
        "webhook": found,
        "new_secret": request.session.pop(_SHOWN_ONCE, None),
    }
    return render(request, "clients/webhook.html", context)


@require_POST
def webhook_try(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send one message now."""
    message = try_webhook(webhook=_found(request, _place(request, slug), pk), by=request.user)
    attempt_due(only=message.webhook_id)
    message.refresh_from_db()
    if message.state == message.State.TAKEN:
        messages.success(request, _("已送达。"))
    else:
        why = message.said or _("前面还有没送达的消息")
        messages.error(request, _("没有送达：%(why)s") % {"why": why})
    return redirect("clients:webhook", slug, pk)


@require_POST
def webhook_stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    stop_webhook(webhook=_found(request, _place(request, slug), pk), by=request.user)
    return redirect("clients:webhook", slug, pk)


@require_POST
def webhook_resume(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    resume_webhook(webhook=_found(request, _place(request, slug), pk), by=request.user)
    return redirect("clients:webhook", slug, pk)


def _place(request: HttpRequest, slug: str) -> Alliance:
    """The alliance, for who manages it or speaks for a member of it."""
    alliance = alliance_or_404(request, slug)
    own = own_organisations(request.user, alliance)
    if not may(request, Permission.MANAGE_ALLIANCE, alliance) and not own.exists():
        raise Http404
    return alliance


def _found(request: HttpRequest, alliance: Alliance, pk: int) -> Webhook:
    return get_object_or_404(webhooks_visible_to(request.user, alliance), pk=pk)
