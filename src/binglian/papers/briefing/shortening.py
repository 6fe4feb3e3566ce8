"""A briefing is short: the longest lists give way first, and say how much they left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .paper import MOST_CHARACTERS, BriefingPaper, Part


def characters_of(paper: BriefingPaper) -> int:
    """How many characters are printed, blanks and page numbers not counted."""
    return _length(_printed(paper))


def shortened(paper: BriefingPaper, most: int = MOST_CHARACTERS) -> BriefingPaper:
    """The paper with at most ``most`` characters, lines left out from the ends of its lists.

    Raises
    ------
    ValueError
        What was written by hand is too long even without a single line.
    """
    excess = characters_of(paper) - most
    parts = list(paper.parts)
    while excess > 0:
        place = max(range(len(parts)), key=lambda one: len(parts[one].lines))
        if not parts[place].lines:
            raise ValueError(f"{excess} characters too many without a single line.")
        before = parts[place]
        parts[place] = replace(before, lines=before.lines[:-1], left_out=before.left_out + 1)
        excess += _length(_of_part(parts[place])) - _length(_of_part(before))
    return replace(paper, parts=tuple(parts))


def _length(texts: Iterable[str]) -> int:
    return sum(len("".join(text.split())) for text in texts)


def _printed(paper: BriefingPaper) -> Iterator[str]:
    yield from (
        paper.alliance,
        paper.title,
        paper.issued_by,
        paper.known_until,
        paper.mark,
        "主要数据",
    )
    yield from ("指标", paper.this_month, paper.last_month, "变化")
    for figure in paper.figures:
        yield from (figure.label, figure.now, figure.before, figure.change)
    for drawing in paper.drawings:
        yield drawing.caption
    for part in paper.parts:
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[str]:
    yield from (part.title, part.text, part.rest)
    if not part.lines and not part.text:
        yield part.nothing
    for line in part.lines:
        yield from (line.text, line.facts)
