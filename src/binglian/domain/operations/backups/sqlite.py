"""A SQLite database: copied in one view while others write, and put in its place whole."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from binglian.backups.archive import Manifest
from binglian.domain.refusals import ActionRefused, refuse_unless

from .facts import facts_of
from .leftovers import LEFT, settle, sweep
from .standing_in import standing_in

KIND = "sqlite"
_BLOCK = 1024 * 1024
_ASIDE = ".before-restore"


def place() -> Path:
    return Path(connection.settings_dict["NAME"])


@contextmanager
def snapshot() -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    """The facts and the bytes of one moment. The copy lies beside the database meanwhile."""
    with _beside() as copy:
        with (
            closing(sqlite3.connect(f"{place().resolve().as_uri()}?mode=ro", uri=True)) as own,
            closing(sqlite3.connect(copy)) as taken,
        ):
            own.backup(taken)  # in one step, hence in one read view
            facts = facts_of(taken.cursor(), _ordinary_tables(taken))
        yield facts, _blocks(copy)


def _ordinary_tables(database: sqlite3.Connection) -> list[str]:
    """Without SQLite's own, and without those an index of words keeps for itself."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    words = [name for name, made in found if made.startswith("CREATE VIRTUAL TABLE")]
    return [
        name
        for name, _made in found
        if not name.startswith(("sqlite_", *(f"{word}_" for word in words))) and name not in words
    ]


def is_empty() -> bool:
    return not place().exists() or not connection.introspection.table_names()


@contextmanager
def scratch(blocks: Iterable[bytes]) -> Iterator[None]:
    """The database of a backup stands in for the platform's own, and is gone afterwards."""
    with _beside() as copy:
        _written(copy, blocks)
        with standing_in(NAME=str(copy)):
            yield


def put_back(blocks: Iterable[bytes], *, replace: bool) -> str:
    """The database of a backup takes its place, at once or not at all.

    Returns where the one before lies now, empty where there was none.
    """
    own = place()
    own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = own.with_name(own.name + _ASIDE)
    with _beside() as copy:
        _written(copy, blocks)
        connection.close()
        if replace and own.exists():
            _alone(own)
            os.replace(own, aside)
        for ending in ("-wal", "-shm"):
            own.with_name(own.name + ending).unlink(missing_ok=True)
        os.link(copy, own)
    settle(own.parent)
    return str(aside) if replace and aside.exists() else ""


def _written(copy: Path, blocks: Iterable[bytes]) -> None:
    with copy.open("wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    with closing(sqlite3.connect(copy)) as database:
        try:
            said = database.execute("PRAGMA quick_check").fetchone()
        except sqlite3.DatabaseError as error:
            said = (str(error),)
    refuse_unless(said == ("ok",), _("备份里的数据库本身不完好：%(said)s。") % {"said": said[0]})


def _alone(own: Path) -> None:
    """Everything is in the one file and nobody else has it open; refused otherwise."""
    try:
        with closing(sqlite3.connect(own, timeout=1)) as database:
            (mode,) = database.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        mode = ""
    if mode != "delete":
        told = _("还有程序开着数据库 %(place)s。请先停下 binglian 的服务。")
        raise ActionRefused(told % {"place": own})


@contextmanager
def _beside() -> Iterator[Path]:
    """A file that only this user can read, on the disk of the database; gone afterwards."""
    folder = place().parent
    sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=LEFT) as made:
        yield Path(made) / "database.sqlite3"


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block
