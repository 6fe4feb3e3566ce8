"""One box for everything the reader may see; as it is typed where there are scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.search.queries import Answer, Hit, find
from binglian.domain.search.ranking import Piece
from binglian.domain.search.readers import Reader, at_desk, everybody
from binglian.domain.search.sources import SOURCES
from binglian.web.standing import same_for_all

PAGE = 20
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit with what is marked in it."""

    hit: Hit
    title: list[Piece]
    text: list[Piece]


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of thing, with how many were found of it."""

    label: Any
    count: int
    query: str
    is_current: bool


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything in the reader's own alliances."""
    context = _found(request, at_desk(request.user))
    return _answer(request, "search/desk.html", context)


@require_safe
@login_not_required
@same_for_all
def city(request: HttpRequest) -> HttpResponse:
    """What all alliances of the city show to everybody."""
    return _answer(request, "search/public.html", _found(request, everybody()))


@require_safe
@login_not_required
@same_for_all
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """What one alliance shows to everybody."""
    portal = get_object_or_404(Alliance, slug=slug)
    context = _found(request, everybody(portal)) | {"portal": portal, "section": "search"}
    return _answer(request, "search/public.html", context)


def _answer(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, "search/found.html" if request.htmx else page, context)


def _found(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in SOURCES else ""
    answer = find(asked, reader, kind)
    page = _page_number(request.GET.get("page", ""))
    hits = answer.hits[(page - 1) * PAGE : page * PAGE]
    return {
        "asked": asked,
        "kind": kind,
        "answer": answer,
        "total": sum(answer.counts.values()),
        "shown": [Shown(hit, answer.marked_title(hit), answer.marked_text(hit)) for hit in hits],
        "facets": _facets(answer, asked, kind),
        "has_several": len(reader.alliances) > 1,
        "page": page,
        "has_more": len(answer.hits) > page * PAGE,
        "query": urlencode({"q": asked, **({"kind": kind} if kind else {})}),
    }


def _facets(answer: Answer, asked: str, kind: str) -> list[Facet]:
    """The kinds something was found of, in their order, and the one that is asked for."""
    return [
        Facet(
            label=source.label,
            count=answer.counts[name],
            query=urlencode({"q": asked, "kind": name}),
            is_current=name == kind,
        )
        for name, source in SOURCES.items()
        if answer.counts[name] or name == kind
    ]


def _page_number(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
