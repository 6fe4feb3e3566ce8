"""Division codes (区划代码) of Qingdao, as the National Bureau of Statistics had them in June 2023.

Districts of the city, sub-districts of Shibei with the rough middle of each, and the districts
given up since 2012 with those that took their place. Where the table knows the sub-districts of a
district, a code it does not hold is worth a question.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DISTRICT_DIGITS = 6
AS_OF = "2023-06"


@dataclass(frozen=True, slots=True)
class Division:
    """One row: ``middle`` is longitude and latitude, WGS-84 degrees, to about 100 m."""

    code: str
    name: str
    name_en: str
    middle: tuple[float, float] | None
    retired_in: int | None
    successor: str


@cache
def divisions() -> dict[str, Division]:
    """Every division of the table by its code."""
    text = files(__package__).joinpath("divisions.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Division(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            middle=(float(row["longitude"]), float(row["latitude"])) if row["longitude"] else None,
            retired_in=int(row["retired_in"]) if row["retired_in"] else None,
            successor=row["successor"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def subdistricts_of(district: str) -> list[Division]:
    """Sub-districts of a district, by its code; none where the table does not know them."""
    return [
        division
        for code, division in divisions().items()
        if len(code) > DISTRICT_DIGITS and code.startswith(district)
    ]


def retired(code: str) -> Division | None:
    """The division given up under which the code stands."""
    division = divisions().get(code[:DISTRICT_DIGITS])
    return division if division and division.retired_in else None


def short(code: str) -> str:
    """The code without the zeros that fill it up to 9 or 12 digits."""
    for digits in (DISTRICT_DIGITS, 9):
        if len(code) > digits and set(code[digits:]) == {"0"}:
            return code[:digits]
    return code


def named(name: str) -> Division | None:
    """The present division of that name, where only one bears it."""
    bearers = [row for row in divisions().values() if row.name == name and row.retired_in is None]
    return bearers[0] if len(bearers) == 1 else None


def holds(code: str, other: str) -> bool:
    """Whether the division ``code`` is one that ``other`` belongs to, such as a city a district."""
    stem = code
    while stem.endswith("00"):
        stem = stem[:-2]
    return bool(stem) and code != other and other.startswith(stem)
