"""What a backup holds, so that a restored one can be compared: steps, rows, ends of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Protocol

from binglian.backups.archive import Manifest


class Cursor(Protocol):
    """Of either database's own driver."""

    def execute(self, query: str, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def facts_of(cursor: Cursor, tables: Iterable[str]) -> Manifest:
    """``steps`` taken, rows of each table, and ``ledger``: chain → [last number, last hash].

    ``cursor`` stands in the moment of the backup. An empty database has none of all this.
    """
    counts = {table: _all(cursor, f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}  # noqa: S608
    steps = _all(cursor, "SELECT app, name FROM django_migrations ORDER BY app, name")
    ends = _all(cursor, "SELECT name, last_number, last_hash FROM ledger_chain ORDER BY name")
    return {
        "binglian": version("binglian"),
        "steps": [list(step) for step in steps],
        "rows": dict(sorted(counts.items())),
        "ledger": {name: [number, mark] for name, number, mark in ends},
    }


def _all(cursor: Cursor, query: str) -> list[Any]:
    cursor.execute(query)
    return list(cursor.fetchall())
