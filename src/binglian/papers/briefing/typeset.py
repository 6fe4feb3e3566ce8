"""The briefing as a PDF; every figure and every line is a link to its records."""

from __future__ import annotations

from binglian.papers.typesetting import Sheet

from .paper import BriefingPaper, Part


def typeset(paper: BriefingPaper) -> bytes:
    """Typeset the briefing; the same paper gives the same bytes.

    Raises
    ------
    PaperRefused
        A character has no glyph in our fonts.
    """
    content = {
        "alliance": paper.alliance,
        "title": paper.title,
        "issued_by": paper.issued_by,
        "known_until": paper.known_until,
        "mark": paper.mark,
        "this_month": paper.this_month,
        "last_month": paper.last_month,
        "figures": [
            {
                "label": figure.label,
                "now": figure.now,
                "before": figure.before,
                "change": figure.change,
                "url": figure.url,
            }
            for figure in paper.figures
        ],
        "drawings": [
            {"svg": one.svg, "caption": one.caption, "alternative": one.alternative}
            for one in paper.drawings
        ],
        "parts": [_part(part) for part in paper.parts],
    }
    return Sheet("briefing/briefing.typ", content).pdf(paper.dated)


def _part(part: Part) -> dict[str, object]:
    return {
        "title": part.title,
        "text": part.text,
        "lines": [{"text": one.text, "facts": one.facts, "url": one.url} for one in part.lines],
        "rest": part.rest,
        "url": part.url,
        "nothing": part.nothing,
    }
