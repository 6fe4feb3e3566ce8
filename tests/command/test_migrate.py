"""``binglian migrate``: what a newer version did to the tables can be taken back."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from binglian.command.generating.city import Size, build
from binglian.domain.operations.backups import postgresql
from binglian.domain.operations.backups.standing_in import standing_in
from tools.reversible import lost_on_the_way, newest_steps, rows

pytestmark = pytest.mark.django_db(transaction=True)

#: Django draws every model anew for each step after the first that goes; `./dev migrations` takes
#: the time for all subjects.
LATE = ("matters", "newsroom", "openness")


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[None]:
    """A copy of the database of the tests, so that these keep theirs whatever happens."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(tmp_path / "copy.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        with standing_in(NAME=str(tmp_path / "copy.sqlite3")):
            yield
        return
    copy_name, own_name = f"binglian_copy_{uuid4().hex[:12]}", connection.settings_dict["NAME"]
    connection.close()
    with standing_in(NAME="postgres"), postgresql._connected(autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{copy_name}" TEMPLATE "{own_name}"')
    try:
        with standing_in(NAME=copy_name):
            yield
    finally:
        with standing_in(NAME="postgres"), postgresql._connected(autocommit=True) as server:
            server.execute(f'DROP DATABASE "{copy_name}" WITH (FORCE)')


def test_the_newest_steps_go_back_and_forward_and_lose_nothing(copied):
    size = Size(alliances=1, organisations=6, matters=20, offers=8, needs=8)
    build(size, seed=1, until=date(2026, 6, 30), tell=lambda _what, _rows: None)
    assert sum(rows().values()) > 300

    assert lost_on_the_way(newest_steps(LATE)) == {}
