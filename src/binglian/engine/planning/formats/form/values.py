"""Values of a JSON document, each checked where it stands; paths read ``tasks[3].release``."""

import json
import math
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any

from binglian.engine.planning.formats.faults import Code, FormatError

#: Takes what the JSON held, and the path to it.
Read = Callable[[Any, str], Any]
MOST = 10**9


def parse(content: bytes) -> Any:
    """Return the document. Raises ``FormatError`` naming line and column of what is no JSON."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except FormatError:
        raise
    except UnicodeDecodeError as error:
        raise FormatError(Code.ENCODING) from error
    except json.JSONDecodeError as error:
        column, why = error.colno, error.msg
        raise FormatError(Code.NOT_JSON, line=error.lineno, column=column, why=why) from error
    except RecursionError as error:
        raise FormatError(Code.TOO_DEEP) from error
    except ValueError as error:  # Python's own limit on the digits of a whole number
        raise FormatError(Code.MOST, value="…", most="10^9") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FormatError(Code.KEY_TWICE, field=twice)
    return found


def text(value: Any, path: str) -> str:
    """Text of at least one character, or a whole number taken as text."""
    if type(value) is int and abs(value) < 10**18:
        return str(value)
    if type(value) is not str or not value:
        raise _wrong(value, path, "text")
    if any("\ud800" <= letter <= "\udfff" for letter in value):  # half a character
        raise FormatError(Code.ENCODING, field=path)
    return value


def any_text(value: Any, path: str) -> str:
    """Text, also none."""
    return "" if value == "" else text(value, path)


def whole(least: int = 0, most: int = MOST) -> Read:
    """Return the reader of a whole number; 3.0 counts as 3."""

    def read(value: Any, path: str) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise _wrong(value, path, "whole number")
        if value < least:
            raise FormatError(Code.LEAST, field=path, value=value, least=least)
        if value > most:
            raise FormatError(Code.MOST, field=path, value=value, most=most)
        return value

    return read


def number(value: Any, path: str) -> float:
    """A finite number from 0."""
    if type(value) not in (int, float) or not math.isfinite(value) or value > 10**12:
        raise _wrong(value, path, "number")
    if value < 0:
        raise FormatError(Code.LEAST, field=path, value=value, least=0)
    return float(value)


def flag(value: Any, path: str) -> bool:
    """true or false."""
    if type(value) is not bool:
        raise _wrong(value, path, "yes or no")
    return value


def choice(choices: Collection[str]) -> Read:
    """Return the reader of one of these words."""

    def read(value: Any, path: str) -> str:
        if type(value) is not str or value not in choices:
            listed = ", ".join(choices)
            raise FormatError(Code.CHOICE, field=path, value=_shown(value), choices=listed)
        return value

    return read


def or_none(read: Read) -> Read:
    """Return a reader that also takes null."""
    return lambda value, path: None if value is None else read(value, path)


def many(read: Read) -> Read:
    """Return the reader of a list of these."""

    def read_many(value: Any, path: str) -> list[Any]:
        if type(value) is not list:
            raise _wrong(value, path, "list")
        return [read(item, f"{path}[{i}]") for i, item in enumerate(value)]

    return read_many


def pair(value: Any, path: str) -> tuple[int, int]:
    """Two whole numbers."""
    if type(value) is not list or len(value) != 2:
        raise _wrong(value, path, "pair")
    first, last = many(whole())(value, path)
    return first, last


def triple(value: Any, path: str) -> tuple[int, int, int]:
    """Three whole numbers."""
    if type(value) is not list or len(value) != 3:
        raise _wrong(value, path, "triple")
    first, last, amount = many(whole())(value, path)
    return first, last, amount


def mapped(read: Read) -> Read:
    """Return the reader of an object whose keys are names."""

    def read_mapped(value: Any, path: str) -> dict[str, Any]:
        if type(value) is not dict:
            raise _wrong(value, path, "object")
        return {key: read(item, f"{path}.{key}") for key, item in value.items()}

    return read_mapped


def row(fields: Mapping[str, Read], required: Collection[str] = ()) -> Read:
    """Return the reader of an object with these keys."""

    def read_row(value: Any, path: str) -> dict[str, Any]:
        if type(value) is not dict:
            raise _wrong(value, path, "object")
        at = f"{path}." if path else ""
        for key in value:
            if key not in fields:
                near = nearest(key, fields)
                raise FormatError(Code.UNKNOWN_KEY, field=f"{at}{_short(key)}", near=near)
        for key in required:
            if key not in value:
                raise FormatError(Code.MISSING, field=f"{at}{key}")
        return {key: fields[key](item, f"{at}{key}") for key, item in value.items()}

    return read_row


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word most like ``word``, or ""."""
    return next(iter(get_close_matches(word, list(known)[:5_000], n=1)), "")


def _wrong(value: Any, path: str, expected: str) -> FormatError:
    return FormatError(Code.TYPE, field=path or "$", value=_shown(value), expected=expected)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[… {len(value)} …]"
    if isinstance(value, dict):
        return f"{{… {len(value)} …}}"
    return json.dumps(value, default=str) if not isinstance(value, str) else f'"{value[:60]}"'


def _short(key: str) -> str:
    return key[:40].encode(errors="backslashreplace").decode()
