"""How well a document answers, and where it does: worked out here, the same on every database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .folding import fold, fold_with_places
from .models import Document

# A word that is the whole title, its beginning, or in it; the same of pinyin or initials; in the
# text, and a little more for each time up to five.
_WHOLE, _BEGINS, _IN_TITLE = 200, 150, 100
_SOUND_WHOLE, _SOUND_BEGINS, _IN_SOUND = 140, 120, 80
_IN_TEXT, _MOST_TIMES = 10, 5
#: Characters shown of a text before the first word found in it, and altogether.
_BEFORE, _SHOWN = 24, 110
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a title or a text; marked where it is what was searched for."""

    text: str
    is_marked: bool


def score(document: Document, words: Iterable[str]) -> int:
    """The sum over the words; 0 where one of them is missing after all."""
    title, title_en = fold(document.title), fold(document.title_en)
    total = 0
    for word in words:
        worth = max(_of_title(word, title), _of_title(word, title_en), _of_sound(word, document))
        worth = worth or _of_text(word, document.text)
        if not worth:
            return 0
        total += worth
    return total


def _of_title(word: str, title: str) -> int:
    if word not in title:
        return 0
    return _WHOLE if word == title else _BEGINS if title.startswith(word) else _IN_TITLE


def _of_sound(word: str, document: Document) -> int:
    if word not in document.sounds or not word.isascii():
        return 0
    sounds = document.sounds.split(" ")
    if word in sounds:
        return _SOUND_WHOLE
    begins = any(sound.startswith(word) for sound in sounds)
    return _SOUND_BEGINS if begins else _IN_SOUND


def _of_text(word: str, text: str) -> int:
    times = text.count(word) or fold(text).count(word)
    return _IN_TEXT + min(times, _MOST_TIMES) if times else 0


def marked_title(document: Document, words: Sequence[str]) -> list[Piece]:
    """The title in the reader's language."""
    return marked(str(document), words, initials=document.sounds.partition(" ")[2])


def marked_text(text: str, words: Sequence[str]) -> list[Piece]:
    """The text around the first word found in it, or its beginning, on one line."""
    line = _SPACE.sub(" ", text).strip()
    folded, places = fold_with_places(line)
    found = [places[folded.index(word)] for word in words if word in folded]
    begins = max(min(found, default=0) - _BEFORE, 0)
    ends = begins + _SHOWN
    shown = "…" * (begins > 0) + line[begins:ends] + "…" * (ends < len(line))
    return marked(shown, words)


def marked(text: str, words: Sequence[str], initials: str = "") -> list[Piece]:
    """The text in pieces, the words marked; ``initials`` are its own, one for each character."""
    folded, places = fold_with_places(text)
    places.append(len(text))
    is_marked = [False] * len(text)
    for word in words:
        lines = [(folded, places)]
        if initials and len(initials) == len(text) and word not in folded:
            lines = [(initials, list(range(len(text) + 1)))]
        for line, at in lines:
            for match in re.finditer(re.escape(word), line):
                for place in range(at[match.start()], at[match.end() - 1] + 1):
                    is_marked[place] = True
    pieces: list[Piece] = []
    for char, mark in zip(text, is_marked, strict=True):
        if pieces and pieces[-1].is_marked == mark:
            pieces[-1] = Piece(pieces[-1].text + char, mark)
        else:
            pieces.append(Piece(char, mark))
    return pieces
