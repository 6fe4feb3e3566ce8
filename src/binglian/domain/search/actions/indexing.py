"""What an object says is noted in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from binglian.domain.search import postings
from binglian.domain.search.folding import fold
from binglian.domain.search.grams import grams_stored, sounds_of
from binglian.domain.search.models import Document
from binglian.domain.search.queries import kind_mark
from binglian.domain.search.readers import class_mark
from binglian.domain.search.source import Letter, Source


def refresh(source: Source, keys: Iterable[int]) -> None:
    """Note anew what these objects say; what says the same as before keeps its row."""
    wanted = set(keys)
    if not wanted:
        return
    stored: dict[tuple[Any, ...], Document] = {}
    for known in Document.objects.filter(kind=source.kind, object_id__in=wanted):
        stored[said(known)] = known
    fresh = [
        document
        for row in source.rows().filter(pk__in=wanted)
        for document in documents_of(source, row)
    ]
    new = [document for document in fresh if stored.pop(said(document), None) is None]
    if not (stored or new):
        return
    with transaction.atomic():
        gone = [document.pk for document in stored.values()]
        if gone:
            postings.drop(gone)
            Document.objects.filter(pk__in=gone).delete()
        store(new)


def documents_of(source: Source, row: Any) -> list[Document]:
    """The documents of one object, not stored yet."""
    return [
        Document(
            alliance_id=source.alliance_of(row),
            kind=source.kind,
            object_id=row.pk,
            page_id=source.page_of(row),
            classes="".join(sorted(letter.value for letter in text.classes)),
            title=text.title,
            title_en=text.title_en,
            text=text.text,
            sounds=sounds_of(fold(text.title)),
            at=text.at,
        )
        for text in source.texts_of(row)
    ]


def store(documents: list[Document]) -> None:
    """Write documents and their pieces."""
    if documents:
        Document.objects.bulk_create(documents)
        postings.add((document.pk, grams_for(document)) for document in documents)


def grams_for(document: Document) -> list[str]:
    """All pieces of a document, with the marks of its classes and its kind."""
    title = fold(f"{document.title} {document.title_en}")
    grams = grams_stored(title, fold(document.text), document.sounds)
    marks = [class_mark(Letter(letter)) for letter in document.classes]
    here = [f"{mark}{document.alliance_id}" for mark in marks]
    return [*grams, *marks, *here, kind_mark(document.kind)]


def said(document: Document) -> tuple[Any, ...]:
    """Everything a document says, for comparing two."""
    return (
        *(document.kind, document.object_id, document.alliance_id, document.page_id),
        *(document.classes, document.title, document.title_en, document.text),
        *(document.sounds, document.at),
    )
