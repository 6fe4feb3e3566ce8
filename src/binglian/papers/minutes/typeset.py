"""Minutes as a PDF."""

from datetime import UTC, datetime, time
from typing import Any

from binglian.papers.dates import day_zh
from binglian.papers.typesetting import Sheet

from .facts import facts_of
from .paper import MinutesPaper, Resolution


def typeset(paper: MinutesPaper) -> bytes:
    """Typeset the minutes; the same paper gives the same bytes.

    Raises
    ------
    PaperRefused
        A character has no glyph in our fonts.
    """
    content = {
        "alliance": paper.alliance,
        "title": paper.title,
        "number": paper.number or None,
        "facts": facts_of(paper),
        "items": [
            {
                "title": item.title,
                "discussion": item.discussion,
                "resolutions": [_row(resolution) for resolution in item.resolutions],
            }
            for item in paper.items
        ],
        "earlier": [_row(resolution) for resolution in paper.earlier],
        "attendance": [
            {"organisation": a.organisation, "how": a.how, "note": a.note} for a in paper.attendance
        ],
    }
    dated = paper.dated or datetime.combine(paper.held_at.date(), time(), UTC)
    return Sheet("minutes/minutes.typ", content).pdf(dated)


def _row(resolution: Resolution) -> dict[str, Any]:
    return {
        "number": resolution.number,
        "text": resolution.text,
        "owner": resolution.owner,
        "due": day_zh(resolution.due_on) if resolution.due_on else "长期",
        "state": resolution.state,
    }
