"""Time windows: ``2026-03-01~2026-05-31 周二周四 14:00-17:00``, several separated by ；."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from binglian.sheets.cells.dates import ATOM, numeric_dates, span_of
from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.words import normalise, plain_dashes, refuse_long

EVERY_DAY = frozenset(range(1, 8))
_WORKDAYS, _WEEKEND = frozenset(range(1, 6)), frozenset({6, 7})


@dataclass(frozen=True)
class TimeWindow:
    """When something is available; every part may be open.

    ``weekdays`` are ISO numbers (1 = Monday); ``start`` None means midnight, ``end`` None
    the following midnight. Dates and times are local; the end time is not included.
    """

    first_on: dt.date | None = None
    last_on: dt.date | None = None
    weekdays: frozenset[int] = EVERY_DAY
    start: dt.time | None = None
    end: dt.time | None = None

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            if getattr(self, name) == dt.time(0):
                object.__setattr__(self, name, None)
        if self.first_on and self.last_on and self.first_on > self.last_on:
            raise ValueError("A window cannot end before its first day.")
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("Weekdays are numbers from 1 to 7, at least one.")
        if self.start and self.end and self.start >= self.end:
            raise ValueError("A window cannot end before it starts.")
        if any(t and t != t.replace(second=0, microsecond=0) for t in (self.start, self.end)):
            raise ValueError("Window times are whole minutes.")

    def as_json(self) -> dict[str, Any]:
        """Plain values: ISO dates, ``HH:MM`` times, sorted weekdays."""
        return {
            "first_on": self.first_on.isoformat() if self.first_on else None,
            "last_on": self.last_on.isoformat() if self.last_on else None,
            "weekdays": sorted(self.weekdays),
            "start": f"{self.start:%H:%M}" if self.start else None,
            "end": f"{self.end:%H:%M}" if self.end else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "TimeWindow":
        """The window that ``as_json`` wrote; absent keys are open."""
        return cls(
            first_on=dt.date.fromisoformat(stored["first_on"]) if stored.get("first_on") else None,
            last_on=dt.date.fromisoformat(stored["last_on"]) if stored.get("last_on") else None,
            weekdays=frozenset(stored.get("weekdays") or EVERY_DAY),
            start=dt.time.fromisoformat(stored["start"]) if stored.get("start") else None,
            end=dt.time.fromisoformat(stored["end"]) if stored.get("end") else None,
        )


def write_windows(windows: Iterable[TimeWindow], language: str = "zh-hans") -> str:
    """The text from which ``read_windows`` gets the same windows back."""
    english = language.startswith("en")
    return ("; " if english else "；").join(_written(window, english) for window in windows)


def _written(window: TimeWindow, english: bool) -> str:
    first, last = window.first_on, window.last_on
    parts = []
    if first and last:
        parts.append(f"{first}" if first == last else f"{first}~{last}")
    elif first:
        parts.append(f"from {first}" if english else f"{first}起")
    elif last:
        parts.append(f"until {last}" if english else f"{last}止")
    if window.weekdays == _WORKDAYS:
        parts.append("weekdays" if english else "工作日")
    elif window.weekdays == _WEEKEND:
        parts.append("weekends" if english else "周末")
    elif window.weekdays != EVERY_DAY:
        days = sorted(window.weekdays)
        parts.append(
            " ".join(_ENGLISH_DAYS[day - 1].title() for day in days)
            if english
            else "".join(f"周{_CHINESE_DAYS[day - 1]}" for day in days)
        )
    if window.start or window.end:
        start = f"{window.start:%H:%M}" if window.start else "00:00"
        end = f"{window.end:%H:%M}" if window.end else "24:00"
        parts.append(f"{start}-{end}")
    return " ".join(parts) or ("any time" if english else "长期")


def read_windows(text: object, year: int | None) -> tuple[TimeWindow, ...]:
    """Read windows; ``year`` completes dates without one. Blank text gives no window.

    Raises
    ------
    CellError
        Some words are not understood, a date is impossible, or a time crosses midnight.
    """
    if isinstance(text, dt.date):
        day = text.date() if isinstance(text, dt.datetime) else text
        return (TimeWindow(first_on=day, last_on=day),)
    shown = normalise(text)
    refuse_long(shown, 1_000)
    windows: list[TimeWindow] = []
    for segment in re.split(r"[;；\n\r]+", "" if text is None else str(text)):
        windows += _segment(numeric_dates(plain_dashes(normalise(segment))), year, shown)
    return tuple(dict.fromkeys(windows))


@dataclass
class _Group:
    """Dates × weekdays × times said in one breath."""

    dates: list[tuple[dt.date | None, dt.date | None]] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    times: list[tuple[dt.time | None, dt.time | None]] = field(default_factory=list)

    def windows(self) -> list[TimeWindow]:
        days = frozenset(self.weekdays or EVERY_DAY)
        return [
            TimeWindow(first, last, days, start, end)
            for (first, last), (start, end) in product(
                self.dates or [(None, None)], self.times or [(None, None)]
            )
        ]


def _segment(text: str, year: int | None, shown: str) -> list[TimeWindow]:
    """周一上午，周三下午 is two groups: a part said again opens the next one."""
    groups: list[_Group] = []
    group, last_part, position = _Group(), "", 0
    while position < len(text):
        filler = _FILLER.match(text, position)
        if filler:
            position = filler.end()
            continue
        part, read, found = _next_part(text, position, shown)
        values = getattr(group, part)
        if values and part != last_part:
            groups.append(group)
            group = _Group(dates=group.dates if part != "dates" else [])
            values = getattr(group, part)
        if part == "weekdays":
            values |= read(found, year, shown)
        else:
            values.append(read(found, year, shown))
        last_part, position = part, found.end()
    if last_part:
        groups.append(group)
    return [window for group in groups for window in group.windows()]


def _next_part(text: str, position: int, shown: str) -> tuple[str, Any, re.Match[str]]:
    for part, pattern, read in _PARTS:
        found = pattern.match(text, position)
        if found:
            return part, read, found
    raise _unreadable(shown, text[position:])


_TO = r"\s*(?:-|~|至|到|\bto\b)\s*"
_FILLER = re.compile(
    r"[\s,、。.:]+|(?:可用|开放|均可|可以|期间|时段|时间|和|及|与|and|on|的)(?![a-z])",
    re.IGNORECASE,
)

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


_CHINESE_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK, _DAY = "(?:周|星期|礼拜)", "[一二三四五六日天]"
_EN_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b\.?"


def _chinese_weekdays(found: re.Match[str], _year: int | None, _shown: str) -> set[int]:
    days: set[int] = set()
    words = re.sub(r"周|星期|礼拜|每|\s", "", found.group())
    for first, last in re.findall(
        r"([一二三四五六日天1-7])(?:[-~至到]([一二三四五六日天1-7]))?", words
    ):
        days |= _days_between(_chinese_day(first), _chinese_day(last or first))
    return days


def _chinese_day(word: str) -> int:
    return int(word) if word.isdigit() else _CHINESE_DAYS.index(word.replace("天", "日")) + 1


def _english_weekdays(found: re.Match[str], _year: int | None, _shown: str) -> set[int]:
    first = _ENGLISH_DAYS.index(found["a"][:3].lower()) + 1
    last = _ENGLISH_DAYS.index((found["b"] or found["a"])[:3].lower()) + 1
    return _days_between(first, last)


def _days_between(first: int, last: int) -> set[int]:
    length = (last - first) % 7 + 1
    return {(first - 1 + i) % 7 + 1 for i in range(length)}


def _named_weekdays(found: re.Match[str], _year: int | None, _shown: str) -> set[int]:
    word = found.group().lower()
    if word in {"工作日", "平日", "weekday", "weekdays", "workdays", "working days"}:
        return set(_WORKDAYS)
    return set(_WEEKEND if "末" in word or "休" in word or "end" in word else EVERY_DAY)


_Times = tuple[dt.time | None, dt.time | None]
_DAY_PARTS = {
    "上午": (8, 12),
    "早上": (8, 12),
    "morning": (8, 12),
    "mornings": (8, 12),
    "中午": (12, 14),
    "下午": (12, 18),
    "afternoon": (12, 18),
    "afternoons": (12, 18),
    "晚上": (18, 22),
    "晚间": (18, 22),
    "夜间": (18, 22),
    "evening": (18, 22),
    "evenings": (18, 22),
}
_PERIOD = r"凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜间"
_MINUTES = r":\d{2}|[点时](?:半|\d{1,2}分?|整)?"


def _clock(name: str) -> str:
    return (
        rf"(?P<{name}_period>{_PERIOD})?\s*(?P<{name}_next>次日|第二天)?(?P<{name}_hour>\d{{1,2}})"
        rf"(?P<{name}_minute>{_MINUTES})?\s*(?P<{name}_half>[ap]\.?m\.?)?"
    )


def _day_part(found: re.Match[str], _year: int | None, _shown: str) -> _Times:
    hours = _DAY_PARTS.get(found.group().lower())
    return (dt.time(hours[0]), dt.time(hours[1])) if hours else (None, None)


def _clock_range(found: re.Match[str], _year: int | None, shown: str) -> _Times:
    first = _minutes(found, "a", found["a_period"] or "", shown)
    last = _minutes(found, "b", found["b_period"] or found["a_period"] or "", shown)
    if found["a_half"] is None and (found["b_half"] or "").lower().startswith("p"):
        first += 12 * 60 if first + 12 * 60 < last else 0  # 2-5pm
    if first >= last or found["b_next"]:
        raise CellError(
            _("时间段“%(value)s”的结束不晚于开始，或跨过了午夜。") % {"value": shown},
            _("跨夜请分成两段，例如 22:00-24:00；00:00-02:00。"),
        )
    return _time(first), _time(last)


def _since_clock(found: re.Match[str], _year: int | None, shown: str) -> _Times:
    at = _time(_minutes(found, "a", found["a_period"] or "", shown))
    return (at, None) if found["after"] else (None, at)


def _minutes(found: re.Match[str], name: str, period: str, shown: str) -> int:
    hour, half = int(found[f"{name}_hour"]), (found[f"{name}_half"] or "").lower()
    written = found[f"{name}_minute"] or ""
    minute = 30 if "半" in written else int(re.sub(r"\D", "", written) or 0)
    late = period in {"下午", "傍晚", "晚上", "晚间", "晚", "夜间"} or half.startswith("p")
    if (late and hour < 12) or (period == "中午" and hour < 3):
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour * 60 + minute > 24 * 60 or minute > 59:
        raise CellError(
            _("时间段“%(value)s”里的钟点不对。") % {"value": shown},
            _("请写成 14:00-17:00 的样子。"),
        )
    return hour * 60 + minute


def _time(minutes: int) -> dt.time | None:
    return dt.time(minutes // 60 % 24, minutes % 60) if minutes % 1440 else None


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PARTS: tuple[tuple[str, re.Pattern[str], Any], ...] = (
    (
        "dates",
        _pattern(rf"(?:自|从|from\s+)?(?P<a>{ATOM}){_TO}(?P<b>{ATOM}|\d{{1,2}}[日号])"),
        _date_range,
    ),
    (
        "dates",
        _pattern(
            rf"(?P<m>(?:\d{{4}}年\s*)?\d{{1,2}}月)(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}})[日号]"
        ),
        _day_range,
    ),
    (
        "dates",
        _pattern(rf"(?P<y>\d{{4}}年)?\s*(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}})月(?:份)?"),
        _month_range,
    ),
    (
        "dates",
        _pattern(r"(?P<y>\d{4}年)?\s*(?:第?(?P<zh>[一二三四])季度|第?(?P<q>[1-4])季度)"),
        _quarter,
    ),
    (
        "dates",
        _pattern(
            rf"(?P<from>自|从|from\s+|since\s+|after\s+)?(?P<by>截至|截止|至|until\s+|by\s+|before\s+|~)?"
            rf"\s*(?P<a>{ATOM})份?\s*(?P<since>起|开始|以后|之后|以来|~)?(?P<till>之前|以前|前|为止|截止|止)?"
        ),
        _one_date,
    ),
    ("dates", _pattern(r"(?P<half>[上下])半年"), _half_year),
    (
        "dates",
        _pattern(r"长期|常年|全年|随时|不限|any ?time|always|all year"),
        _any_date,
    ),
    (
        "weekdays",
        _pattern(
            rf"每?{_WEEK}\s*{_DAY}(?:[、,和及\s]*[-~至到]?[、,和及\s]*(?:每?{_WEEK}\s*)?{_DAY})*"
            rf"|每?{_WEEK}[1-7](?:[、,\-~至到][1-7])*(?![\d:点时月./年])"
        ),
        _chinese_weekdays,
    ),
    ("weekdays", _pattern(rf"(?P<a>{_EN_DAY})(?:{_TO}(?P<b>{_EN_DAY}))?"), _english_weekdays),
    (
        "weekdays",
        _pattern(
            r"工作日|平日|周末|双休日|每天|每日|天天|"
            r"weekdays?|workdays|working days|weekends?|daily|every day"
        ),
        _named_weekdays,
    ),
    (
        "times",
        _pattern(
            rf"(?={_PERIOD}|\d{{1,2}}(?:{_MINUTES}|\s*[ap]\.?m)|\d{{1,2}}{_TO}\d{{1,2}}"
            rf"(?:{_MINUTES}|\s*[ap]\.?m)){_clock('a')}{_TO}{_clock('b')}"
        ),
        _clock_range,
    ),
    (
        "times",
        _pattern(rf"{_clock('a')}(?:(?P<after>起|以后|之后|后)|(?:之前|以前|前))"),
        _since_clock,
    ),
    ("times", _pattern("|".join(_DAY_PARTS) + r"|全天|全日|24小时|all day"), _day_part),
)


def _unreadable(shown: str, rest: str) -> CellError:
    return CellError(
        _("看不懂时间段“%(value)s”中的“%(rest)s”。") % {"value": shown, "rest": rest},
        _("请写成 2026-03-01~2026-05-31 周二周四 14:00-17:00，多段用“；”分开。"),
    )
