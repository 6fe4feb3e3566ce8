"""What the page for anybody and the one for community workers have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.diversions import hints_in
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.photos import MOST_PHOTOS
from binglian.domain.matters.queries import (
    Similar,
    area_of,
    public_matters,
    similar_matters,
    suggest_category,
)

from .public_forms import ReportForm
from .report_islands import blurring_words, pin_map

#: Shorter texts say too little to suggest anything.
TELLING = 4


def joinable(request: HttpRequest, alliance: Alliance) -> Matter | None:
    """The public open matter that ``join`` names, in the form or behind the question mark."""
    pk = request.POST.get("join") or request.GET.get("join", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return public_matters(alliance).filter(pk=pk, state__in=Matter.OPEN).first()


def similar_to(form: ReportForm) -> list[Similar]:
    """What was told already; shown once, and whoever says «mine is another» is believed."""
    if form.to is not None or "seen_similar" in form.data:
        return []
    facts = form.facts()
    return similar_matters(form.alliance, facts.text, facts.longitude, facts.latitude)


def parts_of(request: HttpRequest, form: ReportForm) -> dict[str, Any]:
    """What the templates of the form need."""
    return {
        "form": form,
        "to": form.to,
        "most_photos": MOST_PHOTOS,
        "pin_map": pin_map(form.alliance),
        "blurring_words": blurring_words(),
        "had_photos": bool(request.FILES),
        "diversions": hints_in(form.data.get("text", "")) if form.is_bound else [],
    }


def hints_for(form: ReportForm) -> dict[str, Any]:
    """While somebody writes: where else it may belong, which category, what is told already."""
    form.is_valid()
    text = str(form.cleaned_data.get("text") or "").strip()
    at = form.cleaned_data.get("longitude"), form.cleaned_data.get("latitude")
    is_telling = len(text) >= TELLING
    return _category(form, text if is_telling else "") | {
        "diversions": hints_in(text),
        "similar": similar_matters(form.alliance, text, *at) if is_telling else [],
        "area": area_of(*at),
        "is_located": at[0] is not None,
    }


def _category(form: ReportForm, text: str) -> dict[str, Any]:
    """The suggested category is chosen until the reporter chooses another one."""
    chosen = form.cleaned_data.get("category")
    suggested_before = form.data.get("suggested", "")
    is_own_choice = chosen is not None and str(chosen.pk) != suggested_before
    suggestion = suggest_category(form.alliance, text) if text and not is_own_choice else None
    if suggestion and not suggestion.is_sure:  # a person chooses
        suggestion = None
    best = chosen if is_own_choice else suggestion.category if suggestion else None
    shown = form
    if best != chosen:
        posted = form.data.copy()
        posted["category"] = str(best.pk) if best else ""
        shown = type(form)(posted, alliance=form.alliance)
    return {
        "form": shown,
        "suggestion": suggestion,
        "is_category_new": best != chosen,
        "are_questions_new": _key(best) != form.data.get("asked", ""),
        "asked": _key(best),
    }


def _key(category: Category | None) -> str:
    return str(category.pk) if category else ""
