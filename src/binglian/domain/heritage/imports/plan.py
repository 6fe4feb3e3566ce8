"""Compare an inventory with the places on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import shapely
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from binglian.domain.alliance.imports import (
    ImportPlan,
    Line,
    Names,
    Notes,
    Reading,
    Verdict,
    differences,
    merged,
)
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.heritage.models import Place
from binglian.domain.places.models import Area
from binglian.geography.outlines import DECIMALS, as_geojson, only_polygons
from binglian.sheets.cells.words import comparable
from binglian.sheets.columns import PLACES
from binglian.sheets.rows import PlaceRow, place_cells
from binglian.sheets.rows.places import COUNTS, RESPONSIBLE

_TEXTS = (
    "name_zh", "name_en", "address", "grade_basis", "key_parts", "history", "history_en", "built",
    "structure", "intended_trade", "actual_use", "note",
)  # fmt: skip
_SAME = (*_TEXTS, "longitude", "latitude", "floor_area", *COUNTS)
#: A blank cell says nothing about these: what is on record stays.
_KEPT_WHEN_BLANK = ("number", "kind", "state", "public", "area")
_LINE = [state.value for state in Place.LINE]


def plan_places(alliance: Alliance, reading: Reading) -> ImportPlan:
    """What an inventory would do; nothing is written.

    A place is known by its number or, where that is blank, by its name. Columns that the file
    lacks are left as they are.
    """
    planner = _Planner(alliance, reading)
    lines = [line for row in reading.parsed.rows if (line := planner.line(row))]
    problems = planner.notes.in_order(reading.parsed.problems)
    return ImportPlan(alliance, "places", tuple(lines), problems)


def place_row(place: Place) -> PlaceRow:
    """A place as a row of the inventory. Load ``area``, ``part_of`` and guardians with it."""
    responsible: dict[str, Any] = {
        role: tuple(
            sorted(
                guardian.organisation.name
                for guardian in place.guardians.all()
                if guardian.role == role and guardian.until_on is None
            )
        )
        for role in RESPONSIBLE
    }
    return PlaceRow(
        sheet="",
        row=0,
        number=place.number,
        kind=place.kind,
        part_of=place.part_of.number if place.part_of else "",
        area=place.area.name if place.area else "",
        outline=_written(place.outline),
        grade=place.grade,
        tenancy=place.tenancy,
        condition=place.condition,
        fire_access={True: "yes", False: "no", None: ""}[place.has_fire_access],
        state=place.state,
        state_on=place.state_on,
        public="yes" if place.is_public else "no",
        **responsible,
        **{name: getattr(place, name) for name in _SAME},
    )


def with_names(places: QuerySet[Place]) -> QuerySet[Place]:
    """Places with everything a row says of them."""
    return places.select_related("area", "part_of").prefetch_related("guardians__organisation")


def _written(outline: dict[str, Any] | None) -> str:
    """An outline as text, to the decimals that are stored."""
    return shapely.to_wkt(shape(outline), rounding_precision=DECIMALS) if outline else ""


class _Planner:
    def __init__(self, alliance: Alliance, reading: Reading) -> None:
        self.notes = Notes(list(reading.tables))
        self.names = Names(alliance)
        self.areas = {comparable(area.name): area for area in Area.objects.all()}
        self.by_number: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        for place in with_names(alliance.heritage.all()).order_by("pk"):
            self.by_number[place.number] = place
            self.by_name.setdefault(comparable(place.name_zh), []).append(place)
        rows: Iterable[PlaceRow] = reading.parsed.rows
        self.listed = {text for row in rows for text in (row.number, comparable(row.name_zh))}
        self.taken: dict[int | str, int] = {}

    def line(self, row: PlaceRow) -> Line | None:
        """The line of one row; ``None`` when something is wrong with it."""
        place = self._find(row)
        area, outline = self._area(row), self._outline(row)
        guardians = {role: self._organisations(row, role) for role in RESPONSIBLE}
        row = self._as_on_record(row, area, outline, guardians)
        before, silent = place_row(place) if place else None, self._silent(row)
        if place and before:
            row = merged(before, row, silent)
            area = place.area if "area" in silent else area
            outline = place.outline if "outline" in silent else outline
        facts = self._facts(row) | {"area": area, "outline": outline}
        self._check(row, place)
        candidate = Place(**{name: facts[name] for name in _TEXTS})
        self.notes.check_fields(row, candidate, {name: name for name in _TEXTS})
        if self.notes.failed(row):
            return None
        changes = differences(self._cells(before), self._cells(row)) if before else {}
        verdict = Verdict.CREATE if place is None else Verdict.CHANGE if changes else Verdict.SAME
        said = {role: found for role, found in guardians.items() if role not in silent}
        told = {"place": facts, "guardians": said, "part_of": row.part_of}
        return Line(row.sheet, row.row, row.name_zh, verdict, told, place, changes)

    def _find(self, row: PlaceRow) -> Place | None:
        if row.number:
            place = self.by_number.get(row.number)
        else:
            named = self.by_name.get(comparable(row.name_zh), [])
            if len(named) > 1:
                numbers = _("、").join(one.number for one in named)
                self.notes.add(
                    row,
                    "number",
                    "",
                    _("有几处都叫“%(name)s”：%(numbers)s。")
                    % {"name": row.name_zh, "numbers": numbers},
                    _("请填编号，说明是哪一处。"),
                )
            place = named[0] if named else None
        key = place.pk if place else row.number or comparable(row.name_zh)
        earlier = self.taken.setdefault(key, row.row)
        if earlier != row.row:
            self.notes.add(
                row,
                "number",
                row.number,
                _("与第 %(row)s 行重复。") % {"row": earlier},
                _("请换一个编号；若是同一处，请删去一行。"),
            )
        return place

    def _as_on_record(
        self,
        row: PlaceRow,
        area: Area | None,
        outline: dict[str, Any] | None,
        guardians: dict[str, list[Organisation]],
    ) -> PlaceRow:
        """The row with what it names, and draws, written as it is on record."""
        row = self.notes.as_written(row, *_TEXTS)
        named = self.by_name.get(comparable(row.part_of), []) if row.part_of else []
        part_of = named[0].number if len(named) == 1 else row.part_of
        names: dict[str, Any] = {
            role: tuple(one.name for one in found) for role, found in guardians.items()
        }
        return replace(
            row,
            part_of=part_of,
            area=area.name if area else row.area,
            outline=_written(outline),
            **names,
        )

    def _silent(self, row: PlaceRow) -> list[str]:
        silent = [c.key for c in PLACES if not self.notes.has_column(row, c.key)]
        return silent + [key for key in _KEPT_WHEN_BLANK if not getattr(row, key)]

    def _facts(self, row: PlaceRow) -> dict[str, Any]:
        return {name: getattr(row, name) for name in _SAME} | {
            "number": row.number,
            "kind": row.kind or Place.Kind.COURTYARD.value,
            "grade": row.grade,
            "tenancy": row.tenancy,
            "condition": row.condition,
            "has_fire_access": {"yes": True, "no": False}.get(row.fire_access),
            "state": row.state or (_LINE[1] if row.grade else _LINE[0]),
            "state_on": row.state_on,
            "is_public": row.public == "yes",
        }

    def _area(self, row: PlaceRow) -> Area | None:
        area = self.areas.get(comparable(row.area)) if row.area else None
        if row.area and area is None:
            self.notes.add(
                row,
                "area",
                row.area,
                _("没有登记过这个社区或街道。"),
                _("请留空（有经纬度时自动认出街道），或先登记该片区。"),
            )
        return area

    def _outline(self, row: PlaceRow) -> dict[str, Any] | None:
        if not row.outline:
            return None
        try:
            drawn = only_polygons(shapely.make_valid(shapely.from_wkt(row.outline)))
        except (ShapelyError, ValueError, TypeError):
            drawn = None
        west, south, east, north = drawn.bounds if drawn else (0, 0, 0, 0)
        is_on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
        if not drawn or drawn.is_empty or not is_on_earth:
            self.notes.add(
                row,
                "outline",
                row.outline[:40],
                _("轮廓不是以经纬度写的 WKT 多边形。"),
                _("请写 POLYGON ((经度 纬度, …))，或留空。"),
            )
            return None
        return as_geojson(drawn)

    def _organisations(self, row: PlaceRow, role: str) -> list[Organisation]:
        found, unknown = self.names.find_all(getattr(row, role))
        for name in unknown:
            message = _("成员名单里没有“%(name)s”。") % {"name": name}
            self.notes.add(row, role, name, message, self.names.remedy(name))
        return found

    def _check(self, row: PlaceRow, place: Place | None) -> None:
        if row.vacant_units is not None and row.vacant_units > (row.units or 0):
            self._wrong(row, "vacant_units", _("空置间数不能多于房间数。"), _("请核对两列。"))
        at = _LINE.index(row.state) if row.state else 0
        if at > 0 and not row.grade:
            self._wrong(row, "grade", _("这一阶段须先定级。"), _("请填保护等级，或改为已普查。"))
        if at >= _LINE.index("works") and not row.intended_trade:
            self._wrong(
                row, "intended_trade", _("施工前须写明打算的业态。"), _("请补填，或改正阶段。")
            )
        if at >= _LINE.index("in_use") and not row.actual_use:
            self._wrong(row, "actual_use", _("已投用的须写明实际使用。"), _("空着就写“空置”。"))
        if place and not place.is_before_works and row.intended_trade != place.intended_trade:
            self._wrong(
                row,
                "intended_trade",
                _("施工已经开始，修缮前的打算不能再改。"),
                _("请改回“%(was)s”，现状写在实际使用里。") % {"was": place.intended_trade},
            )
        is_known = row.part_of in self.by_number or row.part_of in self.listed
        named = comparable(row.part_of)
        if row.part_of and not (is_known or named in self.by_name or named in self.listed):
            self._wrong(row, "part_of", _("没有找到所属里院。"), _("请写它的编号或名称。"))

    def _wrong(self, row: PlaceRow, key: str, message: str, remedy: str) -> None:
        self.notes.add(row, key, str(getattr(row, key)), message, remedy)

    def _cells(self, row: PlaceRow) -> dict[str, Any]:
        return place_cells(row, get_language() or "zh-hans")
