"""Dates and times as Chinese offices write them."""

from datetime import date, datetime


def day_zh(day: date) -> str:
    """``2026年11月27日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(moment: datetime) -> str:
    """``2026年11月27日 09:30``, in the time zone that ``moment`` is given in."""
    return f"{day_zh(moment)} {moment:%H:%M}"
