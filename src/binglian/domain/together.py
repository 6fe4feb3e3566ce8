"""Several lists asked of the database in one statement.

A page that is made of twenty small lists waits twenty times for the database to be spoken to.
Here the lists are arms of one ``UNION ALL``: each row travels as JSON under the number of its
list, and Django makes of it what it would have made of the list's own answer.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Made = TypeVar("Made")
#: Yields the lists it wants, is sent their rows, returns what it makes of them.
Reader = Generator[Sequence[QuerySet[Any]], list[list[Any]], Made]
#: Between two lists.
ARM = "\nUNION ALL\n"
#: SQLite's functions take no more arguments than 127.
_MOST_ARGUMENTS = 100


def asked_together(*lists: QuerySet[Any]) -> list[list[Any]]:
    """Return the rows of each list, as it would give them itself and in its own order.

    Rows of models, ``select_related``, annotations, ``values`` and ``values_list`` are all right;
    columns of bytes are not (``defer`` them), and numbers with a fraction keep 15 digits.
    ``prefetch_related`` costs its own statements, as always.
    """
    arms, parameters, compilers = [], [], {}
    for number, rows in enumerate(lists):
        compiler = rows.query.get_compiler(connection.alias)
        try:
            sql, given = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            continue  # nothing can fit: not asked at all
        compilers[number] = compiler
        # SQL that Django compiled; what readers gave goes beside it, as parameters.
        arms.append(f"SELECT {number}, {_as_json(compiler)} FROM ({sql}) one_list")  # noqa: S608
        parameters += given
    answers: dict[int, list[tuple[Any, ...]]] = {number: [] for number in compilers}
    if arms:
        with connection.cursor() as cursor:
            cursor.execute(ARM.join(arms), parameters)
            readers = {number: _readers(compiler) for number, compiler in compilers.items()}
            for number, text in cursor:
                answers[number].append(_row(text, readers[number]))
    return [
        _made(rows, compilers[number], answers[number]) if number in compilers else []
        for number, rows in enumerate(lists)
    ]


def read_together(*readers: Reader[Made]) -> list[Made]:
    """Return what each reader makes of its lists; all are asked in one statement.

    A reader that has nothing to ask returns at once.
    """
    made: dict[int, Made] = {}
    wanted: dict[int, Sequence[QuerySet[Any]]] = {}
    for number, reader in enumerate(readers):
        try:
            wanted[number] = next(reader)
        except StopIteration as done:
            made[number] = done.value
    rows = iter(asked_together(*(one for lists in wanted.values() for one in lists)))
    for number, lists in wanted.items():
        made[number] = made_of(readers[number], [next(rows) for _list in lists])
    return [made[number] for number in range(len(readers))]


def made_of(reader: Reader[Made], rows: list[list[Any]]) -> Made:
    """Give a reader the rows of the lists it wanted; return what it makes of them."""
    try:
        reader.send(rows)
    except StopIteration as done:
        made: Made = done.value
        return made
    raise RuntimeError("A reader wants its lists at once.")


def _as_json(compiler: Any) -> str:
    """A row as JSON: on PostgreSQL an object in the order of its columns, else arrays of parts."""
    if connection.vendor == "postgresql":
        return "row_to_json(one_list)::text"
    names = [connection.ops.quote_name(alias) for _column, _sql, alias in compiler.select]
    starts = range(0, len(names), _MOST_ARGUMENTS)
    parts = [", ".join(names[n : n + _MOST_ARGUMENTS]) for n in starts]
    return f"json_array({', '.join(f'json_array({part})' for part in parts)})"


def _row(text: str, readers: Sequence[Any]) -> tuple[Any, ...]:
    said = json.loads(text)
    values: Iterable[Any]
    values = said.values() if isinstance(said, dict) else (one for part in said for one in part)
    pairs = zip(values, readers, strict=True)
    return tuple(
        value if reader is None or value is None else reader(value) for value, reader in pairs
    )


def _readers(compiler: Any) -> list[Any]:
    """For each column, what turns the JSON value into what the database itself would have given.

    SQLite has no types that JSON has not.
    """
    fields = [column.output_field for column, _sql, _alias in compiler.select]
    if connection.vendor != "postgresql":
        return [None] * len(fields)
    return [_POSTGRESQL.get(field.get_internal_type()) for field in fields]


_POSTGRESQL = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "DecimalField": lambda value: Decimal(str(value)),
    "JSONField": json.dumps,
}


def _made(rows: QuerySet[Any], compiler: Any, answer: list[tuple[Any, ...]]) -> list[Any]:
    """Let a list be made of an answer that is there already."""
    compiler.execute_sql = lambda *_how, **_more: [answer]
    again: Any = rows.all()
    again.query.get_compiler = lambda *_how, **_more: compiler
    return list(again)
