"""Rows of the member list."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from binglian.sheets.cells import Choices, label
from binglian.sheets.columns import MEMBER_CATEGORIES, ORGANISATION_KINDS
from binglian.sheets.reading import Table
from binglian.sheets.rows.problems import Parsed, problems_of_headings
from binglian.sheets.rows.reader import RowReader

_MOBILE = re.compile(r"(?<!\d)(\+?86[- ]?)?1[3-9]\d([- ]?\d{4}){2}(?!\d)")


@dataclass(frozen=True)
class MemberRow:
    """One organisation of the list; texts are "" and dates None where blank."""

    sheet: str
    row: int
    name: str
    name_en: str
    kind: str
    category: str
    credit_code: str
    parent: str
    address: str
    longitude: float | None
    latitude: float | None
    desk: str
    joined_on: dt.date | None
    note: str


def parse_members(
    table: Table,
    *,
    kinds: Choices = ORGANISATION_KINDS,
    categories: Choices = MEMBER_CATEGORIES,
    year: int | None = None,
) -> Parsed[MemberRow]:
    """Read the members; ``year`` completes dates without one."""
    problems = problems_of_headings(table)
    rows: list[MemberRow] = []
    first_seen: dict[str, int] = {}
    for row in table.rows if not problems else ():
        reader = RowReader(table, row, year=year)
        member = _member(reader, kinds, categories)
        earlier = first_seen.setdefault(member.name.casefold(), row.number)
        if member.name and earlier != row.number:
            reader.note(
                "name",
                _("“%(name)s”在第 %(row)s 行已出现。") % {"name": member.name, "row": earlier},
                _("请删去重复的一行。"),
            )
        problems += reader.problems
        if not reader.failed:
            rows.append(member)
    return Parsed(tuple(rows), tuple(problems))


def _member(reader: RowReader, kinds: Choices, categories: Choices) -> MemberRow:
    longitude, latitude = reader.position()
    return MemberRow(
        sheet=reader.table.sheet,
        row=reader.row.number,
        name=reader.required("name"),
        name_en=reader.text("name_en"),
        kind=reader.choice("kind", kinds, "other"),
        category=reader.choice("category", categories, "other"),
        credit_code=_credit_code(reader),
        parent=reader.text("parent"),
        address=reader.text("address"),
        longitude=longitude,
        latitude=latitude,
        desk=_desk(reader),
        joined_on=reader.date("joined_on"),
        note=reader.text("note"),
    )


def _credit_code(reader: RowReader) -> str:
    """The code as written; one that fails GB 32100 is kept with a warning."""
    if isinstance(reader.row.cells.get("credit_code"), float):
        reader.note(
            "credit_code",
            _("信用代码被表格软件变成了数字，末几位已经丢失。"),
            _("请把单元格设为文本后重新填写。"),
        )
        return ""
    code = re.sub(r"[\s-]", "", reader.text("credit_code")).upper()
    if code and not uscc.is_valid(code):
        reader.note(
            "credit_code",
            _("信用代码“%(code)s”不符合 GB 32100 的校验。") % {"code": code},
            _("请核对；本次仍按所填导入。"),
            "warning",
        )
    return code


def _desk(reader: RowReader) -> str:
    desk = reader.text("desk")
    if _MOBILE.search(desk):
        reader.note(
            "desk",
            _("联系窗口“%(desk)s”像是个人手机号。") % {"desk": desk},
            _("请改为办公电话或公用邮箱。"),
            "warning",
        )
    return desk


def member_cells(
    row: MemberRow,
    language: str = "zh-hans",
    *,
    kinds: Choices = ORGANISATION_KINDS,
    categories: Choices = MEMBER_CATEGORIES,
) -> dict[str, Any]:
    """The row as cells for ``SheetOut``; reading them again gives the same row."""
    return {
        "name": row.name,
        "name_en": row.name_en,
        "kind": label(kinds, row.kind, language),
        "category": label(categories, row.category, language),
        "credit_code": row.credit_code,
        "parent": row.parent,
        "address": row.address,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "desk": row.desk,
        "joined_on": row.joined_on,
        "note": row.note,
    }
