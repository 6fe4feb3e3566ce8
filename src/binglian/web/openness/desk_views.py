"""The desk that answers requests: what waits, until when, and one request with its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.looks import looks_at
from binglian.domain.openness.actions import (
    answer_privately,
    answer_publicly,
    extend_request,
    read_request_contact,
    refuse_request,
)
from binglian.domain.openness.models import InformationRequest
from binglian.domain.openness.queries import kept_in_time, requests_visible_to
from binglian.domain.openness.rules import periods
from binglian.web.access import alliance_or_404
from binglian.web.paging import page_of

from .forms import AnswerForm

State = InformationRequest.State


@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, the first to be due first; below it what was answered."""
    alliance = alliance_or_404(request, slug, Permission.ANSWER_REQUESTS)
    rows = requests_visible_to(request.user, alliance)
    context = page_of(request, rows.exclude(state=State.WAITING))
    context |= {
        "alliance": alliance,
        "section": "requests",
        "waiting": rows.filter(state=State.WAITING).order_by("due_at", "pk"),
        "kept": kept_in_time(alliance),
    }
    return render(request, "openness/requests.html", context)


@require_safe
def request_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One request, and what can be done with it."""
    alliance, found = _request_or_404(request, slug, pk)
    return _page(request, alliance, found)


@require_POST
def contact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How to reach the asker; the look is recorded with its reason."""
    alliance, found = _request_or_404(request, slug, pk)
    read = read_request_contact(
        request=found, reason=request.POST.get("reason", ""), by=request.user
    )
    response = _page(request, alliance, found, contact=read)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For everybody, for the asker alone, or no with its ground."""
    alliance, found = _request_or_404(request, slug, pk)
    form = AnswerForm(request.POST, request=found)
    if not form.is_valid():
        return _page(request, alliance, found, status=422, form=form)
    facts = form.cleaned_data
    told = {"request": found, "answer": facts["answer"], "by": request.user}
    if facts["outcome"] == form.PUBLIC:
        answer_publicly(public_text=facts["public_text"], **told)
        messages.success(request, _("已公开答复。"))
    elif facts["outcome"] == form.PRIVATE:
        answer_privately(**told)
        messages.success(request, _("已答复，只有申请人能看。"))
    else:
        refuse_request(ground=facts["ground"], **told)
        messages.success(request, _("已答复申请人并说明依据。"))
    return redirect("openness:requests", slug)


@require_POST
def extend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Once more time, for a reason the asker reads."""
    _alliance, found = _request_or_404(request, slug, pk)
    extend_request(request=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已延期，申请人会看到原因和新期限。"))
    return redirect("openness:request", slug, pk)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: InformationRequest,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    is_open = found.state == State.WAITING
    context = {
        "alliance": alliance,
        "section": "requests",
        "one": found,
        "form": AnswerForm(request=found) if is_open else None,
        "may_extend": is_open and found.extended_at is None,
        "periods": periods(),
        "looks": looks_at(found, "information_request.contact_read"),
        **more,
    }
    return render(request, "openness/request.html", context, status=status)


def _request_or_404(
    request: HttpRequest, slug: str, pk: int
) -> tuple[Alliance, InformationRequest]:
    alliance = alliance_or_404(request, slug, Permission.ANSWER_REQUESTS)
    return alliance, get_object_or_404(requests_visible_to(request.user, alliance), pk=pk)
