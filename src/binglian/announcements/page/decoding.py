"""From the bytes of a saved page to text."""

import codecs
import re

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096  # bytes in which a page must say its encoding


class UnreadableFile(ValueError):
    """The file is not text in any encoding that Chinese pages use."""


def decode(content: bytes) -> str:
    """Return the text of a page.

    What the bytes are counts before what the page says of itself: a page saved anew by a browser
    is UTF-8 while it still declares GB2312. GB2312 and GBK are read as GB18030, which holds both.

    Raises
    ------
    UnreadableFile
        It is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in content[:_LOOKED_AT]:
        raise UnreadableFile("binary")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding in (_declared(content), "gb18030", "big5"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    # A page with a few broken bytes is still a page.
    text = content.decode("gb18030", errors="replace")
    if text.count("\ufffd") * 50 > len(text):
        text = content.decode("utf-8", errors="replace")
    if text.count("\ufffd") * 50 > len(text):
        raise UnreadableFile("unknown encoding")
    return text


def _declared(content: bytes) -> str:
    found = _DECLARED.search(content[:_LOOKED_AT])
    name = found.group(1).decode("ascii", "replace").lower() if found else "gb18030"
    return "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "utf-8", "utf8") else name
