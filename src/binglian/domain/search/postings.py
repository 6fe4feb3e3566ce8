"""The inverted index: which documents hold which pieces, the newest first, on both databases.

SQLite keeps it in FTS5, PostgreSQL in a ``tsvector`` under GIN; both hold the bare pieces without
places and weights, and answer the same question: the newest documents that have all of these
pieces and one of each of those sets. Neither parses anything, so both find the same.

FTS5 walks its lists from the newest and stops. GIN gathers everything that matches before the
first row, so each piece of index is also marked with a block of some thousand documents, and the
newest blocks are asked first; only what is rare enough to be absent there is asked for everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from binglian.domain.alliance.crossing import crossing_alliances

_BLOCK = 4096
#: How many of the newest blocks are asked first, and then; PostgreSQL alone.
_NEAR, _FURTHER = 2, 16

#: A part of the union begins only where those before it gave too few rows. Each is gathered first:
#: the planner must not think of walking the table backwards instead.
_BY_GIN = """
WITH last AS (SELECT COALESCE(MAX(id), 0) / %(block)s AS block FROM search_document),
near AS MATERIALIZED (
  SELECT id FROM search_posting WHERE grams @@ (%(asked)s || ' & (' || (
    SELECT string_agg('''__b' || (block - back) || '''', ' | ')
    FROM last, generate_series(0, %(near)s - 1) AS back) || ')')::tsquery),
further AS MATERIALIZED (
  SELECT id FROM search_posting WHERE grams @@ (%(asked)s || ' & (' || (
    SELECT string_agg('''__b' || (block - back) || '''', ' | ')
    FROM last, generate_series(%(near)s, %(further)s - 1) AS back) || ')')::tsquery),
anywhere AS MATERIALIZED (
  SELECT id FROM search_posting WHERE grams @@ %(asked)s::tsquery)
SELECT id FROM (
  (SELECT id FROM near ORDER BY id DESC LIMIT %(most)s)
  UNION ALL
  (SELECT id FROM further ORDER BY id DESC LIMIT %(most)s)
  UNION ALL
  (SELECT id FROM anywhere
   WHERE id < ((SELECT block FROM last) - %(further)s + 1) * %(block)s
   ORDER BY id DESC LIMIT %(most)s)
) AS parts LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All pieces of ``every``, and one at least of each set of ``some``."""

    every: Collection[str]
    some: Sequence[Collection[str]] = ()


@crossing_alliances("The words of the whole city are in one index")
def newest_matching(wanted: Wanted, most: int) -> list[int]:
    """Keys of at most ``most`` documents, the newest first."""
    if not all(wanted.some) or not (wanted.every or wanted.some):
        return []
    if connection.vendor == "postgresql":
        asked = _joined(wanted, " & ", " | ", "'", "'")
        steps = {"block": _BLOCK, "near": _NEAR, "further": _FURTHER}
        return _keys(_BY_GIN, steps | {"asked": asked, "most": most})
    expression = _joined(wanted, " AND ", " OR ", '"', '"')
    return _keys(
        "SELECT rowid FROM search_posting WHERE search_posting MATCH %s"
        " ORDER BY rowid DESC LIMIT %s",
        [expression, most],
    )


def _joined(wanted: Wanted, both: str, either: str, opens: str, closes: str) -> str:
    """The question in a database's words; pieces are letters and digits, so nothing is escaped."""
    parts = [f"{opens}{gram}{closes}" for gram in sorted(wanted.every)]
    for one_of in wanted.some:
        names = either.join(f"{opens}{gram}{closes}" for gram in sorted(one_of))
        parts.append(f"({names})")
    return both.join(parts)


def _keys(sql: str, arguments: Sequence[str | int] | Mapping[str, str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [key for (key,) in cursor.fetchall()]


def _block(number: int) -> str:
    return f"__b{number}"


# ---- writing: for actions and migrations ---------------------------------------------------------


def add(postings: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Note the pieces of documents, by their keys."""
    rows = list(postings)
    values: list[tuple[int, list[str] | str]]
    if connection.vendor == "postgresql":
        sql = "INSERT INTO search_posting (id, grams) VALUES (%s, array_to_tsvector(%s::text[]))"
        values = [(key, [*grams, _block(key // _BLOCK)]) for key, grams in rows]
    else:
        sql = "INSERT OR REPLACE INTO search_posting (rowid, grams) VALUES (%s, %s)"
        values = [(key, " ".join(grams)) for key, grams in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def drop(keys: Iterable[int]) -> None:
    """Forget the pieces of these documents."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM search_posting WHERE {column} = %s",  # noqa: S608 - one of two words
            [(key,) for key in keys],
        )


def stored_grams(keys: Sequence[int]) -> dict[int, list[str]]:
    """The pieces noted for documents; what has none is absent."""
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    if connection.vendor == "postgresql":
        columns = "id, tsvector_to_array(grams)"
        where = "id"
    else:
        columns, where = "rowid, grams", "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM search_posting WHERE {where} IN ({marks})",  # noqa: S608
            list(keys),
        )
        found = dict(cursor.fetchall())
    return {
        key: sorted(
            gram
            for gram in (grams.split(" ") if isinstance(grams, str) else grams)
            if not gram.startswith("__b")
        )
        for key, grams in found.items()
    }


def count() -> int:
    """How many documents have pieces noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_posting")
        return int(cursor.fetchone()[0])


def create(database: BaseDatabaseWrapper) -> None:
    """Make the empty index."""
    with database.cursor() as cursor:
        for statement in _CREATE[database.vendor]:
            cursor.execute(statement)


def remove(database: BaseDatabaseWrapper) -> None:
    """Take the index away."""
    with database.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_posting")


_CREATE = {
    # «ascii» takes every other character for a letter: our pieces pass through it as they are.
    "sqlite": (
        "CREATE VIRTUAL TABLE search_posting USING fts5"
        " (grams, detail = none, columnsize = 0, tokenize = \"ascii tokenchars '_'\")",
    ),
    # Without a pending list, which every search would have to read through.
    "postgresql": (
        "CREATE TABLE search_posting (id bigint PRIMARY KEY, grams tsvector NOT NULL)",
        "ALTER TABLE search_posting ALTER COLUMN grams SET STATISTICS 0",
        "CREATE INDEX search_posting_grams ON search_posting USING gin (grams)"
        " WITH (fastupdate = off)",
    ),
}
