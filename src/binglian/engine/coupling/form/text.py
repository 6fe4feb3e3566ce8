"""JSON text in and out: strict about what it takes, one row per line in what it writes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .faults import Code, wrong


@dataclass(frozen=True, slots=True)
class Twice:
    """Stands as a key for the name of a key that an object holds more than once."""

    name: str


def parse(content: bytes) -> Any:
    """Return the document; an object with a key twice holds a ``Twice`` key.

    Raises ``FormRefused`` naming line and column of what is not JSON, or the byte not UTF-8.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise wrong(Code.NOT_UTF8, byte=error.start + 1) from error
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        raise wrong(Code.NOT_JSON, line=line, column=column, why=error.msg) from error
    except RecursionError as error:
        raise wrong(Code.TOO_DEEP) from error
    except ValueError as error:  # Python's own limit on the digits of a whole number
        raise wrong(Code.LONG_NUMBER) from error


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the document as JSON text, each row of a list or of an iterator on its own line."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    opening = "{\n"
    for key, value in document.items():
        yield f"{opening}  {encode(key)}: "
        opening = ",\n"
        has_rows = isinstance(value, list) and value and isinstance(value[0], dict)
        if has_rows or isinstance(value, Iterator):
            yield from _rows(value, encode)
        else:
            yield encode(value)
    yield "\n}\n"


def _rows(rows: Iterable[Any], encode: Callable[[Any], str]) -> Iterator[str]:
    opening = "["
    for row in rows:
        yield f"{opening}\n    {encode(row)}"
        opening = ","
    yield "[]" if opening == "[" else "\n  ]"


def _object(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen = set()
        for key, _ in pairs:
            if key in seen:
                found[Twice(key)] = None
            seen.add(key)
    return found
