"""Making names findable: one normal form for what is stored and what is typed."""

import unicodedata

from pypinyin import Style, lazy_pinyin


def search_text(*parts: str) -> str:
    """Lower-case, width-folded text of all parts with the pinyin and initials of the first."""
    plain = " ".join(unicodedata.normalize("NFKC", part) for part in parts if part).lower()
    name = unicodedata.normalize("NFKC", parts[0]) if parts else ""
    whole = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return f"{plain} {whole} {initials}"


def search_terms(query: str) -> list[str]:
    """The words of a query, in the same normal form; all must occur."""
    return unicodedata.normalize("NFKC", query).lower().split()
