"""Courtyards and rooms to let for everybody; asking for a room needs no account."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.actions import apply_for_space
from binglian.domain.heritage.models import Place, PlaceFile
from binglian.domain.heritage.queries import (
    guardians_of,
    matching,
    public_files,
    public_places,
    public_spaces,
    table_in_force,
)
from binglian.domain.projects.queries import public_projects
from binglian.domain.refusals import ActionRefused
from binglian.domain.together import asked_together
from binglian.web.matters.doubting import WORK_BITS, doubts_about, new_token
from binglian.web.standing import same_for_all

from .list_views import places_context
from .map_content import feature_collection
from .record_views import file_answer
from .space_forms import WishForm


@require_safe
@login_not_required
@same_for_all
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Public places as a list and on a map."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = places_context(request, portal, public_places(portal), page=f"/p/{slug}/places/0/")
    context |= {"portal": portal, "section": "places"}
    return render(request, "places/public_places.html", context)


@require_safe
@login_not_required
def places_geojson(request: HttpRequest, slug: str) -> JsonResponse:
    """The same as GeoJSON."""
    portal = get_object_or_404(Alliance, slug=slug)
    address = request.build_absolute_uri(reverse("public_places:place", args=[slug, 0]))
    found = feature_collection(public_places(portal), address=address)
    return JsonResponse(
        found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )


@require_safe
@login_not_required
def place(request: HttpRequest, slug: str, place_pk: int) -> HttpResponse:
    """What everybody may know of one place."""
    portal, found = _place_or_404(slug, place_pk)
    table, _version = table_in_force(portal)
    guardians, files, parts, spaces, projects = asked_together(
        guardians_of(found),
        public_files(found),
        public_places(portal).filter(part_of=found),
        public_spaces(portal).filter(place=found),
        public_projects().filter(alliance=portal, touched__place=found),
    )
    context = {
        "portal": portal,
        "section": "places",
        "place": found,
        "grade_basis": table.basis_of(found.grade),
        "rules": table.rules_of(found.grade) if found.grade else [],
        "guardians": guardians,
        "photos": [one for one in files if one.kind == PlaceFile.Kind.PHOTO],
        "documents": [one for one in files if one.kind == PlaceFile.Kind.DOCUMENT],
        "parts": parts,
        "spaces": spaces,
        "projects": projects,
    }
    return render(request, "places/public_place.html", context)


@require_safe
@login_not_required
def file(_request: HttpRequest, slug: str, place_pk: int, file_pk: int) -> HttpResponse:
    """A photo or document somebody has made public."""
    _portal, found = _place_or_404(slug, place_pk)
    kept = get_object_or_404(found.files.filter(is_public=True), pk=file_pk)
    return file_answer(kept, is_public=True)


@require_safe
@login_not_required
@same_for_all
def spaces(request: HttpRequest, slug: str) -> HttpResponse:
    """Rooms to let."""
    portal = get_object_or_404(Alliance, slug=slug)
    rows = public_spaces(portal)
    query = request.GET.get("q", "")[:60]
    if query:
        wanted = matching(public_places(portal), query)
        rows = rows.filter(place__in=wanted) | rows.filter(offer__search_text__contains=query)
    context = {"portal": portal, "section": "space", "spaces": rows, "q": query}
    return render(request, "places/public_spaces.html", context)


@login_not_required
@sensitive_post_parameters("name", "phone", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def space(request: HttpRequest, slug: str, space_pk: int) -> HttpResponse:
    """One room with its terms, and the form to ask for it."""
    portal = get_object_or_404(Alliance, slug=slug)
    found = get_object_or_404(public_spaces(portal), pk=space_pk)
    form = WishForm(request.POST or None, alliance=portal)
    if request.method == "POST":
        if not consume(request, action="report_flood"):
            return render(request, "matters/too_many.html", {"portal": portal}, status=429)
        if form.is_valid():
            with override("zh-hans"):  # kept as a text, whatever the applicant reads
                said = f"{form.cleaned_data['trade']} {form.cleaned_data['text']}"
                doubts = [str(doubt.label) for doubt in doubts_about(request, said)]
            try:
                _made, secret = apply_for_space(space=found, wish=form.wish(), doubts=doubts)
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(reverse("public_places:follow", args=[secret]) + "?new=1")
    context = {
        "portal": portal,
        "section": "space",
        "space": found,
        "form": form,
        "token": new_token(),
        "work_bits": WORK_BITS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "places/public_space.html", context, status=status)


def _place_or_404(slug: str, pk: int) -> tuple[Alliance, Place]:
    portal = get_object_or_404(Alliance, slug=slug)
    return portal, get_object_or_404(public_places(portal), pk=pk)
