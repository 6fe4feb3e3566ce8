"""Anybody asks for information, reads what others were answered, and follows their own request."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.looks import looks_at
from binglian.domain.openness.actions import ask_for_information, withdraw_request
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.queries import kept_in_time, public_answers, request_by_token
from binglian.domain.openness.rules import periods
from binglian.web.paging import page_of
from binglian.web.secret_links import held_or_404, linked_page

from .forms import AskForm
from .guard import guard, signs_of_machines

PAGE = 10


@login_not_required
@sensitive_post_parameters("text", "name", "phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, below it what others asked and how well the time was kept."""
    portal = get_object_or_404(Alliance, slug=slug)
    form = AskForm(request.POST or None, alliance=portal)
    if request.method == "POST":
        if not consume(request, action="report_flood"):
            return render(request, "matters/too_many.html", {"portal": portal}, status=429)
        if form.is_valid():
            doubts = signs_of_machines(request, form.cleaned_data["text"])
            _made, secret = ask_for_information(alliance=portal, asked=form.asked(), doubts=doubts)
            return redirect(reverse("openness:follow", args=[secret]) + "?new=1")
    context = page_of(request, public_answers(portal), PAGE) | guard()
    context |= {
        "portal": portal,
        "section": "ask",
        "form": form,
        "kept": kept_in_time(portal),
        "periods": periods(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "openness/ask.html", context, status=status)


@require_safe
@login_not_required
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One question with its answer."""
    portal = get_object_or_404(Alliance, slug=slug)
    found = get_object_or_404(public_answers(portal), pk=pk)
    context = {"portal": portal, "section": "ask", "one": found}
    return render(request, "openness/public_answer.html", context)


@require_safe
@login_not_required
def follow(request: HttpRequest, ask_secret: str) -> HttpResponse:
    """How far one's own request has come; just sent in, with the link to keep."""
    found = _request_or_404(ask_secret)
    context = {
        "portal": found.alliance,
        "section": "ask",
        "one": found,
        "looks": looks_at(found, "information_request.contact_read"),
    }
    return linked_page(
        request, "openness/follow.html", context, route="openness:follow", secret=ask_secret
    )


@require_POST
@login_not_required
def withdraw(request: HttpRequest, ask_secret: str) -> HttpResponse:
    """Take it back: words and contact are erased at once."""
    withdraw_request(request=_request_or_404(ask_secret))
    messages.success(request, _("已撤回，您写的内容和联系方式已删除。"))
    return redirect("openness:follow", ask_secret)


def _request_or_404(secret: str) -> InformationRequest:
    return held_or_404(request_by_token(secret))
