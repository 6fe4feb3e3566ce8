"""Find the headings of a list among title rows: which column each text names, how surely."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from binglian.sheets.cells import normalise
from binglian.sheets.columns import Column
from binglian.sheets.reading.files import RawSheet

_SEARCHED_ROWS = 30

_Claim = tuple[int, int, str]
"""Sureness (least is surest), rank among the same sureness, column key."""


@dataclass(frozen=True)
class Headings:
    """A row of headings: its texts, and which column stands where (key → 0-based index)."""

    row: int  # 1-based, the lower of two lines
    texts: tuple[str, ...]
    columns: dict[str, int]


def find_headings(sheet: RawSheet, columns: Sequence[Column]) -> Headings | None:
    """The row, or pair of rows, that names the most columns; None where fewer than two are."""
    best: Headings | None = None
    vocabulary = _Vocabulary(columns)
    for i, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        upper = [heading_text(value) for value in row]
        if len(set(filter(None, upper))) < 2:
            continue
        below = sheet.rows[i + 1] if i + 1 < len(sheet.rows) else ()
        lower = [heading_text(value) for value in below]
        candidates = [Headings(i + 1, tuple(upper), _recognised([(t,) for t in upper], vocabulary))]
        if any(lower):
            pairs = [(low or up, up + low, up) for up, low in zip(upper, lower, strict=True)]
            texts = tuple(low or up for up, low in zip(upper, lower, strict=True))
            candidates.append(Headings(i + 2, texts, _recognised(pairs, vocabulary)))
        for candidate in candidates:
            if len(candidate.columns) >= 2 and (
                best is None or len(candidate.columns) > len(best.columns)
            ):
                best = candidate
    return best


def unread_headings(sheet: RawSheet, mapping: Mapping[str, int | None] | None) -> Headings:
    """With a mapping by hand, the first row with two different texts is the heading."""
    for i, row in enumerate(sheet.rows[:_SEARCHED_ROWS] if mapping else ()):
        texts = tuple(heading_text(value) for value in row)
        if len(set(filter(None, texts))) >= 2:
            return Headings(i + 1, texts, {})
    return Headings(0, (), {})


def heading_text(value: Any) -> str:
    """What a cell says as a heading, "" where it cannot be one."""
    return normalise(value) if isinstance(value, str) and len(value) <= 60 else ""


@lru_cache(maxsize=8_192)
def _forms(text: str) -> tuple[str, ...]:
    """A heading as compared: 需求单位(盖章)* → 需求单位盖章, 需求单位."""
    text = re.sub(r"^\(?[\d一二三四五六七八九十]+\)?[.、]\s*", "", normalise(text).casefold())
    whole = re.sub(r"[\s*※★☆::()【】\[\]_.·\-]+", "", text)
    without = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", text)
    return tuple(dict.fromkeys((whole, re.sub(r"[\s*※★☆::()【】\[\]_.·\-]+", "", without))))


class _Vocabulary:
    """What the headings of a list may be called, and how surely a text names a column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.keys = {column.key for column in columns}
        self._exact: dict[str, list[_Claim]] = {}
        self._within: list[tuple[str, _Claim]] = []
        self._known: dict[str, set[_Claim]] = {}
        for column in columns:
            for rank, word in enumerate((column.zh, column.en, column.key, *column.synonyms)):
                form = _forms(word)[0]
                claim = (0 if rank < 3 else 1), rank, column.key
                self._exact.setdefault(form, []).append(claim)
                # 可提供资源名称 contains 资源名称; shorter words would match by accident.
                if len(form) >= 4:
                    self._within.append((form, (2, -len(form), column.key)))

    def claims_of(self, text: str) -> set[_Claim]:
        """The columns that a heading may name, each with its sureness; the least is surest."""
        if text not in self._known:
            forms = [form for form in _forms(text) if form]
            found = {claim for form in forms for claim in self._exact.get(form, ())}
            found |= {claim for word, claim in self._within if any(word in form for form in forms)}
            self._known[text] = found
        return self._known[text]


def _recognised(headings: Sequence[tuple[str, ...]], vocabulary: _Vocabulary) -> dict[str, int]:
    """Assign headings to columns, the surest first; each is used once."""
    claims = [
        (sureness, rank, depth, index, key)
        for index, texts in enumerate(headings)
        for depth, text in enumerate(texts)
        for sureness, rank, key in vocabulary.claims_of(text)
    ]
    chosen: dict[str, int] = {}
    taken: set[int] = set()
    for _sureness, _rank, _depth, index, key in sorted(claims):
        if key not in chosen and index not in taken:
            chosen[key] = index
            taken.add(index)
    return _unit_beside_quantity(chosen, headings, vocabulary.keys)


def _unit_beside_quantity(
    chosen: dict[str, int], headings: Sequence[tuple[str, ...]], keys: set[str]
) -> dict[str, int]:
    """A bare 单位 to the right of 数量 is the unit of measure, not the organisation."""
    beside = chosen.get("quantity", -2) + 1
    if "unit" not in keys or "unit" in chosen or not 0 < beside < len(headings):
        return chosen
    if normalise(headings[beside][0]) not in {"单位", "Unit", "unit"}:
        return chosen
    moved = {key: index for key, index in chosen.items() if index != beside} | {"unit": beside}
    if "organisation" not in moved:
        others = (i for i, texts in enumerate(headings) if "单位" in texts[0] and i != beside)
        free = next((i for i in others if i not in moved.values()), None)
        moved |= {} if free is None else {"organisation": free}
    return moved
