"""One place: its file, and what moves it on."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.actions import grade_place, move_place_on, save_place
from binglian.domain.heritage.models import Place, PlaceFile
from binglian.domain.heritage.queries import (
    may_tend,
    spaces_visible_to,
    table_in_force,
)
from binglian.domain.heritage.words import GRADES
from binglian.domain.projects.queries import effects_of_grades, projects_touching
from binglian.domain.refusals import ActionRefused
from binglian.domain.together import asked_together
from binglian.web.access import alliance_or_404, may

from .access import place_or_404, tended_or_404
from .forms import FileForm, GradeForm, GuardianForm, PlaceForm, StepForm, TendForm
from .history import versions_of

#: Newest acts shown on the page; the ledger has all.
SHOWN = 12


@require_safe
def place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything on file about one place, and the next thing to do."""
    alliance, found = place_or_404(request, slug, pk)
    return place_page(request, alliance, found)


def place_page(
    request: HttpRequest, alliance: Alliance, found: Place, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with whatever form came back wrong."""
    keeps = may(request, Permission.KEEP_PLACES, alliance)
    tends = may_tend(request.user, found)
    table, _version = table_in_force(alliance)
    responsible, files, parts, spaces, projects = asked_together(
        found.guardians.select_related("organisation"),
        found.files.defer("content"),
        found.parts.all(),
        spaces_visible_to(request.user).filter(place=found),
        projects_touching(found, request.user),
    )
    guardians = [one for one in responsible if one.until_on is None]
    line = list(Place.LINE)
    reached = line.index(Place.State(found.state))
    context = {
        "alliance": alliance,
        "section": "places",
        "place": found,
        "line": [(state.label, at <= reached, at == reached) for at, state in enumerate(line)],
        "grade_basis": table.basis_of(found.grade),
        "rules": table.rules_of(found.grade) if found.grade else [],
        "guardians": guardians,
        "earlier": [one for one in responsible if one.until_on],
        "photos": [one for one in files if one.kind == PlaceFile.Kind.PHOTO],
        "documents": [one for one in files if one.kind == PlaceFile.Kind.DOCUMENT],
        "parts": parts,
        "spaces": spaces,
        "has_landlord": any(one.is_landlord for one in guardians),
        "projects": projects,
        "versions": versions_of(found, SHOWN),
        "may_keep": keeps,
        "may_tend": tends,
        "step_form": StepForm(place=found) if keeps and found.next_state else None,
        "next_label": Place.State(found.next_state).label if found.next_state else "",
        "guardian_form": GuardianForm(alliance=alliance) if keeps else None,
        "file_form": FileForm() if tends else None,
        **more,
    }
    return render(request, "places/place.html", context, status=status)


def place_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a place."""
    alliance = alliance_or_404(request, slug, Permission.KEEP_PLACES)
    return _form(request, alliance, None)


def place_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change facts of a place; those responsible see only what is theirs to say."""
    alliance, found = tended_or_404(request, slug, pk)
    return _form(request, alliance, found)


def place_grade(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say how it is protected; before saving, what that means for projects is shown."""
    alliance, found = place_or_404(request, slug, pk, Permission.KEEP_PLACES)
    form = GradeForm(
        request.POST or None, initial={"grade": found.grade, "basis": found.grade_basis}
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            grade_place(place=found, by=request.user, **facts)
        except ActionRefused as refusal:
            form.add_error("basis", str(refusal))
        else:
            messages.success(request, _("已定级。涉及它的项目请按目录补齐事项。"))
            return redirect("places:place", slug, pk)
    table, _version = table_in_force(alliance)
    projects = list(projects_touching(found, request.user))
    effects = effects_of_grades(found, [word.code for word in GRADES], projects, table)
    context = {
        "alliance": alliance,
        "section": "places",
        "place": found,
        "form": form,
        "grades": [(word, table.basis_of(word.code), effects[word.code]) for word in GRADES],
        "projects": projects,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "places/grade.html", context, status=status)


@require_POST
def place_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The next stage begins."""
    alliance, found = place_or_404(request, slug, pk, Permission.KEEP_PLACES)
    form = StepForm(request.POST, place=found)
    if not form.is_valid():
        return place_page(request, alliance, found, status=422, step_form=form)
    moved = move_place_on(
        place=found,
        by=request.user,
        on=form.cleaned_data["on"],
        said=form.cleaned_data.get("said", ""),
    )
    facts = {"place": moved, "state": moved.get_state_display()}
    messages.success(request, _("“%(place)s”：%(state)s。") % facts)
    return redirect("places:place", slug, pk)


def _form(request: HttpRequest, alliance: Alliance, found: Place | None) -> HttpResponse:
    typed, instance = request.POST or None, copy(found)  # a form writes into its instance
    if found is None or may(request, Permission.KEEP_PLACES, alliance):
        form: PlaceForm | TendForm = PlaceForm(typed, instance=instance, alliance=alliance)
    else:
        form = TendForm(typed, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_place(alliance=alliance, by=request.user, place=found, **form.facts())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存“%(title)s”。") % {"title": saved})
            return redirect("places:place", alliance.slug, saved.pk)
    context = {"alliance": alliance, "section": "places", "form": form, "place": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "places/place_form.html", context, status=status)
