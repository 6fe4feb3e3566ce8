"""Dates as people write them: 2026.3.5, 2026年3月5日, 3月5日, 20260305, Excel serials."""

import calendar
import datetime as dt
import re

from django.utils.translation import gettext as _

from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.numerals import RUN, with_digits
from binglian.sheets.cells.words import normalise, plain_dashes, refuse_long

Span = tuple[dt.date, dt.date]

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
_SERIAL_EPOCH = dt.date(1899, 12, 30)
_MONTHS = {name[:3].lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"

# One date, month or year; lookaheads keep 3月14:00 and 2026.3.1 whole.
ATOM = (
    r"(?:\d{4}|\d{2}(?=年))年\s*\d{1,2}月\s*\d{1,2}[日号]?(?![\d:点时])"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)[日号]?"
    r"|(?<!\d)(?:19|20|21)\d{6}(?!\d)"
    r"|(?:\d{4}|\d{2}(?=年))年\s*\d{1,2}月(?:底|末|初|上旬|中旬|下旬)?"
    r"|\d{4}[-./]\d{1,2}(?![\d:点时])"
    r"|\d{1,2}月\s*\d{1,2}[日号]?(?![\d:点时])"
    r"|\d{1,2}月(?:底|末|初|上旬|中旬|下旬)?"
    r"|\d{1,2}[./]\d{1,2}(?![\d:点时])"
    r"|\d{4}年(?:底|末|初|上半年|下半年)?"
)


def numeric_dates(text: str) -> str:
    """Month names and Chinese numerals of dates as figures; weekdays are left alone."""
    text = re.sub(r"\s*([年月])\s*|\s+(?=[日号])", r"\1", plain_dashes(text))
    text = re.sub(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+(\d{{4}}))?\b",
        lambda m: _figures(m[3], m[2], m[1]),
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{{4}}))?\b",
        lambda m: _figures(m[3], m[1], m[2]),
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"\b{_MONTH}\s+(\d{{4}})\b",
        lambda m: _figures(m[2], m[1], None),
        text,
        flags=re.IGNORECASE,
    )
    weekdays = r"((?:周|星期|礼拜)[一二三四五六日天、,和至到\-~]+)"
    parts = re.split(weekdays, text)
    return "".join(
        part if i % 2 else with_digits(part, rf"{RUN}(?=\s*[年月日号点])")
        for i, part in enumerate(parts)
    )


def _figures(year: str | None, month: str, day: str | None) -> str:
    number = _MONTHS[month[:3].lower()]
    return f"{year + '年' if year else ''}{number}月{day + '日' if day else ''}"


def read_date(value: object, year: int | None) -> dt.date:
    """Read a date; ``year`` completes 3月5日. A month gives its first day, 月底 its last.

    Raises
    ------
    CellError
        No date, an impossible one, or the year is missing.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    shown = normalise(value)
    refuse_long(shown, 60)
    text = numeric_dates(shown)
    text = re.sub(r"\s*\((?:周|星期|礼拜)?\w\)$|\s*(?:周|星期|礼拜)[一二三四五六日天]$", "", text)
    text = re.sub(r"[T\s]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$", "", text)
    text = re.sub(
        r"^(截至|截止|于|by|before)\s*|\s*(之前|以前|前|止|截止|为止)$", "", text, flags=re.I
    )
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_serial(float(text), shown)

    atom = f"{year}{text}" if year and text in {"年底", "年末"} else _reordered(text, shown)
    if isinstance(value, float) and not re.fullmatch(r"(19|20)\d\d\.[2-9]", text):
        raise _unreadable(shown)  # 2026.1 may be January or October, 3.1 the 1st or the 10th
    if not re.fullmatch(ATOM, atom):
        raise _unreadable(shown)
    first, last = span_of(atom, year, shown)
    return last if re.search(r"[底末旬]$|半年$", atom) else first


def _from_serial(serial: float, shown: str) -> dt.date:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise _unreadable(shown)
    return _SERIAL_EPOCH + dt.timedelta(days=int(serial))


def _reordered(text: str, shown: str) -> str:
    """Short and Western forms as ``y-m-d``: 26.3.5, 25/3/2026."""
    short = re.fullmatch(r"(\d{2})[-./](\d{1,2})[-./](\d{1,2})", text)
    if short:
        return f"20{short[1]}-{short[2]}-{short[3]}"
    western = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text)
    if not western:
        return text
    a, b = int(western[1]), int(western[2])
    if a <= 12 and b <= 12 and a != b:
        raise CellError(
            _("日期“%(value)s”分不清月和日。") % {"value": shown}, _("请写成 2026-03-05 的样子。")
        )
    day, month = (b, a) if b > 12 else (a, b)
    return f"{western[3]}-{month}-{day}"


def span_of(atom: str, year: int | None, shown: str) -> Span:
    """First and last day of a date, month, ten days, half-year or year written as ``ATOM``."""
    if re.fullmatch(r"\d{8}", atom):
        return (day := _day(int(atom[:4]), int(atom[4:6]), int(atom[6:]), shown)), day
    numbers = [int(n) for n in re.findall(r"\d+", atom)]
    if re.match(r"\d{4}|\d{2}年", atom):
        year = numbers.pop(0)
        year += 2000 if year < 100 else 0
    if year is None:
        raise CellError(
            _("日期“%(value)s”没有写年份。") % {"value": shown}, _("请写全，例如 2026-03-05。")
        )

    if not numbers:
        _day(year, 1, 1, shown)
        return {
            "底": (dt.date(year, 12, 31), dt.date(year, 12, 31)),
            "末": (dt.date(year, 12, 31), dt.date(year, 12, 31)),
            "初": (dt.date(year, 1, 1), dt.date(year, 1, 31)),
            "上半年": (dt.date(year, 1, 1), dt.date(year, 6, 30)),
            "下半年": (dt.date(year, 7, 1), dt.date(year, 12, 31)),
        }.get(atom[5:], (dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if len(numbers) == 2:
        return (day := _day(year, numbers[0], numbers[1], shown)), day

    first = _day(year, numbers[0], 1, shown)
    end = calendar.monthrange(year, first.month)[1]
    part = re.search(r"月(.*)", atom)
    start, stop = {
        "初": (1, 10),
        "上旬": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, end),
        "底": (end, end),
        "末": (end, end),
    }.get(part[1] if part else "", (1, end))
    return first.replace(day=start), first.replace(day=stop)


def _day(year: int, month: int, day: int, shown: str) -> dt.date:
    if not 1900 <= year <= 2199:
        raise CellError(_("“%(value)s”的年份不对。") % {"value": shown}, _("请核对年份。"))
    if not 1 <= month <= 12:
        raise CellError(
            _("“%(value)s”的月份不对。") % {"value": shown}, _("月份应在 1 到 12 之间。")
        )
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise CellError(
            _("没有“%(value)s”这一天。") % {"value": shown},
            _("%(year)s 年 %(month)s 月只有 %(last)s 天，请核对。")
            % {"year": year, "month": month, "last": last},
        )
    return dt.date(year, month, day)


def _unreadable(shown: str) -> CellError:
    return CellError(
        _("看不懂日期“%(value)s”。") % {"value": shown}, _("请写成 2026-03-05 或 2026年3月5日。")
    )
