"""Durations, lags and hours as MSPDI writes them."""

import re
from datetime import time

from binglian.engine.planning.formats.faults import Code, FormatError

from .tree import Element

_DURATION = re.compile(
    r"(?P<minus>-)?P(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9})(?:\.\d+)?S)?)?"
)
#: Formats of durations and lags; from 32 on the same ones, estimated.
ELAPSED = {4, 6, 8, 10, 12, 20}
PERCENT = {19, 20}
DAYS, HOURS = 7, 5


def format_of(element: Element, name: str) -> int:
    """Return a duration format, 21 if it says none."""
    code = element.whole(name, 21)
    return code - 32 if code >= 32 else code


def minutes_of(element: Element, name: str) -> int | None:
    """Return a duration such as ``PT40H0M0S`` in minutes, rounded up; None if there is none."""
    found = element.first(name)
    text = found.text.strip() if found else ""
    if found is None or not text:
        return None
    read = _DURATION.fullmatch(text)
    if not read or not re.search(r"\d", text):
        raise FormatError(Code.DURATION, line=found.line, field=name, value=text)
    if read["minus"]:
        raise FormatError(Code.LEAST, line=found.line, field=name, value=text, least=0)
    parts = {key: int(read[key] or 0) for key in ("days", "hours", "minutes", "seconds")}
    seconds = 60 * (60 * (24 * parts["days"] + parts["hours"]) + parts["minutes"])
    minutes = -(-(seconds + parts["seconds"]) // 60)
    if minutes > 10**9:
        raise FormatError(Code.MOST, line=found.line, field=name, value=text, most="10^9")
    return minutes


def duration_text(minutes: int) -> str:
    """Return minutes as ``PT40H0M0S``."""
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def minute_of_day(element: Element, name: str) -> int:
    """Return a time of day in minutes since midnight."""
    found = element.first(name)
    if found is None:
        raise FormatError(Code.MISSING, line=element.line, field=name)
    try:
        read = time.fromisoformat(found.text.strip().rpartition("T")[2])
    except ValueError as error:
        value = found.text.strip()
        raise FormatError(Code.MOMENT, line=found.line, field=name, value=value) from error
    return 60 * read.hour + read.minute
