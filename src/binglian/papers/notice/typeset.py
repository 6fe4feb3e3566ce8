"""A notice as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime, time

from binglian.papers.dates import day_zh
from binglian.papers.typesetting import Sheet

from .paper import NoticePaper

_LATER = "签收后填写"


def typeset(paper: NoticePaper) -> bytes:
    """Typeset the notice; the same paper gives the same bytes.

    Raises
    ------
    PaperRefused
        A character has no glyph in our fonts.
    """
    content = {
        "alliance": paper.alliance,
        "number": paper.number,
        "organisation": paper.organisation,
        "facts": [
            ("工　　地", paper.project),
            ("部　　位", paper.place),
            ("类别等级", f"{paper.family}　{paper.grade}"),
            ("问　　题", paper.what),
        ],
        "five": [
            ("定责任人", f"{paper.organisation}　{paper.post or _LATER}"),
            ("定 时 间", f"{day_zh(paper.due_on)}前"),
            ("定 责 任", paper.duty or _LATER),
            ("定 标 准", paper.standard),
            ("定 措 施", paper.measure or _LATER),
        ],
        "stop": paper.stop or None,
        "drawings": [
            {"svg": one.svg, "caption": one.caption, "alternative": one.alternative}
            for one in paper.drawings
        ],
        "steps": [(day_zh(on), what, words) for on, what, words in paper.steps],
        "issued": day_zh(paper.issued_on),
    }
    dated = paper.dated or datetime.combine(paper.issued_on, time(), UTC)
    return Sheet("notice/notice.typ", content).pdf(dated)
