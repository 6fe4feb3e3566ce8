"""Measures searching a million documents, on the database the environment names.

./dev bench search                                   on SQLite, in a folder erased afterwards
./dev bench search --n 100000
DATABASE_URL=postgres://… ./dev bench search          in an empty database of your own
… ./dev bench search --only-ask [--folder FOLDER]     in a city that stands already; writes nothing

Prints a table and writes benchmarks/results/search-<database>.json; ``python -m
benchmarks.search.tables`` puts what was written into the guide. Times are those of one process that
finds, filters by what the reader may see, ranks, and marks twenty hits. CPU is of this process and,
where PostgreSQL runs on the same Linux, of the process that serves it there.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.circumstances import circumstances
from benchmarks.processes import say

from .tables import RESULTS, part_of

SHOWN = 20


def main() -> None:
    """Draw the city in a throw-away database, build the index, ask, print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=1_000_000, help="about how many documents")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--folder", help="keep the database here, and use it again")
    parser.add_argument("--only-ask", action="store_true", help="of a city that stands already")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BINGLIAN_DATA": asked.folder or folder, "BINGLIAN_MODE": "development"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "binglian.config.settings"
        _measure(asked.n, asked.rounds, asked.only_ask)


def _measure(n: int, rounds: int, only_ask: bool) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from binglian.domain.search.models import Document

    from .city import found_city

    settings.DEBUG = False
    built: dict[str, Any] = {}
    if not only_ask:
        call_command("migrate", verbosity=0)
    if not only_ask and not Document.objects.exists():
        say(f"drawing a city of about {n:,} documents …")
        found_city(n)
        built = _build()
    documents = Document.objects.count()
    report = {
        **circumstances(["Django", "pypinyin", "opencc"], "search"),
        "database": _database_version(),
        # Of the city, where it was drawn for this, and of the questions.
        "seeds": [4] if only_ask else [9, 4],
        "documents": documents,
        "index_mb": round(_index_bytes() / 1e6),
        "building": built,
        "asked": _ask(rounds),
        "write_ms": None if only_ask else _write(),
    }
    RESULTS.mkdir(exist_ok=True)
    out = RESULTS / f"search-{connection.vendor}.json"
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{part_of(report)}")


def _build() -> dict[str, Any]:
    from django.db import connection

    from binglian.domain.search.actions import rebuild

    begun, cpu = time.perf_counter(), time.process_time()
    done = rebuild(lambda done: say(f"{done:,} documents") if done % 50_000 == 0 else None)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return {
        "documents": done,
        "seconds": round(seconds, 1),
        "rows_per_second": round(done / seconds),
        "rows_per_cpu_second": round(done / cpu),
    }


def _ask(rounds: int) -> list[dict[str, Any]]:
    """Each question as often as said; of each the median of its rounds."""
    from binglian.domain.search.queries import find

    from .asking import questions, reader_named

    spent = _cpu_clock()
    made = []
    for turn, question in enumerate(questions()):
        walls, cpus = [], []
        for _round in range(rounds):
            begun, cpu = time.perf_counter(), spent()
            answer = find(question.words, reader_named(question.reader, turn))
            for hit in answer.hits[:SHOWN]:
                answer.marked_title(hit), answer.marked_text(hit)
            walls.append(1000 * (time.perf_counter() - begun))
            cpus.append(1000 * (spent() - cpu))
        made.append(
            {
                "words": question.words,
                "sort": question.sort,
                "reader": question.reader,
                "hits": len(answer.hits),
                "is_cut": answer.is_cut,
                "first_ms": round(walls[0], 2),
                "wall_ms": round(sorted(walls)[rounds // 2], 2),
                "cpu_ms": round(sorted(cpus)[rounds // 2], 2),
            }
        )
    return made


def _cpu_clock() -> Callable[[], float]:
    """Seconds of CPU this process has used, with those of the server's process for it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        served_by = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not (served_by.exists() and "postgres" in (served_by.parent / "comm").read_text()):
        say("The server runs elsewhere: CPU is of this process alone.")
        return time.process_time
    return lambda: time.process_time() + int(served_by.read_text().split()[0]) / 1e9


def _write() -> float:
    """Milliseconds of CPU that one changed offer costs the index; rolled back afterwards."""
    from django.db import transaction

    from binglian.domain.coupling.models import Offer
    from binglian.domain.search.actions import refresh
    from binglian.domain.search.sources import SOURCES

    offers = list(Offer.objects.order_by("-pk")[:50])
    with transaction.atomic():
        for offer in offers:
            Offer.objects.filter(pk=offer.pk).update(title=f"{offer.title}改")
        begun = time.process_time()
        for offer in offers:
            refresh(SOURCES["offer"], [offer.pk])
        spent = time.process_time() - begun
        transaction.set_rollback(True)
    return round(1000 * spent / len(offers), 2)


def _database_version() -> str:
    from django.db import connection

    asks = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(asks)
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def _index_bytes() -> int:
    """What documents and pieces take on disk."""
    from django.db import connection

    sql = (
        "SELECT pg_total_relation_size('search_posting')"
        " + pg_total_relation_size('search_document')"
        if connection.vendor == "postgresql"
        else "SELECT sum(pgsize) FROM sqlite_schema CROSS JOIN dbstat USING (name)"
        " WHERE aggregate = TRUE"
        " AND (name LIKE 'search\\_%%' ESCAPE '\\' OR name LIKE 'document_once%%')"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
