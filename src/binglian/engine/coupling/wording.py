"""Quantities, times, kinds and lists in words, in Chinese ("zh") and English ("en")."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from .problem import EVERY_DAY, Component, CouplingProblem, Window

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
        "other": "other offer",
    },
}
DAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
HALF_DAYS = {(480, 720): "上午", (720, 1080): "下午", (1080, 1320): "晚上"}
WORKDAYS, WEEKEND = 0b0011111, 0b1100000


def kind_in_words(kind: str, language: Language) -> str:
    """Return the name of a kind; a kind added by the alliance is its own name."""
    return KINDS[language].get(kind, kind)


def part_in_words(component: Component, language: Language) -> str:
    """Return the title of a component, or else its kind."""
    return component.title or kind_in_words(component.kind, language)


def amount(problem: CouplingProblem, quantity: int, unit: str) -> str:
    """Return a quantity in its unit, such as 「2 台」 or "1.5 hours"."""
    whole, rest = divmod(quantity, problem.scale)
    number = str(whole) if not rest else f"{quantity / problem.scale:.3f}".rstrip("0").rstrip(".")
    return f"{number} {unit}".strip()


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


def window_in_words(window: Window, language: Language) -> str:
    """Return a window, such as 「周二、周四下午」; "" if it is always open."""
    stretch = _stretch(window, language)
    days = _weekdays(window.weekdays, language)
    minutes = _minutes(window, language)
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


def _minutes(window: Window, language: Language) -> str:
    ends = window.start_minute, window.end_minute
    if ends == (0, 1440):
        return ""
    if language == "zh" and ends in HALF_DAYS:
        return HALF_DAYS[ends]
    return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in ends)
