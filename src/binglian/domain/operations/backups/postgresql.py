"""A PostgreSQL database: dumped from one snapshot, put back in one transaction."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.conninfo import make_conninfo

from binglian.backups.archive import Manifest
from binglian.domain.refusals import ActionRefused, refuse_unless

from .facts import facts_of
from .standing_in import standing_in

KIND = "postgresql"
_BLOCK = 1024 * 1024
_ASIDE = "before_restore"
_DEBIAN = Path("/usr/lib/postgresql")
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@contextmanager
def snapshot() -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    """The facts and the dump of one moment; nothing lies on a disk meanwhile."""
    with _connected() as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        own.read_only = True
        cursor = own.cursor()
        cursor.execute("SET idle_in_transaction_session_timeout = 0")
        (moment,) = cursor.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        names = [name for (name,) in cursor.execute(_TABLES).fetchall()]
        facts = facts_of(cursor, names)
        facts["server"] = own.info.server_version
        where = f"--dbname={_database()}"
        kind = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        whole = [where, "--schema=public", f"--snapshot={moment}"]
        yield facts, _dumped([_program("pg_dump"), *kind, *whole])


def is_empty() -> bool:
    with _connected() as own:
        return not own.execute(_TABLES).fetchall()


@contextmanager
def scratch(blocks: Iterable[bytes]) -> Iterator[None]:
    """The database of a backup stands in for the platform's own, and is gone afterwards."""
    name = f"binglian_verify_{uuid4().hex[:12]}"
    with _connected(autocommit=True) as own:
        try:
            own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(_id(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            told = _("数据库账号无权建试恢复用的库。请以管理员运行 ALTER ROLE %(role)s CREATEDB。")
            raise ActionRefused(told % {"role": own.info.user}) from error
        try:
            with standing_in(NAME=name):
                _restored(blocks)
                yield
        finally:
            own.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_id(name)))


def put_back(blocks: Iterable[bytes], *, replace: bool) -> str:
    """The database of a backup takes its place, at once or not at all.

    Returns the schema that holds the tables of before, empty where there were none.
    """
    if not replace or is_empty():
        _restored(blocks)
        return ""
    connection.close()
    _set_aside()
    try:
        _restored(blocks)
    except BaseException:
        with _connected() as own:
            own.execute("DROP SCHEMA public CASCADE")
            own.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(_id(_ASIDE)))
        raise
    return _ASIDE


def _set_aside() -> None:
    """The tables of before wait in another schema; refused while others use them."""
    with _connected() as own:
        others = own.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        ).fetchone()
        if others != (0,):
            told = _("还有程序连着数据库 %(place)s。请先停下 binglian 的服务。")
            raise ActionRefused(told % {"place": own.info.dbname})
        own.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(_id(_ASIDE)))
        own.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(_id(_ASIDE)))
        own.execute("CREATE SCHEMA public")


def _dumped(command: list[str]) -> Iterator[bytes]:
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=said, env=_environment()
        ) as dump,
    ):
        assert dump.stdout is not None  # noqa: S101
        try:
            while block := dump.stdout.read(_BLOCK):
                yield block
        finally:
            dump.stdout.close()
        refuse_unless(dump.wait() == 0, f"pg_dump: {_told(said)}")


def _restored(blocks: Iterable[bytes]) -> None:
    """One transaction: what is broken off leaves nothing behind."""
    command = [_program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner"]
    # Only into what is there: a new database has its schema, and so has one that was emptied.
    command += ["--no-privileges", "--schema=public", f"--dbname={_database()}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stderr=said, env=_environment()
        ) as put,
    ):
        assert put.stdin is not None  # noqa: S101
        try:
            for block in blocks:
                put.stdin.write(block)
            put.stdin.close()
        except BrokenPipeError:
            pass  # it ended, and says why
        except BaseException:
            put.kill()
            raise
        refuse_unless(put.wait() == 0, f"pg_restore: {_told(said)}")
    with _connected() as own:
        own.execute("ANALYZE")  # until then every query would be planned blindly


def _told(said: Any) -> str:
    said.seek(0)
    return str(said.read(2000).decode(errors="replace").strip())


def _id(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _facts() -> dict[str, Any]:
    """As Django connects, without what only its driver knows."""
    given = connection.get_connection_params()
    ours = {"cursor_factory", "context", "prepare_threshold", "server_side_binding", "assume_role"}
    return {name: value for name, value in given.items() if name not in ours and value is not None}


def _connected(**options: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(**_facts(), **options)


def _database() -> str:
    """Where, for the programs; the password goes by the environment, which others cannot see."""
    return make_conninfo("", **{k: v for k, v in _facts().items() if k != "password"})


def _environment() -> dict[str, str]:
    password = str(_facts().get("password", ""))
    more = {"PGPASSWORD": password} if password else {}
    return {**os.environ, **more}


def _program(name: str) -> str:
    """The newest there is: an older one does not read a newer server."""
    places = _DEBIAN.glob(f"*/bin/{name}") if _DEBIAN.exists() else ()
    found = sorted(places, key=lambda path: float(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        told = _("没有找到 %(program)s。请安装 PostgreSQL 的客户端程序（postgresql-client）。")
        raise ActionRefused(told % {"program": name})
    return program
