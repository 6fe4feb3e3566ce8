"""Long lists, fifty rows at a time, without counting them all."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = PAGE_SIZE) -> dict[str, Any]:
    """``{rows, page, has_more, query}`` for ``parts/pages.html``; ``?page=`` counts from 1."""
    typed = request.GET.get("page", "1")
    page = max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    first = (page - 1) * size
    found = list(rows[first : first + size + 1])
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "rows": found[:size],
        "page": page,
        "has_more": len(found) > size,
        "query": query.urlencode(),
    }


def keyset_page_of(
    request: HttpRequest, rows: QuerySet[Any], size: int = PAGE_SIZE, by: str = "pk"
) -> dict[str, Any]:
    """``{rows, after, next, query}`` for ``parts/keyset.html``: rows in the order of ``by``.

    ``by`` is a unique whole number of the row, with ``-`` in front for the greatest first.
    ``?after=`` names the last row seen, so the thousandth page costs no more than the first.
    """
    typed = request.GET.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    field, turn = by.removeprefix("-"), "lt" if by.startswith("-") else "gt"
    beyond = rows.filter(**{f"{field}__{turn}": after}) if after else rows
    found = list(beyond.order_by(by)[: size + 1])
    query = request.GET.copy()
    query.pop("after", None)
    return {
        "rows": found[:size],
        "after": after,
        "next": getattr(found[size - 1], field) if len(found) > size else None,
        "query": query.urlencode(),
    }
