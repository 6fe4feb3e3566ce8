"""The responsibility catalogue as a spreadsheet: read, compared with what is there, written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.places.models import Area
from binglian.sheets.reading import RawSheet, read_workbook
from binglian.sheets.reading.files import guarded
from binglian.sheets.writing.books import csv_bytes

from .models import Clock, Responsibility

#: Key → heading in Chinese and in English; either is read, Chinese is written.
HEADINGS = {
    "code": ("代码", "code"),
    "name_zh": ("名称", "name"),
    "name_en": ("英文名称", "name in English"),
    "group_zh": ("大类", "group"),
    "group_en": ("大类英文", "group in English"),
    "keywords": ("关键词", "keywords"),
    "is_public": ("公开", "public"),
    "area": ("范围", "area"),
    "organisation": ("主办单位", "leader"),
    "co_handlers": ("协办单位", "helpers"),
    "contact_hours": ("首次联系小时", "contact hours"),
    "period": ("期限", "period"),
    "clock": ("计时", "clock"),
    "legal_basis": ("依据", "legal basis"),
}
_NEEDED = ("code", "name_zh", "organisation", "period", "clock")
_CLOCKS = {"小时": Clock.HOURS, "hours": Clock.HOURS, "自然日": Clock.CALENDAR_DAYS,
           "days": Clock.CALENDAR_DAYS, "工作日": Clock.WORKING_DAYS,
           "working days": Clock.WORKING_DAYS}  # fmt: skip
_YES, _NO = ("是", "yes", ""), ("否", "no")
_LIST = re.compile(r"[、,，;；]")
CATEGORY_FIELDS = ("name_zh", "name_en", "group_zh", "group_en", "keywords", "is_public")
ENTRY_FIELDS = ("contact_hours", "period", "clock", "legal_basis")


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One good row: what is said of the category, and who answers for it where."""

    row: int
    code: str
    category: Mapping[str, Any]
    area: Area | None
    organisation: Organisation
    co_handlers: tuple[Organisation, ...]
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CataloguePlan:
    """What a file would do; ``problems`` name row, column, value and remedy."""

    alliance: Alliance
    lines: tuple[CatalogueLine, ...]
    problems: tuple[str, ...]


def plan_catalogue(alliance: Alliance, content: bytes, filename: str) -> CataloguePlan:
    """Read a catalogue from an .xlsx or .csv file; nothing is written.

    Raises
    ------
    BadFile
        No spreadsheet.
    """
    reader = _Reader(alliance, read_workbook(content, filename)[0])
    lines = tuple(line for line in map(reader.line, reader.numbers()) if line)
    return CataloguePlan(alliance, lines, tuple(reader.problems))


def catalogue_csv(alliance: Alliance) -> bytes:
    """The catalogue as a .csv file that :func:`plan_catalogue` reads again."""
    entries = Responsibility.objects.filter(category__alliance=alliance)
    entries = entries.select_related("category", "area", "organisation")
    clocks = {clock: word for word, clock in reversed(_CLOCKS.items())}
    lines = [[zh for zh, _en in HEADINGS.values()]]
    for entry in entries.prefetch_related("co_handlers").order_by("category_id", "area_id"):
        category = entry.category
        lines.append(
            [
                guarded(str(cell))
                for cell in (
                    category.code,
                    category.name_zh,
                    category.name_en,
                    category.group_zh,
                    category.group_en,
                    "、".join(category.keywords),
                    _YES[0] if category.is_public else _NO[0],
                    entry.area.name if entry.area else "",
                    entry.organisation.name,
                    "、".join(one.name for one in entry.co_handlers.all()),
                    entry.contact_hours,
                    entry.period,
                    clocks[Clock(entry.clock)],
                    entry.legal_basis,
                )
            ]
        )
    return csv_bytes(lines)


@dataclass
class _Reader:
    """Reads one sheet and collects what is wrong with it."""

    alliance: Alliance
    sheet: RawSheet
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = {word.lower(): key for key, pair in HEADINGS.items() for word in pair}
        head: Sequence[Any] = self.sheet.rows[0] if self.sheet.rows else ()
        self.columns = {
            names[word]: at
            for at, cell in enumerate(head)
            if (word := str(cell or "").strip().lower()) in names
        }
        for key in _NEEDED:
            if key not in self.columns:
                self.problems.append(
                    _("第 1 行没有“%(heading)s”这一列，请补上。") % {"heading": HEADINGS[key][0]}
                )
        self.members = {one.name: one for one in admitted_organisations(self.alliance)}
        self.areas = {area.name: area for area in Area.objects.all()}
        self.seen: dict[tuple[str, str], int] = {}

    def numbers(self) -> list[int]:
        """Numbers of the rows that say something; none where a heading is missing."""
        if self.problems:
            return []
        rows = enumerate(self.sheet.rows[1:], 2)
        return [number for number, row in rows if any(cell is not None for cell in row)]

    def line(self, row: int) -> CatalogueLine | None:
        before = len(self.problems)
        category: dict[str, Any] = {
            key: self._text(row, key) for key in CATEGORY_FIELDS if key in self.columns
        }
        if "keywords" in category:
            category["keywords"] = _split(self._text(row, "keywords"))
        if "is_public" in category:
            category["is_public"] = self._choice(row, "is_public", _YES, _NO)
        for key in ("code", "name_zh"):
            if not self._text(row, key):
                self._wrong(row, key, _("请填写。"))
        leader = self._member(row, "organisation", self._text(row, "organisation"))
        helpers = [
            self._member(row, "co_handlers", n) for n in _split(self._text(row, "co_handlers"))
        ]
        name = self._text(row, "area")
        if name and name not in self.areas:
            self._wrong(row, "area", _("没有这个片区，请先登记，或留空表示全部范围。"))
        clock = _CLOCKS.get(self._text(row, "clock").lower())
        if clock is None:
            self._wrong(row, "clock", _("请写小时、自然日或工作日。"))
        entry = {
            "contact_hours": self._whole(row, "contact_hours", 24),
            "period": self._whole(row, "period", None),
            "clock": clock,
            "legal_basis": self._text(row, "legal_basis")[:200],
        }
        code = self._text(row, "code")
        if (code, name) in self.seen:
            first = self.seen[code, name]
            self._wrong(row, "code", _("与第 %(row)s 行重复。") % {"row": first})
        self.seen[code, name] = row
        if len(self.problems) > before or leader is None:
            return None
        kept = tuple(one for one in helpers if one is not None)
        return CatalogueLine(row, code, category, self.areas.get(name), leader, kept, entry)

    def _text(self, row: int, key: str) -> str:
        at, cells = self.columns.get(key), self.sheet.rows[row - 1]
        value = cells[at] if at is not None and at < len(cells) else None
        return "" if value is None else str(value).strip()

    def _whole(self, row: int, key: str, otherwise: int | None) -> int | None:
        text = self._text(row, key)
        if not text and otherwise is not None:
            return otherwise
        if re.fullmatch(r"[1-9]\d{0,3}(\.0)?", text):
            return int(float(text))
        self._wrong(row, key, _("请写大于零的整数。"))
        return None

    def _choice(self, row: int, key: str, yes: Sequence[str], no: Sequence[str]) -> bool:
        text = self._text(row, key).lower()
        if text not in (*yes, *no):
            self._wrong(row, key, _("请写“是”或“否”。"))
        return text in yes

    def _member(self, row: int, key: str, name: str) -> Organisation | None:
        found = self.members.get(name)
        if found is None:
            self._wrong(row, key, _("不是本联盟成员，请先登记该单位，或改用成员的全称。"), name)
        return found

    def _wrong(self, row: int, key: str, remedy: str, value: str | None = None) -> None:
        letter = get_column_letter(self.columns.get(key, 0) + 1)
        facts = {
            "row": row,
            "column": letter,
            "heading": HEADINGS[key][0],
            "value": self._text(row, key) if value is None else value,
            "remedy": remedy,
        }
        self.problems.append(
            _("第 %(row)s 行 %(column)s 列（%(heading)s）：“%(value)s”%(remedy)s") % facts
        )


def _split(text: str) -> list[str]:
    return [part.strip() for part in _LIST.split(text) if part.strip()]
