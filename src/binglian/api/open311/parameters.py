"""What a request says, read strictly: one refusal names the parameter, the value, the remedy."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, time

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from .refusals import Refused

#: A plus sign that an address turned into a space: «…T00:00:00 08:00».
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
_YEARS = range(1970, 2200)


class Parameters:
    """The form of a POST, else the query. Empty means not given, as the standard says."""

    def __init__(self, request: HttpRequest) -> None:
        self._sources: list[QueryDict] = [request.POST, request.GET]

    def names(self) -> list[str]:
        return [name for source in self._sources for name in source]

    def text(self, name: str, longest: int = 200) -> str:
        values = self.texts(name, longest)
        return values[-1] if values else ""

    def texts(self, name: str, longest: int = 200) -> list[str]:
        """Every value given under the name, without empty ones."""
        for source in self._sources:
            values = [value.strip() for value in source.getlist(name) if value.strip()]
            if values:
                return [self._checked(name, value, longest) for value in values]
        return []

    def listed(self, name: str, most: int = 200) -> list[str]:
        """Values separated by commas, or given several times."""
        whole = ",".join(self.texts(name, 20_000))
        values = [value.strip() for value in whole.split(",") if value.strip()]
        if len(values) > most:
            raise Refused(400, _("%(name)s 一次最多 %(most)s 个。") % {"name": name, "most": most})
        return values

    def number(self, name: str, least: float, most: float) -> float | None:
        text = self.text(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise Refused(
                400,
                _("%(name)s 须是 %(least)g 与 %(most)g 之间的数，收到的是“%(value)s”。")
                % {"name": name, "least": least, "most": most, "value": text[:40]},
            )
        return value

    def count(self, name: str, default: int, most: int) -> int:
        """A whole number from 1."""
        text = self.text(name)
        if not text:
            return default
        value = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
        if not 1 <= value <= most:
            raise Refused(
                400,
                _("%(name)s 须是 1 与 %(most)s 之间的整数，收到的是“%(value)s”。")
                % {"name": name, "most": most, "value": text[:40]},
            )
        return value

    def moment(self, name: str, *, is_end: bool = False) -> datetime | None:
        """An instant in W3C form; a day alone means its beginning, or its end."""
        text = self.text(name)
        if not text:
            return None
        moment = _moment(_LOST_PLUS.sub("+", text), time.max if is_end else time.min)
        if moment is None:
            raise Refused(
                400,
                _("%(name)s 须是带时区的时间，如 2026-01-31T08:00:00Z，收到的是“%(value)s”。")
                % {"name": name, "value": text[:40]},
            )
        return moment

    def _checked(self, name: str, value: str, longest: int) -> str:
        if "\0" in value:
            raise Refused(400, _("%(name)s 含有不能保存的字符。") % {"name": name})
        if len(value) > longest:
            raise Refused(
                400,
                _("%(name)s 太长，最多 %(longest)s 字。") % {"name": name, "longest": longest},
            )
        return value


def _moment(text: str, of_day: time) -> datetime | None:
    try:
        day = parse_date(text)
        if day is not None:
            moment = datetime.combine(day, of_day, get_current_timezone())
        else:
            parsed = parse_datetime(text)
            if parsed is None or parsed.tzinfo is None:
                return None
            moment = parsed
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.year in _YEARS else None


def in_w3c(moment: datetime | None) -> str | None:
    """An instant as the standard writes it, in local time with its offset, to the second."""
    if moment is None:
        return None
    return moment.astimezone(get_current_timezone()).isoformat(timespec="seconds")
