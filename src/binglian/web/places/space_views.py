"""Rooms to let at the desk, and those who ask for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import organisations_kept_by
from binglian.domain.heritage.actions import (
    decline_application,
    read_application_contact,
    save_space,
    take_up_application,
    withdraw_space,
)
from binglian.domain.heritage.models import Place, Space, SpaceApplication
from binglian.domain.heritage.queries import (
    applications_visible_to,
    commitment_of,
    looks_of,
    spaces_visible_to,
)
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may_for

from .access import tended_or_404
from .space_forms import SpaceForm, TakeUpForm


@require_safe
def spaces(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to let, and the applications the reader may answer, open ones first."""
    alliance = alliance_or_404(request, slug)
    applications = applications_visible_to(request.user, alliance)
    context = {
        "alliance": alliance,
        "section": "places",
        "spaces": spaces_visible_to(request.user)
        .filter(place__alliance=alliance)
        .order_by("offer__state", "-pk"),
        "waiting": applications.filter(state="received").order_by("pk"),
        "answered": applications.exclude(state="received")[:50],
    }
    return render(request, "places/spaces.html", context)


def space_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Offer rooms of a place."""
    alliance, place = tended_or_404(request, slug, pk)
    return _form(request, alliance, place, None)


def space_edit(request: HttpRequest, slug: str, space_pk: int) -> HttpResponse:
    """Change what is to let, or on which terms."""
    alliance, space = _space_or_404(request, slug, space_pk)
    seat = alliance.seat_of(space.offer.organisation)
    require_permission(request.user, Permission.TEND_PLACE, within=seat)
    return _form(request, alliance, space.place, space)


@require_POST
def space_withdraw(request: HttpRequest, slug: str, space_pk: int) -> HttpResponse:
    """Take it off the list."""
    _alliance, space = _space_or_404(request, slug, space_pk)
    withdraw_space(space=space, by=request.user)
    messages.success(request, _("已撤下，已有的承诺仍然有效。"))
    return redirect("places:spaces", slug)


@require_safe
def application(request: HttpRequest, slug: str, application_pk: int) -> HttpResponse:
    """One application, and what the reader can do with it."""
    alliance, found = _application_or_404(request, slug, application_pk)
    return _page(request, alliance, found)


@require_POST
def application_contact(request: HttpRequest, slug: str, application_pk: int) -> HttpResponse:
    """How to reach the applicant; the look is recorded with its reason."""
    alliance, found = _application_or_404(request, slug, application_pk)
    contact = read_application_contact(
        application=found, reason=request.POST.get("reason", ""), by=request.user
    )
    response = _page(request, alliance, found, contact=contact)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def application_take_up(request: HttpRequest, slug: str, application_pk: int) -> HttpResponse:
    """On the list of needs, and the landlord is asked."""
    alliance, found = _application_or_404(request, slug, application_pk)
    form = TakeUpForm(request.POST, application=found, user=request.user)
    if not form.is_valid():
        return _page(request, alliance, found, status=422, take_up_form=form)
    commitment = take_up_application(
        application=found, on_behalf=form.cleaned_data["on_behalf"], by=request.user
    )
    messages.success(request, _("已列入需求清单，并请出租单位认领。"))
    return redirect("coupling:commitment", slug, commitment.pk)


@require_POST
def application_decline(request: HttpRequest, slug: str, application_pk: int) -> HttpResponse:
    """No, and why."""
    _alliance, found = _application_or_404(request, slug, application_pk)
    decline_application(application=found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("已答复申请人。"))
    return redirect("places:spaces", slug)


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: SpaceApplication,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    is_open = found.state == SpaceApplication.State.RECEIVED
    stands_for_others = organisations_kept_by(request.user, alliance)
    stands_for_others = stands_for_others.exclude(pk=found.space.offer.organisation_id)
    context = {
        "alliance": alliance,
        "section": "places",
        "application": found,
        "commitment": commitment_of(found),
        "is_open": is_open,
        "take_up_form": TakeUpForm(application=found, user=request.user)
        if is_open and stands_for_others.exists()
        else None,
        "looks": looks_of(found),
        **more,
    }
    return render(request, "places/application.html", context, status=status)


def _form(
    request: HttpRequest, alliance: Alliance, place: Place, space: Space | None
) -> HttpResponse:
    form = SpaceForm(request.POST or None, place=place, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            save_space(place=place, space=space, by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已在资源清单上，公众可以申请。"))
            return redirect("places:spaces", alliance.slug)
    context = {
        "alliance": alliance,
        "section": "places",
        "form": form,
        "place": place,
        "space": space,
        "may_let": space is None
        or may_for(request, Permission.TEND_PLACE, alliance, space.offer.organisation),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "places/space_form.html", context, status=status)


def _space_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Space]:
    alliance = alliance_or_404(request, slug)
    rows = spaces_visible_to(request.user).filter(place__alliance=alliance)
    return alliance, get_object_or_404(rows, pk=pk)


def _application_or_404(
    request: HttpRequest, slug: str, pk: int
) -> tuple[Alliance, SpaceApplication]:
    alliance = alliance_or_404(request, slug)
    return alliance, get_object_or_404(applications_visible_to(request.user, alliance), pk=pk)
