"""The words of a text file one after another, each known by its line."""

import re

from .faults import Code, FormatError

#: No count, duration or amount of a plan file is larger.
MOST = 10**9

_WORD = re.compile(r"\S+")


class Words:
    """Reads whole numbers off a text, wherever its lines break."""

    def __init__(self, text: str, first_line: int = 1, last_line: int | None = None) -> None:
        lines = text.splitlines()[first_line - 1 : last_line]
        self._words = [
            (word, number) for number, line in enumerate(lines, first_line) for word in line.split()
        ]
        self._next = 0
        self._last_line = first_line + max(len(lines) - 1, 0)

    @property
    def line(self) -> int:
        """The line of the next word."""
        if self._next < len(self._words):
            return self._words[self._next][1]
        return self._last_line

    @property
    def is_done(self) -> bool:
        return self._next >= len(self._words)

    def word(self, field: str) -> str:
        """Take the next word. Raises ``FormatError`` where the text ends."""
        if self.is_done:
            raise FormatError(Code.ENDS, line=self._last_line, field=field)
        self._next += 1
        return self._words[self._next - 1][0]

    def whole(self, field: str, least: int = 0, most: int = MOST) -> int:
        """Take the next word as a whole number from ``least`` to ``most``; 3.00 counts as 3."""
        line = self.line
        return whole(self.word(field), line, field, least, most)

    def wholes(self, count: int, field: str, least: int = 0) -> list[int]:
        """Take so many whole numbers."""
        return [self.whole(field, least) for _ in range(count)]

    def expect(self, wanted: int, field: str) -> None:
        """Take the next word, which must be this number."""
        line = self.line
        found = self.whole(field)
        if found != wanted:
            raise FormatError(Code.COUNT, line=line, field=field, value=found, wanted=wanted)

    def refuse_more(self) -> None:
        """Raise ``FormatError`` if anything is left."""
        if not self.is_done:
            raise FormatError(Code.TRAILING, line=self.line, value=self._words[self._next][0])


def whole(word: str, line: int | None, field: str, least: int = 0, most: int = MOST) -> int:
    """Return the word as a whole number from ``least`` to ``most``; 3.00 counts as 3."""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.0*)?", word):
        raise FormatError(Code.WHOLE, line=line, field=field, value=word)
    found = int(word.partition(".")[0])
    if found < least:
        raise FormatError(Code.LEAST, line=line, field=field, value=found, least=least)
    if found > most:
        raise FormatError(Code.MOST, line=line, field=field, value=found, most=most)
    return found
