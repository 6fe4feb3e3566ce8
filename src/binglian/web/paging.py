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
