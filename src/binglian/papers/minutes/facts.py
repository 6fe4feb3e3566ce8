"""The lines at the head of the minutes, the same in both formats."""

from binglian.papers.dates import moment_zh

from .paper import MinutesPaper


def facts_of(paper: MinutesPaper) -> list[tuple[str, str]]:
    """Label and text of time, place, chair and next meeting; what is not known is left out."""
    lines = [
        ("时　　间", moment_zh(paper.held_at)),
        ("地　　点", paper.place),
        ("主持单位", paper.chair),
        ("下次会议", paper.next_meeting),
    ]
    return [(label, text) for label, text in lines if text]
