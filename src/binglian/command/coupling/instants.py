"""One instant of the database that several processes read, each by its own connection.

On PostgreSQL an exported snapshot, which holds as long as the process that exported it lives; on
SQLite a copy of the file. What is written meanwhile is seen by nobody who reads the instant, so
what a lost process had read can be read again and is the same.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import django


@dataclass(frozen=True, slots=True)
class Instant:
    """The name of a database (of a file, on SQLite), and the snapshot of it, "" for a copy.

    How else to get there, and by which password, each process knows from its own settings.
    """

    database: str
    snapshot: str


@contextmanager
def this_instant() -> Iterator[Instant]:
    """Hold the database as it stands now, for as long as the block runs."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with tempfile.TemporaryDirectory(prefix="binglian-") as folder:
            copy = str(Path(folder) / "instant.sqlite3")
            with closing(sqlite3.connect(copy)) as target:
                connection.connection.backup(target)
            yield Instant(copy, "")
        return
    holder = connection.copy()  # of its own, for what is written meanwhile is to be committed
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        yield Instant(str(holder.settings_dict["NAME"]), snapshot)
    finally:
        holder.close()


@contextmanager
def reading(instant: Instant) -> Iterator[None]:
    """Read the instant in this block; for processes that have nothing else to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binglian.config.settings")
    if not django.apps.apps.ready:
        django.setup()
    from django.db import connection, transaction

    connection.close()
    connection.settings_dict["NAME"] = instant.database
    try:
        if not instant.snapshot:
            yield
            return
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [instant.snapshot])
            yield
    finally:
        connection.close()
