"""Find the headings of a list among title rows, and the rows that belong to it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openpyxl.utils import get_column_letter

from binglian.sheets.cells import normalise
from binglian.sheets.columns import COLUMNS, SHEET_TITLES, Column, SheetKind
from binglian.sheets.reading.files import RawSheet

_SEARCHED_ROWS = 30
_SILENT_HEADINGS = {"序号", "问题", "problems", "#"}
_NOTE = re.compile(
    r"(注意?|备注|说明|填表说明|填报说明|提示|填表人?|填报人?|制表人?|审核人?|审批人?|负责人|经办人|"
    r"填表单位|填报单位|填报日期|填表日期|日期|note|notes|filled in by|prepared by|remarks?)"
    r"\s*(\([^)]*\))?\s*[::].*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(r"(合计|总计|小计|共计|本页合计|total|subtotal|sum)[::]?", re.IGNORECASE)
_SECTION = re.compile(r"(\(?[一二三四五六七八九十]+\)?[、.]|第[一二三四五六七八九十]+部分).*")
_SERIAL = re.compile(r"\d{1,5}[.、]?")


@dataclass(frozen=True)
class Row:
    """One row of the list: ``number`` as the spreadsheet shows it, raw values by column key."""

    number: int
    cells: Mapping[str, Any]
    columns: Mapping[str, int]

    def letter_of(self, key: str) -> str:
        """The spreadsheet's letter of a column, "" when the list lacks it."""
        return get_column_letter(self.columns[key] + 1) if key in self.columns else ""


@dataclass(frozen=True)
class Table:
    """A recognised list. ``columns`` maps keys to 0-based column indices.

    ``heading_row`` is the last row of the headings (1-based), 0 when none was found;
    ``year`` is the year named above the headings or in the sheet's name.
    """

    sheet: str
    kind: SheetKind | None
    heading_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    unknown: tuple[str, ...]
    missing_required: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[int, ...]
    year: int | None

    def letter_of(self, key: str) -> str:
        """The spreadsheet's letter of a column, "" when the list lacks it."""
        return get_column_letter(self.columns[key] + 1) if key in self.columns else ""


@dataclass(frozen=True)
class _Headings:
    row: int  # 1-based, the lower of two lines
    texts: tuple[str, ...]
    columns: dict[str, int]


def recognise(
    sheet: RawSheet,
    columns: Sequence[Column],
    mapping: Mapping[str, int | None] | None = None,
) -> Table:
    """Find the list in a sheet.

    ``mapping`` (key → 0-based column, None to leave a column out) overrides what the
    headings say. Rows that are blank, notes, totals, section titles, repeated headings or
    hold nothing but a serial number are skipped.
    """
    found = _find_headings(sheet, columns) or _unread_headings(sheet, mapping)
    chosen = dict(found.columns)
    for key, index in (mapping or {}).items():
        chosen = {k: i for k, i in chosen.items() if k != key and i != index}
        if index is not None:
            chosen[key] = index
    chosen = {c.key: chosen[c.key] for c in columns if c.key in chosen}

    used = set(chosen.values())
    unknown = [
        text
        for i, text in enumerate(found.texts)
        if text and i not in used and text.casefold() not in _SILENT_HEADINGS
    ]
    rows, skipped = _rows_below(sheet, found, chosen) if found.row else ([], [])
    return Table(
        sheet=sheet.name,
        kind=next((kind for kind, known in COLUMNS.items() if known is columns), None),
        heading_row=found.row,
        columns=chosen,
        headings={key: found.texts[i] for key, i in chosen.items() if i < len(found.texts)},
        unknown=tuple(dict.fromkeys(unknown)),
        missing_required=tuple(c for c in columns if c.required and c.key not in chosen),
        rows=tuple(rows),
        skipped=tuple(skipped),
        year=_year_named([sheet.name, *_texts(sheet.rows[: max(found.row - 1, 0)])]),
    )


def guess_kind(sheet: RawSheet) -> SheetKind | None:
    """Which list a sheet holds, by its headings, its titles and its name."""
    scores: dict[SheetKind, int] = {}
    for kind, columns in COLUMNS.items():
        found = _find_headings(sheet, columns)
        if not found:
            continue
        named = [sheet.name, *_texts(sheet.rows[: found.row])]
        hints = {*SHEET_TITLES[kind], *_KIND_WORDS[kind]}
        said = any(hint.casefold() in text.casefold() for text in named for hint in hints)
        missing = sum(c.required and c.key not in found.columns for c in columns)
        scores[kind] = 2 * len(found.columns) + 3 * said - 3 * missing
    best = max(scores.values(), default=0)
    return next((kind for kind, score in scores.items() if score == best), None)


_KIND_WORDS: dict[SheetKind, tuple[str, ...]] = {
    "members": ("成员名单", "成员单位名单", "单位名单", "member"),
    "offers": ("资源", "供给", "offer", "resource"),
    "needs": ("需求", "need", "request"),
    "places": ("里院", "历史建筑", "文物", "courtyard", "heritage"),
}


def _texts(rows: Iterable[Sequence[Any]]) -> list[str]:
    return [normalise(value) for row in rows for value in row if isinstance(value, str)]


def _year_named(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
        if found:
            return int(found[1])
    return None


def _find_headings(sheet: RawSheet, columns: Sequence[Column]) -> _Headings | None:
    best: _Headings | None = None
    for i, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        upper = [_heading_text(value) for value in row]
        if len(set(filter(None, upper))) < 2:
            continue
        below = sheet.rows[i + 1] if i + 1 < len(sheet.rows) else ()
        lower = [_heading_text(value) for value in below]
        candidates = [_Headings(i + 1, tuple(upper), _recognised([(t,) for t in upper], columns))]
        if any(lower):
            pairs = [(low or up, up + low, up) for up, low in zip(upper, lower, strict=True)]
            texts = tuple(low or up for up, low in zip(upper, lower, strict=True))
            candidates.append(_Headings(i + 2, texts, _recognised(pairs, columns)))
        for candidate in candidates:
            if len(candidate.columns) >= 2 and (
                best is None or len(candidate.columns) > len(best.columns)
            ):
                best = candidate
    return best


def _unread_headings(sheet: RawSheet, mapping: Mapping[str, int | None] | None) -> _Headings:
    """With a mapping by hand, the first row with two different texts is the heading."""
    for i, row in enumerate(sheet.rows[:_SEARCHED_ROWS] if mapping else ()):
        texts = tuple(_heading_text(value) for value in row)
        if len(set(filter(None, texts))) >= 2:
            return _Headings(i + 1, texts, {})
    return _Headings(0, (), {})


def _heading_text(value: Any) -> str:
    return normalise(value) if isinstance(value, str) and len(value) <= 60 else ""


@lru_cache(maxsize=8_192)
def _forms(text: str) -> tuple[str, ...]:
    """A heading as compared: 需求单位(盖章)* → 需求单位盖章, 需求单位."""
    text = re.sub(r"^\(?[\d一二三四五六七八九十]+\)?[.、]\s*", "", normalise(text).casefold())
    whole = re.sub(r"[\s*※★☆::()【】\[\]_.·\-]+", "", text)
    without = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", text)
    return tuple(dict.fromkeys((whole, re.sub(r"[\s*※★☆::()【】\[\]_.·\-]+", "", without))))


def _recognised(headings: Sequence[tuple[str, ...]], columns: Sequence[Column]) -> dict[str, int]:
    """Assign headings to columns, the surest first; each is used once."""
    claims = []
    for index, texts in enumerate(headings):
        for depth, text in enumerate(texts):
            forms = [form for form in _forms(text) if form]
            for column in columns:
                for rank, word in enumerate((column.zh, column.en, column.key, *column.synonyms)):
                    sureness = _sureness(forms, _forms(word)[0], rank)
                    if sureness is not None:
                        claims.append((sureness, depth, index, column.key))
    chosen: dict[str, int] = {}
    taken: set[int] = set()
    for _sure, _depth, index, key in sorted(claims):
        if key not in chosen and index not in taken:
            chosen[key] = index
            taken.add(index)
    return _unit_beside_quantity(chosen, headings, {column.key for column in columns})


def _sureness(forms: Sequence[str], word: str, rank: int) -> tuple[int, int] | None:
    if word in forms:
        return (0 if rank < 3 else 1), rank
    # 可提供资源名称 contains 资源名称; shorter words would match by accident.
    if len(word) >= 4 and any(word in form for form in forms):
        return 2, -len(word)
    return None


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


def _rows_below(
    sheet: RawSheet, found: _Headings, chosen: Mapping[str, int]
) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    skipped: list[int] = []
    noted = False
    for number, values in enumerate(sheet.rows[found.row :], found.row + 1):
        filled = [value for value in values if value is not None]
        if not filled:
            continue
        cells = {
            key: values[i] for key, i in chosen.items() if i < len(values) and values[i] is not None
        }
        noted = noted or _is_note(filled)
        if _says_nothing(filled, cells, found, values) or (noted and _alone(filled)):
            skipped.append(number)
        else:
            rows.append(Row(number, cells, chosen))
    return rows, skipped


def _is_note(filled: Sequence[Any]) -> bool:
    return isinstance(filled[0], str) and bool(_NOTE.fullmatch(normalise(filled[0])))


def _alone(filled: Sequence[Any]) -> bool:
    """One value, perhaps merged across the row."""
    return len(set(map(str, filled))) == 1


def _says_nothing(
    filled: Sequence[Any], cells: Mapping[str, Any], found: _Headings, values: Sequence[Any]
) -> bool:
    first = normalise(filled[0])
    if _is_note(filled) or _TOTAL.fullmatch(first):
        return True
    if _alone(filled) and (_SECTION.fullmatch(first) or (len(filled) >= 3 and len(values) >= 3)):
        return True
    if not cells or (set(cells) == {"number"} and _SERIAL.fullmatch(normalise(cells["number"]))):
        return True
    repeated = [_heading_text(v) for v in values if not isinstance(v, dt.date | None)]
    return [t for t in repeated if t] == [t for t in found.texts if t]
