"""Days of a window: ranges, months, quarters, since and until."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from binglian.sheets.cells.dates import ATOM, span_of
from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.windows.patterns import TO, Readers, pattern

_Dates = tuple[dt.date | None, dt.date | None]


def _date_range(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    first, alone = span_of(found["a"], year, shown)
    if re.fullmatch(r"\d{1,2}[日号]", found["b"]):
        return first, span_of(f"{first.year}年{first.month}月{found['b']}", year, shown)[1]
    explicit = re.match(r"\d{4}|\d{2}年", found["b"])
    last = span_of(found["b"], first.year, shown)[1]
    if last < first and not explicit:
        last = span_of(found["b"], first.year + 1, shown)[1]  # 11月1日至2月28日
    if last < max(first, alone):
        raise CellError(
            _("时间段“%(value)s”的结束早于开始。") % {"value": shown}, _("请核对起止日期。")
        )
    return first, last


def _month_range(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    prefix = found["y"] or ""
    first = span_of(f"{prefix}{found['a']}月", year, shown)[0]
    last = span_of(f"{prefix}{found['b']}月", year, shown)[1]
    if last < first:
        last = span_of(f"{first.year + 1}年{found['b']}月", None, shown)[1]
    return first, last


def _day_range(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    first = span_of(f"{found['m']}{found['a']}日", year, shown)[0]
    last = span_of(f"{found['m']}{found['b']}日", year, shown)[0]
    if last < first:
        raise CellError(
            _("时间段“%(value)s”的结束早于开始。") % {"value": shown}, _("请核对起止日期。")
        )
    return first, last


def _one_date(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    first, last = span_of(found["a"], year, shown)
    if found["since"] or found["from"]:
        return first, None
    if found["till"] or found["by"]:
        return None, last
    return first, last


def _quarter(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    number = int(found["q"] or "零一二三四".index(found["zh"]))
    months = f"{3 * number - 2}月", f"{3 * number}月"
    first = span_of(f"{found['y'] or ''}{months[0]}", year, shown)[0]
    return first, span_of(f"{found['y'] or ''}{months[1]}", year, shown)[1]


def _half_year(found: re.Match[str], year: int | None, shown: str) -> _Dates:
    months = ("1月", "6月") if found["half"] == "上" else ("7月", "12月")
    return span_of(months[0], year, shown)[0], span_of(months[1], year, shown)[1]


def _any_date(_found: re.Match[str], _year: int | None, _shown: str) -> _Dates:
    return None, None


DATES: Readers = (
    (
        pattern(rf"(?:自|从|from\s+)?(?P<a>{ATOM}){TO}(?P<b>{ATOM}|\d{{1,2}}[日号])"),
        _date_range,
    ),
    (
        pattern(rf"(?P<m>(?:\d{{4}}年\s*)?\d{{1,2}}月)(?P<a>\d{{1,2}}){TO}(?P<b>\d{{1,2}})[日号]"),
        _day_range,
    ),
    (
        pattern(rf"(?P<y>\d{{4}}年)?\s*(?P<a>\d{{1,2}}){TO}(?P<b>\d{{1,2}})月(?:份)?"),
        _month_range,
    ),
    (
        pattern(r"(?P<y>\d{4}年)?\s*(?:第?(?P<zh>[一二三四])季度|第?(?P<q>[1-4])季度)"),
        _quarter,
    ),
    (
        pattern(
            rf"(?P<from>自|从|from\s+|since\s+|after\s+)?(?P<by>截至|截止|至|until\s+|by\s+|before\s+|~)?"
            rf"\s*(?P<a>{ATOM})份?\s*(?P<since>起|开始|以后|之后|以来|~)?(?P<till>之前|以前|前|为止|截止|止)?"
        ),
        _one_date,
    ),
    (pattern(r"(?P<half>[上下])半年"), _half_year),
    (
        pattern(r"长期|常年|全年|随时|不限|any ?time|always|all year"),
        _any_date,
    ),
)
