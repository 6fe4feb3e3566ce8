"""I can help: offered there and then with a public need, followed by a secret link."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.actions import offer_help, withdraw_help
from binglian.domain.coupling.help_queries import (
    commitment_for_help,
    help_by_token,
    looks_at_help,
)
from binglian.domain.coupling.models import HelpApplication, Need
from binglian.domain.publishing.hidden import shown_needs
from binglian.domain.refusals import ActionRefused
from binglian.web.openness.guard import guard, signs_of_machines
from binglian.web.secret_links import held_or_404, linked_page

from .help_forms import HelpForm


@login_not_required
@sensitive_post_parameters("name", "phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One need, and the form for whoever can help with it."""
    portal = get_object_or_404(Alliance, slug=slug)
    found = get_object_or_404(shown_needs(portal), pk=pk)
    is_open = found.state == Need.State.OPEN
    form = HelpForm(request.POST or None, need=found) if is_open else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if not consume(request, action="report_flood"):
            return render(request, "matters/too_many.html", {"portal": portal}, status=429)
        if form.is_valid():
            answer = _received(request, found, form)
            if answer:
                return answer
    context = {
        "portal": portal,
        "section": "needs",
        "need": found,
        "form": form,
        **guard(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/need.html", context, status=status)


def _received(request: HttpRequest, found: Need, form: HelpForm) -> HttpResponse | None:
    """On to the secret link; ``None`` when it was refused, and the form says why."""
    help_ = form.help()
    doubts = signs_of_machines(request, f"{help_.gives} {help_.text}")
    try:
        _made, secret = offer_help(need=found, help_=help_, doubts=doubts)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect(reverse("portal:help", args=[secret]) + "?new=1")


@require_safe
@login_not_required
def follow(request: HttpRequest, help_secret: str) -> HttpResponse:
    """How far it has come; just sent in, with the link to keep."""
    found = _help_or_404(help_secret)
    context = {
        "portal": found.alliance,
        "section": "needs",
        "application": found,
        "commitment": commitment_for_help(found),
        "looks": looks_at_help(found),
    }
    return linked_page(
        request, "portal/help.html", context, route="portal:help", secret=help_secret
    )


@require_POST
@login_not_required
def withdraw(request: HttpRequest, help_secret: str) -> HttpResponse:
    """Take it back: contact and words are erased at once."""
    withdraw_help(application=_help_or_404(help_secret))
    messages.success(request, _("已撤回，联系方式已删除。"))
    return redirect("portal:help", help_secret)


def _help_or_404(secret: str) -> HelpApplication:
    return held_or_404(help_by_token(secret))
