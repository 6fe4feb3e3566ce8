"""Tables of figures, and the pages they stand on."""

from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

from .processes import Report

OPENS, CLOSES = "<!-- measured -->", "<!-- /measured -->"


def table(head: Iterable[str], lines: Iterable[list[str]]) -> str:
    """Return a table in Markdown."""
    names = list(head)
    rows = [names, ["---"] * len(names), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def number(value: float | None, decimals: int = 1) -> str:
    """Return a figure, or a dash where there is none."""
    return "–" if value is None else f"{value:,.{decimals}f}"


def share(value: float | None, decimals: int = 2) -> str:
    """Return a share in percent, or a dash where there is none."""
    return "–" if value is None else f"{value:.{decimals}%}"


def mean(runs: Iterable[Report], key: str) -> float | None:
    """Return the mean of a figure over the runs that have it; None if none has."""
    found = [run[key] for run in runs if run.get(key) is not None]
    return fmean(found) if found else None


def put_into(page: Path, measured: str) -> None:
    """Replace what stands between the two marks of a page.

    Raises
    ------
    ValueError
        The page lacks one of the marks.
    """
    text = page.read_text(encoding="utf-8")
    before, opens, rest = text.partition(OPENS)
    _old, closes, after = rest.partition(CLOSES)
    if not (opens and closes):
        raise ValueError(f"{page}: the marks {OPENS} and {CLOSES} are not both there")
    page.write_text(f"{before}{OPENS}\n{measured.strip()}\n{CLOSES}{after}", encoding="utf-8")
