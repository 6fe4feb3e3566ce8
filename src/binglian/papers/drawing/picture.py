"""A drawing with its words, and how it becomes dots."""

from __future__ import annotations

from dataclasses import dataclass

from binglian.papers.typesetting import Sheet

#: Dots per inch of a picture in a Word document: sharp on paper, some tens of kilobytes.
SHARP = 200


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG picture.

    Attributes
    ----------
    caption
        Stands below it.
    alternative
        Says the same to whoever does not see it.
    """

    svg: str
    caption: str
    alternative: str


def png_of(drawing: Drawing, ppi: float = SHARP) -> bytes:
    """The drawing as PNG, 160 mm wide, with our own fonts; the same drawing, the same bytes.

    Raises
    ------
    PaperRefused
        A character has no glyph in our fonts.
    """
    return Sheet("drawing/alone.typ", {"svg": drawing.svg}).png(ppi)
