"""Long lists: the index names the few rows that can hold what is typed, the list looks at those.

A list finds what it always found, by its own text and pinyin, in its own order, of what its reader
may see; it only need not look through everything for a word that few rows have. Of a word that
many rows have a page is full before much has been looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.names import search_terms

from .folding import fold
from .grams import grams_certain
from .models import Document
from .postings import Wanted, newest_matching
from .readers import class_mark
from .source import Letter

#: Rows the index may name; of a word that more have, the list finds a page of them as quickly.
MOST = 1000


def narrowed(
    rows: QuerySet[Any],
    terms: Iterable[str],
    kind: str,
    letter: Letter,
    alliance: Alliance,
    *,
    is_sounded: bool = True,
) -> QuerySet[Any]:
    """Those of an alliance's rows that can hold all terms; whether they do is not looked at here.

    ``terms`` are those of :func:`~binglian.domain.alliance.names.search_terms`, ``letter`` a class
    that every one of the rows is indexed for. All rows where the index cannot tell.
    """
    keys = _keys_of(terms, kind, letter, alliance, is_sounded)
    return rows if keys is None else rows.filter(pk__in=keys)


def open_rows_containing(
    rows: QuerySet[Any], query: str, kind: str, alliance: Alliance
) -> QuerySet[Any]:
    """Open offers or needs whose own text, or whose organisation's, contains every typed word.

    As :func:`binglian.domain.coupling.queries.containing`; what is withdrawn is not in the index.
    """
    for term in search_terms(query):
        own = Q(search_text__contains=term)
        keys = _keys_of([term], kind, Letter.DESK, alliance, is_sounded=True)
        if keys is not None:
            own &= Q(pk__in=keys)
        members = Organisation.objects.filter(memberships__alliance=alliance)
        bodies = set(members.filter(search_text__contains=term).values_list("pk", flat=True))
        rows = rows.filter(own | Q(organisation__in=bodies) if bodies else own)
    return rows


def _keys_of(
    terms: Iterable[str], kind: str, letter: Letter, alliance: Alliance, is_sounded: bool
) -> set[int] | None:
    """Keys of the objects that can hold all terms; None where they are too many, or unknown."""
    grams = {gram for term in terms for gram in grams_certain(fold(term), is_sounded=is_sounded)}
    if not grams:
        return None
    # Not by kind: nearly all documents are matters, and a list of nearly all is dear to walk.
    found = newest_matching(Wanted(grams | {f"{class_mark(letter)}{alliance.pk}"}), MOST + 1)
    if len(found) > MOST:
        return None
    documents = Document.objects.filter(pk__in=found).values_list("kind", "object_id")
    return {key for of_kind, key in documents if of_kind == kind}
