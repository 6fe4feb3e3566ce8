"""Searching: candidates from the index, the reader's own among them, the best of those first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from binglian.domain.alliance.models import Alliance

from .folding import words_of
from .grams import grams_asked, in_title
from .models import Document
from .postings import Wanted, newest_matching
from .ranking import Piece, marked_text, marked_title, score
from .readers import Everybody, Reader, Stub, readable
from .source import Letter
from .sources import SOURCES

#: Candidates looked at: the newest, and the newest that have it in their titles. Whoever may read
#: few of them is given more to look through.
NEWEST, IN_TITLES, MOST_LOOKED_AT = 300, 100, 2000


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; ``rank`` is higher the better it answers."""

    document: Document
    alliance: Alliance
    rank: int
    #: The reader reads the public's text of it.
    is_public: bool

    @property
    def label(self) -> Any:
        return SOURCES[self.document.kind].label

    @property
    def path(self) -> str:
        """Where it is read."""
        source, slug = SOURCES[self.document.kind], self.alliance.slug
        page = source.public_page if self.is_public else source.desk_page
        return f"/{'p' if self.is_public else 'a'}/{slug}/{page.format(self.document.page_id)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, the best first; ``is_cut`` when older hits were not looked at."""

    words: list[str]
    hits: list[Hit] = field(default_factory=list)
    #: How many were found of each kind.
    counts: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False

    def marked_title(self, hit: Hit) -> list[Piece]:
        return marked_title(hit.document, self.words)

    def marked_text(self, hit: Hit) -> list[Piece]:
        return marked_text(hit.document.text, self.words)


def find(query: str, reader: Reader, kind: str = "") -> Answer:
    """What the reader may read that has all words of the query; of one ``kind`` where named.

    Ranked among the newest few hundred that match and the newest that match by their titles: what
    is older than those is not found, and the answer says so. At equal rank the newer comes first.
    """
    words = words_of(query)
    if not words or not reader.alliances:
        return Answer(words)
    hits, is_cut = _found(words, reader)
    counts = Counter(hit.document.kind for hit in hits)
    if kind and is_cut:
        hits, is_cut = _found(words, reader, kind)
    elif kind:
        hits = [hit for hit in hits if hit.document.kind == kind]
    return Answer(words, hits, counts, is_cut)


def _found(words: list[str], reader: Reader, kind: str = "") -> tuple[list[Hit], bool]:
    every = set().union(*map(grams_asked, words))
    some = [reader.classes(), *([[kind_mark(kind)]] if kind else [])]
    looked_at = newest_matching(Wanted(every, some), NEWEST)
    stubs = _stubs(looked_at)
    is_cut = len(looked_at) == NEWEST
    if is_cut:
        older = newest_matching(Wanted(in_title(every), some), IN_TITLES)
        stubs += _stubs([key for key in older if key not in set(looked_at)])
    mine = readable(reader, stubs)
    if is_cut and len(mine) < NEWEST // 3:
        more = newest_matching(Wanted(every, some), MOST_LOOKED_AT)
        rest = _stubs(more[NEWEST:])
        mine |= readable(reader, rest)
        stubs += rest
        is_cut = len(more) == MOST_LOOKED_AT
    letters = {stub.pk: reader.letter_for(stub.classes, stub.alliance_id) for stub in stubs}
    hits = [
        Hit(one, reader.alliances[one.alliance_id], rank, _is_public(reader, one, letters[one.pk]))
        for one in Document.objects.filter(pk__in=mine)
        if (rank := score(one, words))
    ]
    hits = _each_object_once(hits)
    hits.sort(key=lambda hit: (hit.rank, hit.document.at, hit.document.pk), reverse=True)
    return hits, is_cut


def _stubs(keys: Sequence[int]) -> list[Stub]:
    rows = Document.objects.filter(pk__in=keys).values_list(
        "pk", "kind", "object_id", "alliance_id", "classes"
    )
    return [Stub(*row) for row in rows]


def _is_public(reader: Reader, document: Document, letter: Letter | None) -> bool:
    """Whether the reader is led to the public page: what is published is read there by all."""
    if isinstance(reader, Everybody) or letter is Letter.TOLD:
        return True
    return document.kind == "announcement" and letter is Letter.DESK


def _each_object_once(hits: list[Hit]) -> list[Hit]:
    """Of an object with several texts the fullest the reader may read, and of those the newest."""
    chosen: dict[tuple[str, int], Hit] = {}
    for hit in sorted(hits, key=lambda hit: (not hit.is_public, hit.document.pk)):
        chosen[hit.document.kind, hit.document.object_id] = hit
    return list(chosen.values())


def kind_mark(kind: str) -> str:
    """How the index marks documents of a kind."""
    return f"__{kind}"
