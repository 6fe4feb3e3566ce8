"""Searching what everybody may read."""

# No postponed annotations here: the kinds are those of the search itself.
from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.search.queries import find
from binglian.domain.search.readers import everybody
from binglian.domain.search.sources import SOURCES

from .answers import answers

router = Router(tags=["search"])
_KINDS = tuple(kind for kind, source in SOURCES.items() if source.public)
_Kind: Any = Literal[_KINDS]


class FoundOut(Schema):
    """One thing found; ``text`` is where the words stand, or how it begins."""

    kind: str
    alliance: str
    title_zh: str
    title_en: str
    text: str
    at: datetime
    address: str


class SearchOut(Schema):
    """The best first; ``is_cut`` when only some hundred of the newest were looked at."""

    items: list[FoundOut]
    counts: dict[str, int]
    is_cut: bool


class Wanted(Schema):
    """What is searched for, where, and which of what was found."""

    q: Annotated[
        str,
        Query(pattern=r"^[^\x00]*$", max_length=100, description="Words, parts, pinyin, initials"),
    ]
    alliance: Annotated[str | None, Query(pattern=r"^[-a-zA-Z0-9_]+$", max_length=40)] = None
    kind: Annotated[_Kind | None, Query()] = None
    offset: Annotated[int, Query(ge=0, le=400)] = 0
    limit: Annotated[int, Query(ge=1, le=100)] = 20


@router.get("", response=answers(SearchOut), url_name="search")
def search(request: HttpRequest, wanted: Query[Wanted]) -> SearchOut:
    """What is public and has all words of ``q``, in one alliance or in all."""
    alliance = None
    if wanted.alliance is not None:
        alliance = get_object_or_404(alliances_open_to_clients(), slug=wanted.alliance)
    answer = find(wanted.q, everybody(alliance), wanted.kind or "")
    found = [
        FoundOut(
            kind=hit.document.kind,
            alliance=hit.alliance.slug,
            title_zh=hit.document.title,
            title_en=hit.document.title_en,
            text="".join(piece.text for piece in answer.marked_text(hit)),
            at=hit.document.at,
            address=settings.SITE_URL + hit.path,
        )
        for hit in answer.hits[wanted.offset : wanted.offset + wanted.limit]
    ]
    return SearchOut(items=found, counts=dict(answer.counts), is_cut=answer.is_cut)
