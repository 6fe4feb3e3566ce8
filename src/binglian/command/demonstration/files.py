"""The demonstration's files, with every list date moved to the present week."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = "编号"


def people() -> list[dict[str, Any]]:
    """Who can be tried out: user name, role, alliance, organisation, names in both languages."""
    return json.loads((HERE / "people.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class DemonstrationFiles:
    """What the files say on ``today``: list dates move by whole weeks, so weekdays stay."""

    today: date

    @cached_property
    def whole(self) -> dict[str, Any]:
        return json.loads((HERE / "alliances.json").read_text(encoding="utf-8"))

    @cached_property
    def first_round(self) -> dict[str, list[str]]:
        """Numbers of the offers and needs that the finished round was about."""
        return json.loads((HERE / "historic/round-1.json").read_text(encoding="utf-8"))

    @property
    def shift(self) -> timedelta:
        base = date.fromisoformat(self.whole["base_day"])
        return timedelta(days=(self.today - base).days // 7 * 7)

    def day(self, text: str) -> date:
        """A day as the files write it, moved like the lists."""
        return date.fromisoformat(text) + self.shift

    def members(self, slug: str) -> bytes:
        return (HERE / slug / "members.csv").read_bytes()

    def rows(self, slug: str, kind: str, wanted: Callable[[str], bool] = bool) -> bytes:
        """The rows of a list whose number is wanted, as the bytes of a .csv file."""
        text = (HERE / slug / f"{kind}.csv").read_text(encoding="utf-8-sig")
        head, *body = list(csv.reader(io.StringIO(text)))
        moving = [head.index(name) for name in self.whole["shift"]["columns"] if name in head]
        number = head.index(NUMBER)
        kept = [self._moved(row, moving) for row in body if wanted(row[number])]
        return _csv([head, *kept])

    def _moved(self, row: list[str], columns: Iterable[int]) -> list[str]:
        row = list(row)
        for column in columns:
            row[column] = _DAY.sub(lambda found: self.day(found[0]).isoformat(), row[column])
        return row


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")
