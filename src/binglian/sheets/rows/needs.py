"""Rows of the need list; several rows may be the components of one need."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.cells import Choices, TimeWindow, label, write_windows
from binglian.sheets.columns import KIND_SYNONYMS, MODES, PRIORITIES, YES_NO
from binglian.sheets.reading import Row, Table
from binglian.sheets.rows.problems import Parsed, Problem, problems_of_headings
from binglian.sheets.rows.reader import RowReader, shown

_COMPONENT_KEYS = ("component", "kind", "tags", "quantity", "unit")


@dataclass(frozen=True)
class ComponentRow:
    """One part of a need; ``title`` is "" for a need of a single part."""

    row: int
    title: str
    kind: str
    tags: tuple[str, ...]
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class NeedRow:
    """One need with its components; ``row`` is its first row."""

    sheet: str
    row: int
    number: str
    organisation: str
    title: str
    priority: str
    deadline: dt.date | None
    windows: tuple[TimeWindow, ...]
    place: str
    longitude: float | None
    latitude: float | None
    within_km: Decimal | None
    beneficiaries: int | None
    all_or_nothing: bool
    max_suppliers: int | None
    prefers: tuple[str, ...]
    rules_out: tuple[str, ...]
    refuses: tuple[str, ...]
    note: str
    components: tuple[ComponentRow, ...]
    times: int | None = None
    consecutive: bool = False


def parse_needs(
    table: Table,
    *,
    kinds: Choices = KIND_SYNONYMS,
    year: int | None = None,
    organisation: str = "",
) -> Parsed[NeedRow]:
    """Read the needs, joining the rows of one bundle.

    Rows belong together when they repeat the number, or when they stand below with number
    and title blank (or, without a number, repeat organisation and title and name a component).
    A bundle with one bad component is left out whole. ``year`` completes dates without one;
    ``organisation`` stands where the cell is blank.
    """
    given = frozenset({"organisation"} if organisation else ())
    problems = problems_of_headings(table, given=given)
    rows: list[NeedRow] = []
    for bundle in _bundles(table) if not problems else ():
        need, found = _need(table, bundle, kinds, year, organisation)
        problems += found
        if need:
            rows.append(need)
    return Parsed(tuple(rows), tuple(problems))


@dataclass
class _Bundle:
    """Rows of one need; ``cells`` holds the first value said of each column, and where."""

    rows: list[Row] = field(default_factory=list)
    cells: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        for key, value in row.cells.items():
            if key not in self.cells:
                self.cells[key], self.origins[key] = value, row.number

    def text(self, key: str) -> str:
        return shown(self.cells.get(key))


def _bundles(table: Table) -> list[_Bundle]:
    bundles: list[_Bundle] = []
    numbered: dict[str, list[_Bundle]] = {}
    for row in table.rows:
        number = shown(row.cells.get("number"))
        near = numbered.setdefault(number, []) if number else bundles[-1:]
        bundle = next((b for b in near if _belongs(row, b)), None)
        if bundle is None:
            bundle = _Bundle()
            bundles.append(bundle)
            near.append(bundle)
        bundle.add(row)
    return bundles


def _belongs(row: Row, bundle: _Bundle) -> bool:
    number, organisation, title = (
        shown(row.cells.get(key)) for key in ("number", "organisation", "title")
    )
    if organisation not in {"", bundle.text("organisation")}:
        return False
    if number:
        return True
    if not title:
        return any(key in row.cells for key in ("component", "kind"))
    repeats = title == bundle.text("title") and organisation and "component" in row.cells
    return bool(repeats) and not bundle.text("number")


def _need(
    table: Table, bundle: _Bundle, kinds: Choices, year: int | None, organisation: str
) -> tuple[NeedRow | None, list[Problem]]:
    first = bundle.rows[0]
    # Cells of the whole need may stand in any of its rows.
    whole = {k: v for k, v in bundle.cells.items() if k not in _COMPONENT_KEYS}
    reader = RowReader(
        table,
        Row(first.number, {**whole, **first.cells}, first.columns),
        year=year,
        origins={k: bundle.origins[k] for k in whole},
    )
    readers = [reader, *(RowReader(table, row, year=year) for row in bundle.rows[1:])]
    components = tuple(_component(each, kinds) for each in readers)
    for each in readers[1:]:
        _compare(each, reader)

    longitude, latitude = reader.position()
    need = NeedRow(
        sheet=table.sheet,
        row=first.number,
        number=reader.text("number"),
        organisation=reader.required("organisation", organisation),
        title=reader.required("title"),
        priority=reader.choice("priority", PRIORITIES, "ordinary"),
        deadline=reader.date("deadline"),
        windows=reader.windows(),
        place=reader.text("place"),
        longitude=longitude,
        latitude=latitude,
        within_km=reader.kilometres("within_km"),
        beneficiaries=reader.count("beneficiaries", least=0),
        all_or_nothing=reader.choice("mode", MODES, "all" if len(components) > 1 else "partial")
        == "all",
        max_suppliers=reader.count("max_suppliers", least=1),
        prefers=reader.names("prefers"),
        rules_out=reader.names("rules_out"),
        refuses=reader.tags("refuses"),
        note=reader.text("note"),
        components=components,
        times=reader.count("times", least=1),
        consecutive=reader.choice("consecutive", YES_NO, "no") == "yes",
    )
    problems = [problem for each in readers for problem in each.problems]
    return (None if any(each.failed for each in readers) else need), problems


def _component(reader: RowReader, kinds: Choices) -> ComponentRow:
    quantity, unit = reader.amount_and_unit()
    return ComponentRow(
        row=reader.row.number,
        title=reader.text("component"),
        kind=reader.required_choice("kind", kinds),
        tags=reader.tags("tags"),
        quantity=quantity,
        unit=unit,
    )


def _compare(other: RowReader, first: RowReader) -> None:
    """What a later row says about the whole need must not contradict the first."""
    for key in other.row.cells:
        said, before = shown(other.row.cells[key]), shown(first.row.cells.get(key))
        if key in _COMPONENT_KEYS or said == before:
            continue
        if key == "title":
            other.note(
                key,
                _("编号相同，名称却不同：“%(said)s”与第 %(row)s 行的“%(before)s”。")
                % {"said": said, "before": before, "row": first.row_of(key)},
                _("不同的需求请用不同的编号。"),
            )
        else:
            other.note(
                key,
                _("“%(said)s”与第 %(row)s 行的“%(before)s”不同。")
                % {"said": said, "before": before, "row": first.row_of(key)},
                _("按第 %(row)s 行计，请核实。") % {"row": first.row_of(key)},
                "warning",
            )


def need_cells(
    row: NeedRow, language: str = "zh-hans", *, kinds: Choices = KIND_SYNONYMS
) -> list[dict[str, Any]]:
    """The need as cells for ``SheetOut``, one dict per component; need-level cells come first.

    A bundle without a number is recognised by its blank title below the first row.
    """
    whole: dict[str, Any] = {
        "number": row.number,
        "organisation": row.organisation,
        "title": row.title,
        "priority": label(PRIORITIES, row.priority, language),
        "deadline": row.deadline,
        "windows": write_windows(row.windows, language),
        "place": row.place,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "within_km": row.within_km,
        "beneficiaries": row.beneficiaries,
        "mode": label(MODES, "all" if row.all_or_nothing else "partial", language),
        "times": row.times,
        "consecutive": label(YES_NO, "yes", language) if row.consecutive else "",
        "max_suppliers": row.max_suppliers,
        "prefers": "、".join(row.prefers),
        "rules_out": "、".join(row.rules_out),
        "refuses": "、".join(row.refuses),
        "note": row.note,
    }
    below = {"number": row.number, "organisation": row.organisation if row.number else ""}
    return [
        (whole if i == 0 else below)
        | {
            "component": part.title,
            "kind": label(kinds, part.kind, language),
            "tags": "、".join(part.tags),
            "quantity": part.quantity,
            "unit": part.unit,
        }
        for i, part in enumerate(row.components)
    ]
