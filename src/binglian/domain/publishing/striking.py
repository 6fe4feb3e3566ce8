"""What people wrote into a list, without what could lead to a person."""

from __future__ import annotations

import re
from functools import lru_cache

from binglian.domain.matters.redaction import Kind, personal_in

#: Put where something was struck out.
STRUCK = "■■■"
#: Names are guesses by surname, and street and family names share their characters; numbers and
#: addresses are certain by their form.
_STRUCK = frozenset(Kind) - {Kind.NAME}
_HANDLE = re.compile(r"(?:微信|QQ|WeChat)\s*(?:号)?\s*[:：]?\s*[\w.-]{5,}", re.I | re.A)


@lru_cache(4096)
def without_personal(text: str) -> str:
    """The text with telephone, identity and card numbers, plates and addresses struck out.

    >>> without_personal("借用请拨 13900000000")
    '借用请拨 ■■■'
    """
    for found in reversed(personal_in(text)):
        if found.kind in _STRUCK:
            text = text[: found.start] + STRUCK + text[found.end :]
    return _HANDLE.sub(STRUCK, text)
