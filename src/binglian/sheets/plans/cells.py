"""Cells that only plans have: a day by date or by number, amounts with their names."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from binglian.sheets.cells import CellError, read_date, read_number
from binglian.sheets.cells.words import refuse_long
from binglian.sheets.rows.reader import shown

#: A date, or the number of units since the start.
Day = dt.date | int

_MOST_NUMBERED = 19_999  # larger whole numbers are dates as spreadsheets count them
_AMOUNT = re.compile(r"(.*?\D)\s*[x×*:=]?\s*(\d{1,9})\s*(?:个?工作日|自然日|天|日|days?|d)?")


def read_day(value: object, year: int | None) -> Day:
    """Read ``2026.3.5`` or ``30``. Raises ``CellError``."""
    text = shown(value)
    if re.fullmatch(r"第?\d{1,5}天?", text) and int(text.strip("第天")) <= _MOST_NUMBERED:
        return int(text.strip("第天"))
    return read_date_of_plan(value, year)


def read_date_of_plan(value: object, year: int | None) -> dt.date:
    """Read a date from 1900 to 2199. Raises ``CellError``."""
    found = read_date(value, year)
    if not 1900 <= found.year <= 2199:
        raise CellError(_("“%(value)s”的年份不对。") % {"value": shown(value)}, _("请核对年份。"))
    return found


def read_days(value: object) -> int:
    """Read a whole number of days such as ``7`` or ``7个工作日``. Raises ``CellError``."""
    bare = re.sub(r"\s*(?:个?工作日|自然日|日历日|天|日|wd|cd|days?|d)$", "", shown(value))
    return int(read_number(bare, least=0, most=100_000, whole=True))


def read_whole(value: object) -> int:
    """Read a whole number from 0. Raises ``CellError``."""
    return int(read_number(value, least=0, most=10**12, whole=True))


def read_amounts(value: object) -> tuple[tuple[str, int], ...]:
    """Read ``审批窗口 2；经费 30``; a name alone stands for 1. Raises ``CellError``."""
    found: dict[str, int] = {}
    for part in re.split(r"[;、,\n]+", shown(value)):
        entry = _AMOUNT.fullmatch(part.strip())
        name = (entry[1] if entry else part).strip().rstrip("x×*:=").strip()
        refuse_long(name, 120)
        if not name:
            if part.strip():
                raise CellError(
                    _("“%(value)s”没有名称。") % {"value": part.strip()},
                    _("请写成 名称 数量，例如 审批窗口 2。"),
                )
            continue
        if name in found:
            raise CellError(_("“%(name)s”写了两次。") % {"name": name}, _("请合并成一项。"))
        found[name] = int(entry[2]) if entry else 1
    return tuple(found.items())
