"""The list of matters as a sheet; no way to reach anybody is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from binglian.domain.matters.models import Matter
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut

MATTERS = (
    Column("number", "编号", "Number"),
    Column("reported_on", "提出日期", "Reported on"),
    Column("source", "来源", "Source"),
    Column("text", "内容", "Text"),
    Column("category", "诉求类别", "Category"),
    Column("place", "地点", "Place"),
    Column("area", "街道", "Sub-district"),
    Column("state", "状态", "State"),
    Column("lead", "主办单位", "Lead"),
    Column("due_on", "办理期限", "Due on"),
    Column("replied_on", "答复日期", "Replied on"),
    Column("closed_on", "办结日期", "Closed on"),
    Column("visibility", "公开", "Visibility"),
)


def matters_sheet(matters: Iterable[Matter], language: str) -> SheetOut:
    """One row per matter, days in local time."""
    title = "Matters" if language.startswith("en") else "诉求"
    return SheetOut(title, MATTERS, [_cells(matter) for matter in matters])


def _cells(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "reported_on": _day(matter.reported_at),
        "source": matter.get_source_display(),
        "text": matter.text,
        "category": str(matter.category or ""),
        "place": " ".join(filter(None, (matter.address, matter.courtyard))),
        "area": str(matter.area or ""),
        "state": matter.get_state_display(),
        "lead": str(matter.lead or ""),
        "due_on": _day(matter.due_at),
        "replied_on": _day(matter.replied_at),
        "closed_on": _day(matter.closed_at),
        "visibility": matter.get_visibility_display(),
    }


def _day(at: datetime | None) -> date | None:
    return localtime(at).date() if at else None
