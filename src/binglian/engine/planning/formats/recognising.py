"""Which format a file has: by its content first, by its ending where that leaves a choice."""

import re
from enum import StrEnum
from pathlib import PurePath

from .faults import Code, FormatError


class Format(StrEnum):
    """The formats of plans."""

    PSPLIB = "psplib"  # .sm, .mm
    PATTERSON = "patterson"  # .rcp
    SEVERAL = "multi-project"
    PROGEN_MAX = "progen-max"  # .sch
    MSPDI = "mspdi"
    XER = "xer"
    SHEET = "sheet"  # .xlsx, .csv
    JSON = "json"


_ENDINGS = {
    ".sm": Format.PSPLIB,
    ".mm": Format.PSPLIB,
    ".rcp": Format.PATTERSON,
    ".sch": Format.PROGEN_MAX,
    ".xml": Format.MSPDI,
    ".xer": Format.XER,
    ".xlsx": Format.SHEET,
    ".csv": Format.SHEET,
    ".json": Format.JSON,
}
#: How texts in UTF-16 begin.
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def recognise(content: bytes, name: str) -> Format:
    """Return the format of a file. Raises ``FormatError`` if it is none of these."""
    ending = _ENDINGS.get(PurePath(name).suffix.lower())
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise FormatError(Code.EMPTY)
    if start.startswith(b"PK") or ending is Format.SHEET:
        return Format.SHEET
    if start.startswith(b"{"):
        return Format.JSON
    if start.startswith(b"<") or (start.startswith(BYTE_ORDER_MARKS) and ending is Format.MSPDI):
        return Format.MSPDI
    if start.startswith(b"ERMHDR"):
        return Format.XER
    if re.search(rb"PRECEDENCE\s+RELATIONS", content):
        return Format.PSPLIB
    if re.fullmatch(rb"[\s0-9.:+\-\[\]]*", start):
        if b"[" in content:
            return Format.PROGEN_MAX
        if b":" in content:
            return Format.SEVERAL
        return ending or Format.PATTERSON
    if ending is not None:
        return ending
    raise FormatError(Code.UNKNOWN_FORMAT, choices=", ".join(Format))
