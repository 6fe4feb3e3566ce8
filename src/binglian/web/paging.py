"""Long lists, fifty rows at a time, without counting them all."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from binglian.domain.indicators.kept import kept_for

PAGE_SIZE = 50


def page_of(
    request: HttpRequest, rows: Any, size: int = PAGE_SIZE, *, is_kept: bool = False
) -> dict[str, Any]:
    """``{rows, page, has_more, query}`` for ``parts/pages.html``; ``?page=`` counts from 1.

    ``rows`` are a query, or a list where the page needs all of them anyway. With ``is_kept``
    which rows stand on the page is worked out once until somebody acts: for an order that no
    index has. Whether the reader may see them is asked every time.
    """
    typed = request.GET.get("page", "1")
    page = max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    first = (page - 1) * size
    if is_kept:
        found = _found_again(request, rows, slice(first, first + size + 1))
    else:
        found = list(rows[first : first + size + 1])
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "rows": found[:size],
        "page": page,
        "has_more": len(found) > size,
        "query": query.urlencode(),
    }


def _found_again(request: HttpRequest, rows: QuerySet[Any], part: slice) -> list[Any]:
    def keys() -> list[int]:
        return list(rows.values_list("pk", flat=True)[part])

    user = request.user if request.user.is_authenticated else None
    order = kept_for(user, "page", request.get_full_path(), make=keys)
    by_key = rows.order_by().in_bulk(order)
    return [by_key[key] for key in order if key in by_key]


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
