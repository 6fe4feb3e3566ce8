"""Single values of a JSON document, checked and turned into what the engine works with.

Each reader takes what the JSON held and raises ``FormRefused``. ``many`` and ``row`` build
readers of lists and of objects out of them; they go on after a fault, to name all at once.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from .faults import Code, FormRefused, nearest, wrong
from .text import Twice

Read = Callable[[Any], Any]
Fields = Mapping[str, Read]
T = TypeVar("T")

#: Sums of a million such quantities still fit 64 bits.
MOST = 10**12


def text(value: Any) -> str:
    """Text without half characters."""
    if type(value) is not str:
        raise wrong(Code.TYPE, value, expected="text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise wrong(Code.BROKEN_TEXT, value) from error
    return value


def name(value: Any) -> str:
    """A name: text, or a whole number as some lists have it."""
    return str(value) if type(value) is int and abs(value) < 10**18 else _name(value)


def number(least: float = -MOST, most: float = MOST) -> Read:
    """Return the reader of a finite number from ``least`` to ``most``."""

    def read(value: Any) -> float:
        if type(value) is not int and type(value) is not float:
            raise wrong(Code.TYPE, value, expected="number")
        if type(value) is float and not math.isfinite(value):
            raise wrong(Code.NO_NUMBER, value)
        if not least <= value <= most:
            raise wrong(Code.RANGE, value, least=least, most=most)
        return float(value)

    return read


_NUMBER = number()


def above_zero(value: Any) -> float:
    """A finite number above 0."""
    found = float(_NUMBER(value))
    if found <= 0:
        raise wrong(Code.ABOVE_ZERO, value)
    return found


def whole(least: int = 0, most: int = MOST) -> Read:
    """Return the reader of a whole number from ``least`` to ``most``; 3.0 counts as 3."""

    def read(value: Any) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise wrong(Code.TYPE, value, expected="whole number")
        if not least <= value <= most:
            raise wrong(Code.RANGE, value, least=least, most=most)
        return value

    return read


def flag(value: Any) -> bool:
    """true or false."""
    if type(value) is not bool:
        raise wrong(Code.TYPE, value, expected="yes or no")
    return value


def day(value: Any) -> int:
    """An ISO date, as its ordinal."""
    try:
        return date.fromisoformat(text(value)).toordinal()
    except FormRefused:
        raise
    except ValueError as error:
        raise wrong(Code.DATE, value) from error


def minute(value: Any) -> int:
    """A time of day such as 14:00, in minutes since midnight."""
    said = text(value)
    hours, colon, minutes = said.partition(":")
    figures = colon and (hours + minutes).isascii() and (hours + minutes).isdigit()
    if figures and len(hours) in (1, 2) and len(minutes) == 2:
        total = 60 * int(hours) + int(minutes)
        if int(minutes) < 60 and total <= 1440:
            return total
    raise wrong(Code.TIME, value)


def choice(choices: Mapping[Any, T]) -> Callable[[Any], T]:
    """Return the reader of one of these values."""

    def read(value: Any) -> T:
        if type(value) in (str, int) and value in choices:
            return choices[value]
        raise wrong(Code.CHOICE, value, choices=", ".join(map(str, choices)))

    return read


def or_none(read: Read) -> Read:
    """Return a reader that also takes null."""
    return lambda value: None if value is None else read(value)


def many(read: Read, least: int = 0) -> Read:
    """Return the reader of a list of these, as a tuple."""

    def read_many(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise wrong(Code.TYPE, value, expected="list")
        if len(value) < least:
            raise wrong(Code.EMPTY)
        try:
            return tuple(map(read, value))
        except FormRefused:
            raise FormRefused.all_of(_faults(read, value)) from None

    return read_many


def words(intern: dict[Any, frozenset[str]]) -> Read:
    """Return the reader of a list of words as a set; equal sets are one object."""
    read_all = many(name)

    def read(value: Any) -> frozenset[str]:
        listed = read_all(value)
        found = intern.get(listed)
        if found is None:
            found = intern[listed] = frozenset(listed)
        return found

    return read


def row(fields: Fields, required: Iterable[str] = ()) -> Callable[[Any], dict[str, Any]]:
    """Return the reader of an object with these keys and no others."""
    needed = tuple(required)

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise wrong(Code.TYPE, value, expected="object")
        try:
            found = {key: fields[key](given) for key, given in value.items()}
            for key in needed:
                found[key]
        except (FormRefused, KeyError):
            raise FormRefused.all_of(_row_faults(fields, needed, value)) from None
        return found

    return read


def _name(value: Any) -> str:
    if type(value) is not str:
        raise wrong(Code.TYPE, value, expected="name")
    if not value:
        raise wrong(Code.EMPTY)
    return text(value)


def _faults(read: Read, value: list[Any]) -> Iterable[FormRefused]:
    for i, item in enumerate(value):
        try:
            read(item)
        except FormRefused as refused:
            yield refused.under(f"[{i}]")


def _row_faults(
    fields: Fields, required: Iterable[str], value: dict[Any, Any]
) -> Iterable[FormRefused]:
    for key, given in value.items():
        try:
            if isinstance(key, Twice):
                raise wrong(Code.KEY_TWICE)
            if key not in fields:
                near = nearest(key, fields)
                raise wrong(Code.UNKNOWN_KEY, near=f'"{near}"' if near else "")
            fields[key](given)
        except FormRefused as refused:
            yield refused.under(f".{_shown(key)}")
    for key in required:
        if key not in value:
            yield wrong(Code.MISSING_KEY, path=f".{key}")


def _shown(key: Any) -> str:
    """A key as it stands in a path, short and printable."""
    said = str(key.name if isinstance(key, Twice) else key)[:40]
    return said.encode(errors="backslashreplace").decode()
