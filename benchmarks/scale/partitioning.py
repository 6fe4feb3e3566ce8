"""Measures one table for all alliances against PostgreSQL partitions by alliance.

python -m benchmarks.scale.partitioning --rows 1000000

A server of its own holds matters-like rows in both layouts; each question is asked of both in turn,
so that other work of the machine falls on both. Writes benchmarks/results/partitioning.json and the
table of docs/adr/0010.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from benchmarks.circumstances import circumstances, said_shortly
from benchmarks.markdown import number, put_into, table
from benchmarks.processes import ROOT, say
from tools.postgres import throwaway_postgres

RESULTS = ROOT / "benchmarks/results/partitioning.json"
PAGE = ROOT / "docs/adr/0010-alliances-as-shards.md"
STATES = 8
TIMES = 200
TEXT = "路面积水，夜间行人不便。" * 8
COLUMNS = "id bigint, alliance_id int, state int, reported_at timestamptz, title text"
LAYOUTS = ("one_table", "partitions")
#: What is asked, with alliance (a), state (s) and key (k) drawn anew each time.
QUESTIONS = {
    "a list page of an alliance": (
        "SELECT * FROM {t} WHERE alliance_id = {a} AND state = {s} ORDER BY id DESC LIMIT 20"
    ),
    "counts by state of an alliance": (
        "SELECT state, count(*) FROM {t} WHERE alliance_id = {a} GROUP BY state"
    ),
    "one row by alliance and key": "SELECT * FROM {t} WHERE alliance_id = {a} AND id = {k}",
    "one row by key": "SELECT * FROM {t} WHERE id = {k}",
    "the newest of the whole city": "SELECT * FROM {t} ORDER BY id DESC LIMIT 30",
    "one row written": "INSERT INTO {t} VALUES ({n}, {a}, {s}, now(), 'title')",
}


def main() -> None:
    """Measure for several numbers of alliances, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--alliances", type=int, nargs="+", default=[30, 300])
    asked = parser.parse_args()
    report = {**circumstances(("psycopg",), "scale"), "threads": 1}
    report |= {"rows": asked.rows, "runs": []}
    with throwaway_postgres() as url, psycopg.connect(url, autocommit=True) as connection:
        report["server"] = connection.info.server_version // 10_000
        for alliances in asked.alliances:
            say(f"{asked.rows:,} rows of {alliances} alliances …")
            report["runs"].append(_measured(connection, asked.rows, alliances))
    text = json.dumps(report, ensure_ascii=False, indent=1)
    RESULTS.write_text(f"{text}\n", encoding="utf-8")
    print(shown := tables(report))
    put_into(PAGE, shown)


def _measured(connection: psycopg.Connection, rows: int, alliances: int) -> dict[str, Any]:
    for layout in LAYOUTS:
        _lay_out(connection, layout, rows, alliances)
    dice = random.Random(1)
    found = {
        what: _both(connection, lambda layout, sql=sql: _drawn(sql, layout, dice, rows, alliances))
        for what, sql in QUESTIONS.items()
    }
    gone = {
        "one_table": "DELETE FROM one_table WHERE alliance_id = 1",
        "partitions": "DROP TABLE partitions_1",
    }
    found["an alliance taken out"] = {
        layout: _milliseconds(connection, sql) for layout, sql in gone.items()
    }
    connection.execute("DROP TABLE one_table, partitions")
    return {"alliances": alliances, "milliseconds": found}


def _lay_out(connection: psycopg.Connection, layout: str, rows: int, alliances: int) -> None:
    if layout == "one_table":
        connection.execute(f"CREATE TABLE {layout} ({COLUMNS}, PRIMARY KEY (id))")
    else:
        key = "PRIMARY KEY (alliance_id, id)"  # of partitions, a key must name the partition
        by = "PARTITION BY LIST (alliance_id)"
        connection.execute(f"CREATE TABLE {layout} ({COLUMNS}, {key}) {by}")
        for a in range(alliances):
            part = f"{layout}_{a} PARTITION OF {layout} FOR VALUES IN ({a})"
            connection.execute(f"CREATE TABLE {part}")
    connection.execute(
        f"INSERT INTO {layout} SELECT g, g % {alliances}, g / {alliances} % {STATES}, now(),"
        f" '{TEXT}' FROM generate_series(1, {rows}) g"
    )
    connection.execute(f"CREATE INDEX {layout}_list ON {layout} (alliance_id, state, id)")
    connection.execute(f"VACUUM ANALYZE {layout}")


def _drawn(sql: str, layout: str, dice: random.Random, rows: int, alliances: int) -> str:
    k = dice.randint(1, rows)
    a, n = k % alliances, rows + dice.randint(1, 1 << 60)
    return sql.format(t=layout, a=a, s=dice.randrange(STATES), k=k, n=n)


def _both(connection: psycopg.Connection, drawn: Callable[[str], str]) -> dict[str, float]:
    """Return milliseconds by layout, planning and the way there and back included.

    The fastest of many: what else the machine does falls on the others.
    """
    took: dict[str, list[float]] = {layout: [] for layout in LAYOUTS}
    for _ in range(TIMES):
        for layout in LAYOUTS:
            took[layout].append(_milliseconds(connection, drawn(layout)))
    return {layout: min(times) for layout, times in took.items()}


def _milliseconds(connection: psycopg.Connection, sql: str) -> float:
    begun = time.perf_counter()
    cursor = connection.execute(sql)
    if cursor.description:
        cursor.fetchall()
    return 1000 * (time.perf_counter() - begun)


def tables(report: dict[str, Any]) -> str:
    """Return the measured figures in Markdown."""
    runs: Sequence[dict[str, Any]] = report["runs"]
    head = [f"milliseconds, fastest of {TIMES}"]
    for run in runs:
        head += [f"{run['alliances']} alliances: one table", "partitions"]
    lines = []
    for what in runs[0]["milliseconds"]:
        figures = [run["milliseconds"][what][layout] for run in runs for layout in LAYOUTS]
        lines.append([what, *(number(figure, 2) for figure in figures)])
    size = f"{report['rows']:,} rows, PostgreSQL {report['server']}."
    return f"{table(head, lines)}\n\n{size} {said_shortly(report)}"


if __name__ == "__main__":
    main()
