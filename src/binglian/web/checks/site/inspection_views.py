"""Inspections: what waits for whom, plans, draws by lot, and the form on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.checks.actions import draw_inspections, finish_inspection, plan_inspection
from binglian.domain.checks.lots import in_order_of_lot
from binglian.domain.checks.models import Draw
from binglian.domain.checks.queries import (
    checklists_in_force,
    draws_visible_to,
    inspections_awaiting,
    inspections_visible_to,
    inspectors_of,
)
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may
from binglian.web.paging import page_of

from .field_views import kept_words, problems_of, wants_json
from .inspection_forms import DrawForm, InspectionForm, PlanForm


@require_safe
def inspections(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the reader; below it every inspection and every draw."""
    alliance = alliance_or_404(request, slug)
    rows = inspections_visible_to(request.user).filter(project__alliance=alliance)
    context = page_of(request, rows) | {
        "alliance": alliance,
        "section": "books",
        "waiting": inspections_awaiting(request.user, alliance),
        "draws": draws_visible_to(request.user).filter(alliance=alliance)[:12],
        "today": today(),
        **_means(request, alliance),
    }
    return render(request, "checks/site/inspections.html", context)


def inspection_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan one: where, by which list, who, when."""
    alliance = alliance_or_404(request, slug, Permission.PLAN_INSPECTIONS)
    form = PlanForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_inspection(by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已安排，检查员会收到通知。"))
            return redirect("site:inspection", slug, made.pk)
    context = {"alliance": alliance, "section": "books", "form": form, **_means(request, alliance)}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/plan.html", context, status=status)


def inspection_draw(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw sites and inspectors by lot; who and what may come out is shown before."""
    alliance = alliance_or_404(request, slug, Permission.PLAN_INSPECTIONS)
    form = DrawForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        try:
            made = draw_inspections(alliance=alliance, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("抽取完成，检查员会收到通知。"))
            return redirect("site:draw", slug, made.pk)
    context = {
        "alliance": alliance,
        "section": "books",
        "form": form,
        "sites": alliance.projects.filter(state__in=Project.UNDER_WAY).order_by("pk"),
        "inspectors": inspectors_of(alliance).order_by("pk"),
        **_means(request, alliance),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/draw_form.html", context, status=status)


@require_safe
def draw(request: HttpRequest, slug: str, draw_pk: int) -> HttpResponse:
    """A draw with its seed and its pool, so that anybody can draw it again."""
    alliance = alliance_or_404(request, slug)
    rows = draws_visible_to(request.user).filter(alliance=alliance)
    found = get_object_or_404(rows, pk=draw_pk)
    sites = Project.objects.in_bulk(found.sites)
    people = User.objects.in_bulk(found.inspectors)
    context = {
        "alliance": alliance,
        "section": "books",
        "draw": found,
        "sites": _in_order(found, "site", sites),
        "inspectors": _in_order(found, "inspector", people),
        "recused": [(sites[site], people[one]) for site, one in found.recused],
        "came_out": inspections_visible_to(request.user).filter(draw=found).order_by("pk"),
    }
    return render(request, "checks/site/draw.html", context)


def inspection(request: HttpRequest, slug: str, inspection_pk: int) -> HttpResponse:
    """Look at it, or on the day fill it in; a script that sends what it kept asks for JSON."""
    alliance = alliance_or_404(request, slug)
    rows = inspections_visible_to(request.user).filter(project__alliance=alliance)
    found = get_object_or_404(rows.select_related("planned_by", "draw"), pk=inspection_pk)
    is_own = found.inspector_id == request.user.pk and may(request, Permission.INSPECT, alliance)
    if request.method == "POST" and not is_own:
        raise PermissionDenied(_("这次检查由别的检查员负责。"))
    form = InspectionForm(request.POST or None, inspection=found, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            finish_inspection(inspection=found, by=request.user, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if wants_json(request):
                return JsonResponse({"number": str(found.checklist), "url": request.path})
            messages.success(request, _("检查结果已提交。"))
            return redirect("site:inspection", slug, inspection_pk)
    if request.method == "POST" and wants_json(request):
        return problems_of(form)
    context = {
        "alliance": alliance,
        "section": "books",
        "inspection": found,
        "form": form if is_own and found.done_at is None else None,
        "verdicts": found.verdicts.select_related("item").order_by("item__number"),
        "items": found.checklist.items.all(),
        "findings": found.findings.select_related("project"),
        "is_own": is_own,
        "kept": kept_words(request, sent=_("已提交检查结果：%s。")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/inspection.html", context, status=status)


def _means(request: HttpRequest, alliance: Alliance) -> dict[str, bool]:
    """What is there to inspect with; what is missing is said where it is needed."""
    return {
        "may_plan": may(request, Permission.PLAN_INSPECTIONS, alliance),
        "has_lists": checklists_in_force(alliance).exists(),
        "has_inspectors": inspectors_of(alliance).exists(),
    }


def _in_order(draw: Draw, name: str, rows: Mapping[int, object]) -> list[tuple[int, object]]:
    keys = draw.sites if name == "site" else draw.inspectors
    return [(key, rows[key]) for key in in_order_of_lot(draw.seed, name, keys)]
