"""Quantities, times, kinds and lists in words, in Chinese ("zh") and English ("en")."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from binglian.engine.coupling.problem import (
    EVERY_DAY,
    MINUTES_A_DAY,
    Component,
    CouplingProblem,
    Window,
)

Language = Literal["zh", "en"]

KINDS: dict[str, dict[str, str]] = {
    "zh": {
        "venue": "场地",
        "expertise": "专家时间",
        "equipment": "设备",
        "funds": "资金",
        "seats": "席位",
        "volunteers": "志愿者",
        "parking": "停车位",
        "materials": "物资",
        "policy": "政策协助",
        "premises": "经营用房",
        "other": "其他资源",
    },
    "en": {
        "venue": "venue",
        "expertise": "expert time",
        "equipment": "equipment",
        "funds": "funds",
        "seats": "seats",
        "volunteers": "volunteers",
        "parking": "parking",
        "materials": "materials",
        "policy": "policy help",
        "premises": "premises to let",
        "other": "other offer",
    },
}
DAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MORNING, AFTERNOON, EVENING = (
    {"zh": "上午", "en": "morning"},
    {"zh": "下午", "en": "afternoon"},
    {"zh": "晚上", "en": "evening"},
)
HALF_DAYS = {
    (360, 720): MORNING,
    (480, 720): MORNING,
    (720, 1080): AFTERNOON,
    (1080, 1320): EVENING,
    (1080, 1440): EVENING,
}
WORKDAYS, WEEKEND = 0b0011111, 0b1100000
#: Units in English, one and several; whatever is not here stays as it is written.
UNITS = {
    unit: names
    for units, *names in (
        (("个", "件", "只", "项"), "item", "items"),
        (("台", "套", "部"), "set", "sets"),
        (("人", "名"), "person", "people"),
        (("席", "席位", "座", "座位", "位"), "seat", "seats"),
        (("场", "场次"), "session", "sessions"),
        (("次",), "time", "times"),
        (("人次",), "visit", "visits"),
        (("小时", "时"), "hour", "hours"),
        (("课时", "学时"), "lesson", "lessons"),
        (("天", "日"), "day", "days"),
        (("周",), "week", "weeks"),
        (("月", "个月"), "month", "months"),
        (("间",), "room", "rooms"),
        (("处",), "place", "places"),
        (("辆",), "vehicle", "vehicles"),
        (("车位", "泊位", "停车位"), "space", "spaces"),
        (("份",), "portion", "portions"),
        (("本", "册"), "copy", "copies"),
        (("盒", "箱"), "box", "boxes"),
        (("元", "人民币"), "yuan", "yuan"),
        (("平方米", "平米"), "m²", "m²"),
        (("公斤", "千克"), "kg", "kg"),
    )
    for unit in units
}


def kind_in_words(kind: str, language: Language) -> str:
    """Return the name of a kind; a kind added by the alliance is its own name."""
    return KINDS[language].get(kind, kind)


def part_in_words(component: Component, language: Language) -> str:
    """Return the title of a component, or else its kind."""
    return component.title or kind_in_words(component.kind, language)


def unit_in_words(unit: str, language: Language, *, several: bool = False) -> str:
    """Return a unit; one that has no English here is its own name."""
    return UNITS[unit][several] if language == "en" and unit in UNITS else unit


def amount(problem: CouplingProblem, quantity: int, unit: str, language: Language) -> str:
    """Return a quantity in its unit, such as 「2 台」 or "1.5 hours"."""
    whole, rest = divmod(quantity, problem.scale)
    number = str(whole) if not rest else f"{quantity / problem.scale:.3f}".rstrip("0").rstrip(".")
    return f"{number} {unit_in_words(unit, language, several=number != '1')}".strip()


def quoted(names: Iterable[str], language: Language) -> str:
    """Return names in quotation marks, one after another."""
    if language == "zh":
        return "".join(f"「{name}」" for name in names)
    return ", ".join(f"“{name}”" for name in names)


def some_of(names: Sequence[str], language: Language, most: int = 3) -> str:
    """Return the first names in quotation marks and how many there are beyond them."""
    shown, more = quoted(names[:most], language), len(names) - most
    if more <= 0:
        return shown
    return f"{shown}等 {len(names)} 项" if language == "zh" else f"{shown} and {more} more"


def points(value: float) -> str:
    """Return points of the first aim: one decimal, or two figures below 1."""
    return f"{value:.2g}" if 0 < abs(value) < 0.95 else f"{value:.1f}".removesuffix(".0")


def points_in_words(value: float, language: Language) -> str:
    """Return points with their name, such as 「12.5 分」."""
    said = points(value)
    return f"{said} 分" if language == "zh" else f"{said} point{'' if said == '1' else 's'}"


def slots_in_words(slots: Iterable[Window], language: Language, most: int = 3) -> str:
    """Return slots, such as 「周二、周四下午」; alike ones are said together.

    "" if one is always open.
    """
    together: dict[Window, int] = defaultdict(int)
    for slot in slots:
        together[replace(slot, weekdays=EVERY_DAY)] |= slot.weekdays
    merged = _whole_days([replace(slot, weekdays=days) for slot, days in together.items()])
    words = [window_in_words(window, language) for window in merged]
    if not all(words):
        return ""
    zh, more = language == "zh", len(words) - most
    said = ("、" if zh else ", ").join(words[:most])
    if more <= 0:
        return said
    return f"{said}等 {len(words)} 段时间" if zh else f"{said} and {more} more times"


def _whole_days(slots: list[Window]) -> list[Window]:
    """Say morning, afternoon and evening of the same days as the whole day."""
    parts: dict[Window, list[Window]] = defaultdict(list)
    for slot in slots:
        parts[replace(slot, start_minute=0, end_minute=MINUTES_A_DAY)].append(slot)
    merged = []
    for day, mine in parts.items():
        named = {HALF_DAYS.get((s.start_minute, s.end_minute), MORNING)["zh"] for s in mine}
        is_whole = len(mine) == 3 and len(named) == 3
        merged += [day] if is_whole else mine
    return merged


def one_sentence(clauses: Iterable[str], language: Language) -> str:
    """Join the clauses that say something."""
    spoken = [clause for clause in clauses if clause]
    if language == "zh":
        return "；".join(spoken) + "。"
    text = "; ".join(spoken)
    return text[:1].upper() + text[1:] + "."


def window_in_words(window: Window, language: Language) -> str:
    """Return a window, such as 「周二、周四下午」; "" if it is always open."""
    stretch = _stretch(window, language)
    part = HALF_DAYS.get((window.start_minute, window.end_minute))
    if language == "en" and part:
        days, minutes = _parts_of_days(window.weekdays, part["en"]), ""
    else:
        days, minutes = _weekdays(window.weekdays, language), _minutes(window, language)
    if language == "zh":
        return f"{stretch}{days}{minutes}"
    return " ".join(part for part in (days, minutes, stretch) if part)


def windows_in_words(windows: Iterable[Window], language: Language) -> str:
    """Return windows joined by "or"; "" if any is always open or there are none."""
    words = [window_in_words(window, language) for window in windows]
    return ("或" if language == "zh" else " or ").join(words) if all(words) else ""


def _stretch(window: Window, language: Language) -> str:
    first = date.fromordinal(window.first_day) if window.first_day else None
    last = date.fromordinal(window.last_day) if window.last_day else None
    if first and first == last:
        return _day(first, language) if language == "zh" else f"on {_day(first, language)}"
    if language == "zh":
        if first and last:
            return f"{_day(first, language)}至{_day(last, language)}"
        if first:
            return f"{_day(first, language)}起"
        return f"{_day(last, language)}前" if last else ""
    words = [f"from {_day(first, language)}"] if first else []
    if last:
        words.append(f"{'until' if first else 'by'} {_day(last, language)}")
    return " ".join(words)


def _day(day: date, language: Language) -> str:
    return f"{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def _weekdays(weekdays: int, language: Language) -> str:
    zh = language == "zh"
    if weekdays == EVERY_DAY:
        return ""
    if weekdays == WORKDAYS:
        return "工作日" if zh else "weekdays"
    if weekdays == WEEKEND:
        return "周末" if zh else "weekends"
    days = [DAYS[language][bit] for bit in range(7) if weekdays >> bit & 1]
    return "、".join(f"周{day}" for day in days) if zh else ", ".join(days)


def _parts_of_days(weekdays: int, part: str) -> str:
    if weekdays == EVERY_DAY:
        return f"every {part}"
    if weekdays in (WORKDAYS, WEEKEND):
        return f"{'weekday' if weekdays == WORKDAYS else 'weekend'} {part}s"
    return f"{_weekdays(weekdays, 'en')} {part}{'s' if weekdays.bit_count() > 1 else ''}"


def _minutes(window: Window, language: Language) -> str:
    ends = window.start_minute, window.end_minute
    if ends == (0, 1440):
        return ""
    if language == "zh" and ends in HALF_DAYS:
        return HALF_DAYS[ends]["zh"]
    return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in ends)
