"""Long lists page by page: a cursor names the last row seen, so that new rows move nothing."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Query, Schema
from ninja.errors import HttpError

Row = TypeVar("Row", bound=Model)
#: Opaque: only what an answer gave as ``next`` is one.
Cursor = Annotated[
    str | None,
    Query(pattern=r"^[0-9A-Za-z_-]+$", max_length=60, description="``next`` of the page before"),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many rows at most")]


class Page(Schema):
    """Which page."""

    cursor: Cursor = None
    limit: Limit = 50


def page_of(
    rows: QuerySet[Row], name: str, cursor: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """Rows, the newest first, and the cursor of those after them; ``None`` when there are none.

    ``name`` is the list's, so that a cursor of one is no cursor of another.
    """
    if cursor is not None:
        rows = rows.filter(pk__lt=_opened(cursor, name))
    found = list(rows.order_by("-pk")[: limit + 1])
    shown = found[:limit]
    return shown, _sealed(name, shown[-1].pk) if len(found) > len(shown) else None


def _sealed(name: str, last: Any) -> str:
    return base64.urlsafe_b64encode(f"{name}:{last}".encode()).decode().rstrip("=")


def _opened(cursor: str, name: str) -> int:
    try:
        whole = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        of, _colon, last = whole.partition(":")
        if of == name and last.isascii() and last.isdigit() and len(last) < 19:
            return int(last)
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise HttpError(422, _("cursor 不是本清单给出的，请从第一页取起。"))
