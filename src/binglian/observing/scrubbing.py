"""What never stands in a log: how to reach a person, and secrets."""

import re
from collections.abc import Callable, Iterable

#: What stands in place of what was taken out.
GONE = "[…]"

_PATTERNS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    r"(?<![\w.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\w)",  # mobile phone
    r"(?<![\w.-])0\d{2,3}[ -]?\d{7,8}(?!\w)",  # telephone with its area code
    r"(?<!\w)[1-9]\d{16}[\dXx](?!\w)",  # identity card
    r"\bbl_[\w-]+",  # key of the interfaces
    r"\b(?i:bearer|basic) [\w.~+/=-]{6,}",
    r"(?<=://)[^/\s@]+@",  # name and password in an address
    # PostgreSQL repeats whole rows and statements.
    r"^(?:DETAIL|CONTEXT|LINE \d+): [^\n]*",
)
_PRIVATE = re.compile("|".join(_PATTERNS), re.DOTALL | re.MULTILINE)


def scrubber(secrets: Iterable[str]) -> Callable[[str], str]:
    """A function that takes out ``secrets``, word for word, and whatever looks private.

    A secret shorter than six characters is left: it would tear words of every line apart.
    """
    known = sorted({one for one in secrets if len(one) >= 6}, key=len, reverse=True)
    literal = re.compile("|".join(map(re.escape, known))) if known else None

    def scrub(text: str) -> str:
        if literal:
            text = literal.sub(GONE, text)
        return _PRIVATE.sub(GONE, text)

    return scrub
