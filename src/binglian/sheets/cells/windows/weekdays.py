"""Weekdays of a window, Chinese and English."""

import re

from binglian.sheets.cells.windows.patterns import TO, Readers, pattern
from binglian.sheets.cells.windows.window import (
    CHINESE_DAYS,
    ENGLISH_DAYS,
    EVERY_DAY,
    WEEKEND,
    WORKDAYS,
)

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
    return int(word) if word.isdigit() else CHINESE_DAYS.index(word.replace("天", "日")) + 1


def _english_weekdays(found: re.Match[str], _year: int | None, _shown: str) -> set[int]:
    first = ENGLISH_DAYS.index(found["a"][:3].lower()) + 1
    last = ENGLISH_DAYS.index((found["b"] or found["a"])[:3].lower()) + 1
    return _days_between(first, last)


def _days_between(first: int, last: int) -> set[int]:
    length = (last - first) % 7 + 1
    return {(first - 1 + i) % 7 + 1 for i in range(length)}


def _named_weekdays(found: re.Match[str], _year: int | None, _shown: str) -> set[int]:
    word = found.group().lower()
    if word in {"工作日", "平日", "weekday", "weekdays", "workdays", "working days"}:
        return set(WORKDAYS)
    return set(WEEKEND if "末" in word or "休" in word or "end" in word else EVERY_DAY)


WEEKDAYS: Readers = (
    (
        pattern(
            rf"每?{_WEEK}\s*{_DAY}(?:[、,和及\s]*[-~至到]?[、,和及\s]*(?:每?{_WEEK}\s*)?{_DAY})*"
            rf"|每?{_WEEK}[1-7](?:[、,\-~至到][1-7])*(?![\d:点时月./年])"
        ),
        _chinese_weekdays,
    ),
    (pattern(rf"(?P<a>{_EN_DAY})(?:{TO}(?P<b>{_EN_DAY}))?"), _english_weekdays),
    (
        pattern(
            r"工作日|平日|周末|双休日|每天|每日|天天|"
            r"weekdays?|workdays|working days|weekends?|daily|every day"
        ),
        _named_weekdays,
    ),
)
