"""Public matters, page by page."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from binglian.api.public_matters import photo_addresses
from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.matters.models import Matter
from binglian.domain.matters.public_facts import (
    answer_to,
    changed_at,
    public_degrees,
    public_place,
    status_of,
    with_what_is_told,
)
from binglian.domain.matters.queries import public_matters

from .answers import Slug, answers
from .paging import Cursor, Limit, page_of
from .schemas import MatterOut, MatterPage

router = Router(tags=["matters"])
Number = Annotated[str, Path(pattern=r"^[-0-9A-Za-z]+$", max_length=20)]
_LARGEST = 2**31 - 1


class Wanted(Schema):
    """Which matters."""

    status: Literal["open", "closed"] | None = None
    category: Annotated[str | None, Query(pattern=r"^[^\x00]*$", max_length=30)] = None
    area_id: Annotated[int | None, Query(ge=1, le=_LARGEST)] = None
    cursor: Cursor = None
    limit: Limit = 50


@router.get("/{slug}/matters", response=answers(MatterPage), url_name="matters")
def list_matters(request: HttpRequest, slug: Slug, wanted: Query[Wanted]) -> MatterPage:
    """The newest first; go on with ``cursor`` until ``next`` is null."""
    rows = public_matters(get_object_or_404(alliances_open_to_clients(), slug=slug))
    if wanted.status is not None:
        is_open = Q(state__in=Matter.OPEN)
        rows = rows.filter(is_open if wanted.status == "open" else ~is_open)
    if wanted.category is not None:
        rows = rows.filter(category__code=wanted.category)
    if wanted.area_id is not None:
        rows = rows.filter(area=wanted.area_id)
    rows = with_what_is_told(rows)
    shown, following = page_of(rows, "matters", wanted.cursor, wanted.limit)
    return MatterPage(items=[_told(matter) for matter in shown], next=following)


@router.get("/{slug}/matters/{number}", response=answers(MatterOut), url_name="matter")
def one_matter(request: HttpRequest, slug: Slug, number: Number) -> MatterOut:
    alliance = get_object_or_404(alliances_open_to_clients(), slug=slug)
    return _told(get_object_or_404(with_what_is_told(public_matters(alliance)), number=number))


def _told(matter: Matter) -> MatterOut:
    return MatterOut(
        number=matter.number,
        status=status_of(matter),
        state=matter.state,
        category=matter.category.code if matter.category else None,
        area_id=matter.area_id,
        text=matter.public_text,
        address=public_place(matter),
        longitude=public_degrees(matter.longitude),
        latitude=public_degrees(matter.latitude),
        lead=str(matter.lead) if matter.lead else None,
        answer=answer_to(matter),
        photos=photo_addresses(matter),
        reported_at=matter.reported_at,
        changed_at=changed_at(matter),
        due_at=matter.due_at,
    )
