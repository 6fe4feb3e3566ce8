"""Checklists at the desk: those in force by family, one with its versions, its change."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.actions import bring_into_force, retire_checklist, take_standard_lists
from binglian.domain.checks.models import Checklist, Family
from binglian.domain.checks.queries import checklists_in_force, checklists_visible_to
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404, may

from .checklist_forms import ChecklistForm, as_typed


@require_safe
def checklists(request: HttpRequest, slug: str) -> HttpResponse:
    """What is inspected by, family by family."""
    alliance = alliance_or_404(request, slug)
    standing = list(checklists_in_force(alliance))
    families = [
        (label, [one for one in standing if one.family == family])
        for family, label in Family.choices
    ]
    context = {
        "alliance": alliance,
        "section": "books",
        "families": [(label, those) for label, those in families if those],
        "may_plan": may(request, Permission.PLAN_INSPECTIONS, alliance),
    }
    return render(request, "checks/site/checklists.html", context)


@require_POST
def checklists_take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the shipped lists as a beginning."""
    alliance = alliance_or_404(request, slug)
    taken = take_standard_lists(alliance=alliance, by=request.user)
    messages.success(request, _("已启用 %(n)s 份检查表，可以逐份改成自己的。") % {"n": len(taken)})
    return redirect("site:checklists", slug)


@require_safe
def checklist(request: HttpRequest, slug: str, checklist_pk: int) -> HttpResponse:
    """One version, and which others there are."""
    alliance, found = _checklist_or_404(request, slug, checklist_pk)
    versions = alliance.checklists.filter(code=found.code).order_by("-version")
    context = {
        "alliance": alliance,
        "section": "books",
        "checklist": found,
        "items": found.items.all(),
        "versions": versions,
        "may_plan": may(request, Permission.PLAN_INSPECTIONS, alliance),
    }
    return render(request, "checks/site/checklist.html", context)


def checklist_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A list of the alliance's own."""
    alliance = alliance_or_404(request, slug, Permission.PLAN_INSPECTIONS)
    return _written(request, alliance, None)


def checklist_edit(request: HttpRequest, slug: str, checklist_pk: int) -> HttpResponse:
    """Change a list: a new version; what was inspected by the old one stays as it was."""
    alliance = alliance_or_404(request, slug, Permission.PLAN_INSPECTIONS)
    _alliance, found = _checklist_or_404(request, slug, checklist_pk)
    return _written(request, alliance, found)


@require_POST
def checklist_retire(request: HttpRequest, slug: str, checklist_pk: int) -> HttpResponse:
    """Use it no longer."""
    _alliance, found = _checklist_or_404(request, slug, checklist_pk)
    retire_checklist(checklist=found, by=request.user)
    messages.success(request, _("已停用。以前的检查结果不变。"))
    return redirect("site:checklists", slug)


def _written(request: HttpRequest, alliance: Alliance, found: Checklist | None) -> HttpResponse:
    form = ChecklistForm(request.POST or None, initial=as_typed(found) if found else None)
    if request.method == "POST" and form.is_valid():
        code = found.code if found else f"own-{uuid4().hex[:8]}"
        try:
            made = bring_into_force(
                alliance=alliance, code=code, by=request.user, **form.cleaned_data
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("第 %(version)s 版已启用。") % {"version": made.version}
            messages.success(request, told)
            return redirect("site:checklist", alliance.slug, made.pk)
    context = {"alliance": alliance, "section": "books", "checklist": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "checks/site/checklist_form.html", context, status=status)


def _checklist_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Checklist]:
    alliance = alliance_or_404(request, slug)
    rows = checklists_visible_to(request.user).filter(alliance=alliance)
    return alliance, get_object_or_404(rows.select_related("alliance"), pk=pk)
