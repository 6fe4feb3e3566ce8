"""How much an office can do at once, and on which days it works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.projects.actions import (
    add_capacity_period,
    add_closure,
    remove_capacity_period,
    remove_closure,
    set_capacity,
)
from binglian.domain.projects.models import Capacity
from binglian.domain.projects.queries import capacity_use
from binglian.web.access import alliance_or_404, may_for

from .capacity_forms import CapacityForm, ClosureForm, PeriodForm
from .item_form import offices_and_members

#: How far ahead the load is counted.
AHEAD = timedelta(weeks=13)


@require_safe
def offices(request: HttpRequest, slug: str) -> HttpResponse:
    """Every office and member with its limit and how near it comes to it."""
    alliance = alliance_or_404(request, slug)
    named = offices_and_members(alliance).order_by("name")
    # Only those with a limit or with cases; an alliance has many members that approve nothing.
    used = [one for one in capacity_use(named, today(), today() + AHEAD) if one.cases or one.most]
    context = {"alliance": alliance, "section": "projects", "used": used}
    return render(request, "projects/offices.html", context)


@require_safe
def office(request: HttpRequest, slug: str, office_pk: int) -> HttpResponse:
    """One office: its limit, its load, its days."""
    alliance, found = _office_or_404(request, slug, office_pk)
    return _page(request, alliance, found)


@require_POST
def capacity(request: HttpRequest, slug: str, office_pk: int) -> HttpResponse:
    """Change the limit."""
    alliance, found = _office_or_404(request, slug, office_pk, to_edit=True)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return _page(request, alliance, found, form=form)
    set_capacity(alliance=alliance, organisation=found, by=request.user, **form.facts)
    messages.success(request, _("已保存，下次排计划时按此计算。"))
    return redirect("projects:office", slug, office_pk)


@require_POST
def period(request: HttpRequest, slug: str, office_pk: int) -> HttpResponse:
    """Say how much it can do at once in a stretch of time."""
    alliance, found = _office_or_404(request, slug, office_pk, to_edit=True)
    form = PeriodForm(request.POST, prefix="period")
    if not form.is_valid():
        return _page(request, alliance, found, period_form=form)
    said = form.cleaned_data
    add_capacity_period(alliance=alliance, organisation=found, by=request.user, **said)
    messages.success(request, _("已保存，下次排计划时按此计算。"))
    return redirect("projects:office", slug, office_pk)


@require_POST
def period_remove(request: HttpRequest, slug: str, office_pk: int, period_pk: int) -> HttpResponse:
    """The usual number after all."""
    alliance, found = _office_or_404(request, slug, office_pk, to_edit=True)
    kept = get_object_or_404(found.capacity_periods, pk=period_pk)
    remove_capacity_period(alliance=alliance, period=kept, by=request.user)
    messages.success(request, _("已删去，这段时间按平时的件数办理。"))
    return redirect("projects:office", slug, office_pk)


@require_POST
def closure(request: HttpRequest, slug: str, office_pk: int) -> HttpResponse:
    """Add days on which it works differently."""
    alliance, found = _office_or_404(request, slug, office_pk, to_edit=True)
    form = ClosureForm(request.POST, prefix="closure")
    if not form.is_valid():
        return _page(request, alliance, found, closure_form=form)
    add_closure(alliance=alliance, organisation=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("已保存，下次排计划时按此计算。"))
    return redirect("projects:office", slug, office_pk)


@require_POST
def closure_remove(
    request: HttpRequest, slug: str, office_pk: int, closure_pk: int
) -> HttpResponse:
    """By the official calendar after all."""
    alliance, found = _office_or_404(request, slug, office_pk, to_edit=True)
    kept = get_object_or_404(found.closures, pk=closure_pk)
    remove_closure(alliance=alliance, closure=kept, by=request.user)
    messages.success(request, _("已删去，这几天按法定工作日办理。"))
    return redirect("projects:office", slug, office_pk)


def _office_or_404(
    request: HttpRequest, slug: str, pk: int, *, to_edit: bool = False
) -> tuple[Alliance, Organisation]:
    alliance = alliance_or_404(request, slug)
    found = get_object_or_404(offices_and_members(alliance), pk=pk)
    if to_edit:
        seat = alliance.seat_of(found)
        require_permission(request.user, Permission.EDIT_ORGANISATION, within=seat)
    return alliance, found


def _page(
    request: HttpRequest,
    alliance: Alliance,
    found: Organisation,
    *,
    form: CapacityForm | None = None,
    period_form: PeriodForm | None = None,
    closure_form: ClosureForm | None = None,
) -> HttpResponse:
    status = 422 if form or period_form or closure_form else 200
    limit = Capacity.objects.filter(organisation=found).first()
    said = {"cases": limit.cases, "note": limit.note} if limit else {"is_unlimited": True}
    context: dict[str, Any] = {
        "alliance": alliance,
        "section": "projects",
        "office": found,
        "is_member": alliance.memberships.filter(organisation=found).exists(),
        "limit": limit,
        "use": capacity_use([found], today(), today() + AHEAD)[0],
        "periods": found.capacity_periods.filter(Q(until_on=None) | Q(until_on__gte=today())),
        "closures": found.closures.filter(until_on__gte=today()),
        "may_edit": may_for(request, Permission.EDIT_ORGANISATION, alliance, found),
        "form": form or CapacityForm(initial=said),
        "period_form": period_form or PeriodForm(prefix="period"),
        "closure_form": closure_form or ClosureForm(prefix="closure"),
    }
    return render(request, "projects/office.html", context, status=status)
