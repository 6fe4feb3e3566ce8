"""What is kept of a text in the index: pieces so short that any part of a word is made of them.

Of Chinese, single characters and pairs; of Latin letters and digits, triples. A word typed asks for
all its pieces at once; whether they stand together is looked up in the few texts that have them
all. A text and a query are cut by this one file, on both databases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

#: Latin letters and digits, or letters of any other script; folded text has no capitals.
_RUN = re.compile(r"([a-z0-9]+)|[^\W_a-z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
#: Characters of a title whose pinyin is kept.
_SOUNDED = 60
#: Stands before a piece of a title, so that titles can be asked for alone.
TITLE = "_"


def grams_of(folded: str) -> set[str]:
    """Every piece a word may be asked for by.

    >>> sorted(grams_of("5g 管网图"))
    ['5g', '图', '管', '管网', '网', '网图']
    """
    found: set[str] = set()
    for match in _RUN.finditer(folded):
        run = match[0]
        if match[1]:
            found.update(_cut(run, 3))
        else:
            found.update(run)
            found.update(_cut(run, 2))
    return found


def grams_asked(word: str) -> set[str]:
    """The pieces a text must have to contain the folded word; fewer than it was stored with.

    >>> sorted(grams_asked("管网图2026"))
    ['026', '202', '管网', '网图']
    """
    found: set[str] = set()
    for match in _RUN.finditer(word):
        found.update(_cut(match[0], 3 if match[1] else 2))
    return found


def grams_certain(word: str, *, is_sounded: bool) -> set[str]:
    """Pieces any text with the folded word in it was stored with, wherever it was cut out.

    Where the text is ``is_sounded``, its pinyin standing beside it unstored, letters tell nothing.
    Of numbers and Latin words the two last threes are enough: whoever asks looks at the text again,
    and the beginning of a number is in half of all texts, dear to look for.

    >>> sorted(grams_certain("管网图2026", is_sounded=True))
    ['026', '管网', '网图']
    >>> sorted(grams_certain("sx-20261128-0054", is_sounded=True))
    ['054', '128']
    >>> grams_certain("jml", is_sounded=True), grams_certain("jml", is_sounded=False)
    (set(), {'jml'})
    """
    found: set[str] = set()
    threes: list[str] = []
    for match in _RUN.finditer(word):
        if not match[1]:
            found.update(_cut(match[0], 2))
            continue
        for run in _DIGITS.findall(match[0]) if is_sounded else [match[0]]:
            if len(run) >= 3:
                threes += [run[-6:-3], run[-3:]] if len(run) >= 6 else [run[-3:]]
    return found | set(threes[-2:])


def sounds_of(folded_title: str) -> str:
    """Pinyin and initials of a title, two words; empty where there is nothing to sound.

    >>> sounds_of("即墨路街道")
    'jimolujiedao jmljd'
    """
    title = folded_title[:_SOUNDED]
    if title.isascii():
        return ""
    syllables = lazy_pinyin(title, errors="ignore")
    initials = (syllable[0] for syllable in syllables)
    return f"{''.join(syllables)} {''.join(initials)}" if syllables else ""


def grams_of_sounds(sounds: str) -> set[str]:
    """Pieces of pinyin and initials; of the initials pairs as well, «gw» being a word's worth."""
    pinyin, _space, initials = sounds.partition(" ")
    return _cut(pinyin, 3) | _cut(initials, 3) | _cut(initials, 2) if sounds else set()


def grams_stored(folded_title: str, folded_text: str, sounds: str) -> list[str]:
    """All pieces of one document, those of its title a second time, marked."""
    title = grams_of(folded_title) | grams_of_sounds(sounds)
    return sorted(title | grams_of(folded_text) | {TITLE + gram for gram in title})


def in_title(grams: Iterable[str]) -> set[str]:
    """The same pieces, asked of titles alone."""
    return {TITLE + gram for gram in grams}


def _cut(run: str, length: int) -> set[str]:
    if len(run) <= length:
        return {run}
    return {run[at : at + length] for at in range(len(run) - length + 1)}
