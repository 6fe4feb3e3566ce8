"""Rows by the hundred thousand into an empty database: COPY on PostgreSQL, one statement on SQLite.

What the platform does goes through its actions, one act at a time; a city of millions of rows that
never was would take days that way. So the generator writes tables directly, and the ledger with
them, in the form the actions would have left behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

#: Rows kept in memory before they are written.
_KEPT = 50_000

Convert = Callable[[Any], Any]


class Rows:
    """Collects rows and writes them in batches, each batch whole or not at all."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], _Table] = {}
        self._waiting = 0
        self.written = 0

    def add(self, model: type[models.Model], **values: Any) -> int:
        """Add one row, by the names of its columns; returns its key.

        What is left out gets the default of the model. Raises ``KeyError`` for a column that the
        model does not have.
        """
        key = self._table(model).add(values)
        self._waiting += 1
        if self._waiting >= _KEPT:
            self.flush()
        return key

    def next_key(self, model: type[models.Model]) -> int:
        """The key that the next row will have, for rows that point at each other."""
        return self._table(model).last + 1

    def flush(self) -> None:
        """Write what is waiting, in one transaction: rows may point at each other either way."""
        with transaction.atomic():
            for table in self._tables.values():
                table.write()
        self.written += self._waiting
        self._waiting = 0

    def finish(self) -> None:
        """Write the rest, and let the database go on counting keys after ours."""
        self.flush()
        if connection.in_atomic_block:  # else each batch was checked as it was committed
            connection.check_constraints()
        for statement in connection.ops.sequence_reset_sql(no_style(), [*self._tables]):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def _table(self, model: type[models.Model]) -> _Table:
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = _Table(model)
        return table


class _Table:
    """The rows of one table that wait to be written."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self._key = model._meta.pk.attname
        converts = {field.attname: _convert_of(field) for field in fields}
        self._converts = {name: convert for name, convert in converts.items() if convert}
        # In the order of the columns, which a row written over it keeps.
        self._defaults = {field.attname: _default_of(field) for field in fields}
        self._columns = [connection.ops.quote_name(str(field.column)) for field in fields]
        self._table = connection.ops.quote_name(model._meta.db_table)
        self.last = 0
        self._rows: list[tuple[Any, ...]] = []

    def add(self, values: dict[str, Any]) -> int:
        if not values.keys() <= self._defaults.keys():
            raise KeyError(f"{self._table}: {sorted(values.keys() - self._defaults.keys())}")
        self.last = key = values.setdefault(self._key, self.last + 1)
        for name in self._converts.keys() & values.keys():
            if values[name] is not None:
                values[name] = self._converts[name](values[name])
        self._rows.append(tuple((self._defaults | values).values()))
        return key

    def write(self) -> None:
        columns = ", ".join(self._columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self._table} ({columns}) FROM STDIN") as copy:
                    for row in self._rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self._columns))
                statement = f"INSERT INTO {self._table} ({columns}) VALUES ({marks})"  # noqa: S608
                cursor.executemany(statement, self._rows)
        self._rows.clear()


def _convert_of(field: models.Field) -> Convert | None:
    """How a value becomes what the database's driver takes; ``None`` where it already is."""
    if isinstance(field, models.JSONField):
        return json.JSONEncoder(ensure_ascii=False).encode
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.DateField | models.DecimalField):
        return str
    return None


def _instant(at: datetime) -> str:
    """An instant of UTC, a whole second, as SQLite keeps it."""
    return str(at)[:19]


def _default_of(field: models.Field) -> Any:
    default = field.get_default()
    is_ready = default is None or not isinstance(default, Decimal | date | list | dict)
    convert = _convert_of(field)
    return default if is_ready or convert is None else convert(default)


@contextmanager
def loading() -> Iterator[None]:
    """For the time of the load: indices are built afterwards, and SQLite does not wait for disks.

    A load cut off half-way leaves a database without indices; it is not empty then, and no second
    load begins in it.
    """
    # SQLite changes these outside transactions only.
    may_hurry = connection.vendor == "sqlite" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        statements = _index_statements(cursor)
        for name in statements:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        if may_hurry:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA foreign_keys=OFF")
        yield
        for statement in statements.values():
            cursor.execute(statement)
        if may_hurry:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("ANALYZE")


def _index_statements(cursor: Any) -> dict[str, str]:
    """Name → statement of every index that is no constraint."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND indexdef NOT LIKE 'CREATE UNIQUE%%'"
        )
    else:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND sql NOT LIKE 'CREATE UNIQUE%%'"
        )
    return dict(cursor.fetchall())
