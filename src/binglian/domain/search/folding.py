"""One form for what is stored and what is typed: width, case and script of characters folded."""

from __future__ import annotations

import re
import unicodedata

from opencc import OpenCC

_SIMPLIFIED = OpenCC("t2s")
#: Letters and digits without anything between them: what somebody types without a space.
_WORD = re.compile(r"[^\W_]+")
#: What more of a query is not read.
MOST_WORDS, LONGEST_WORD = 8, 40


class _Folding(dict[int, str]):
    """Character → its folded form, worked out once."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        folded = "".join(_SIMPLIFIED.convert(one) for one in plain)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Full-width as half-width, capitals as small letters, traditional as simplified characters.

    Character by character, so that every place of the result has its place in the text.

    >>> fold("ＡＢ１２ 歷史城區")
    'ab12 历史城区'
    """
    return text.translate(_FOLDING)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of its origin in ``text``."""
    parts = [_FOLDING[ord(char)] for char in text]
    places = [at for at, part in enumerate(parts) for _char in part]
    return "".join(parts), places


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once; all of them must occur.

    >>> words_of("管网，管网 即墨路15號")
    ['管网', '即墨路15号']
    """
    found = dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(fold(query)))
    return list(found)[:MOST_WORDS]
