"""The whole index anew, and the whole index looked through."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from binglian.domain.search import postings
from binglian.domain.search.models import Document
from binglian.domain.search.source import Source
from binglian.domain.search.sources import SOURCES

from .indexing import documents_of, grams_for, said, store

_AT_ONCE = 500


def rebuild(progress: Callable[[int], None] = lambda _done: None) -> int:
    """Make the index anew in one transaction, oldest first; how many documents it has.

    Until it is done, everybody searches the old one, and on SQLite every other write waits.
    """
    done = 0
    with transaction.atomic():
        Document.objects.all().delete()
        postings.remove(connection)
        postings.create(connection)
        rows = heapq.merge(*map(_in_time, SOURCES.values()), key=lambda one: one.at)
        while batch := list(islice(rows, _AT_ONCE)):
            store(batch)
            done += len(batch)
            progress(done)
    return done


def _in_time(source: Source) -> Iterator[Document]:
    for row in _all_of(source):
        yield from documents_of(source, row)


def _all_of(source: Source) -> Iterator[Any]:
    rows: QuerySet[Any] = source.rows().order_by(F(source.order).asc(nulls_first=True), "pk")
    return rows.iterator(chunk_size=_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Difference:
    """An object whose documents are not what it says now."""

    kind: str
    object_id: int
    at: datetime | None
    what: str


def verify() -> Iterator[Difference]:
    """Compare every object with the index, and every document with its pieces."""
    for source in SOURCES.values():
        seen = 0
        rows = source.rows().order_by("pk").iterator(chunk_size=_AT_ONCE)
        while batch := list(islice(rows, _AT_ONCE)):
            stored = Document.objects.filter(
                kind=source.kind, object_id__in=[row.pk for row in batch]
            )
            kept = {said(one): one for one in stored}
            seen += len(kept)
            for row in batch:
                for document in documents_of(source, row):
                    if kept.pop(said(document), None) is None:
                        yield Difference(source.kind, row.pk, document.at, "missing")
            for document in kept.values():
                yield Difference(source.kind, document.object_id, document.at, "outdated")
        if seen != Document.objects.filter(kind=source.kind).count():
            yield Difference(source.kind, 0, None, "orphaned")
    yield from _verify_pieces()


def _verify_pieces() -> Iterator[Difference]:
    documents = Document.objects.order_by("pk").iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(documents, _AT_ONCE)):
        noted = postings.stored_grams([one.pk for one in batch])
        for one in batch:
            if noted.get(one.pk) != sorted(grams_for(one)):
                yield Difference(one.kind, one.object_id, one.at, "pieces")
    if postings.count() != Document.objects.count():
        yield Difference("", 0, None, "orphaned")
