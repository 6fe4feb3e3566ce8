"""Times of day of a window: from one hour to another, since, until, parts of the day."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from binglian.sheets.cells.errors import CellError
from binglian.sheets.cells.windows.patterns import TO, Readers, pattern

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


TIMES: Readers = (
    (
        pattern(
            rf"(?={_PERIOD}|\d{{1,2}}(?:{_MINUTES}|\s*[ap]\.?m)|\d{{1,2}}{TO}\d{{1,2}}"
            rf"(?:{_MINUTES}|\s*[ap]\.?m)){_clock('a')}{TO}{_clock('b')}"
        ),
        _clock_range,
    ),
    (
        pattern(rf"{_clock('a')}(?:(?P<after>起|以后|之后|后)|(?:之前|以前|前))"),
        _since_clock,
    ),
    (pattern("|".join(_DAY_PARTS) + r"|全天|全日|24小时|all day"), _day_part),
)
