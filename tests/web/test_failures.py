"""An error of the machine is told in words that say what is safe and what to do."""

import errno
import socket
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from binglian.web.operations.failures import AWAY, BROKEN, FULL, failure_of
from binglian.web.operations.views import bad_request, server_error
from binglian.whole_files import write_new

pytestmark = pytest.mark.once


def full_database() -> sqlite3.Error:
    """The error of a real database that cannot grow."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count=2")
    database.execute("CREATE TABLE words (word)")
    with pytest.raises(sqlite3.OperationalError) as told:
        database.execute("INSERT INTO words VALUES (zeroblob(100000))")
    database.close()
    return told.value


def absent_server() -> psycopg.Error:
    """The error of a PostgreSQL that is not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(psycopg.OperationalError) as told:
        psycopg.connect(f"postgresql://nobody@127.0.0.1:{port}/nothing", connect_timeout=2)
    return told.value


def test_a_full_disk_is_told_from_a_fault_of_ours() -> None:
    wrapped = RuntimeError("while saving")
    wrapped.__cause__ = full_database()

    assert failure_of(wrapped) is FULL
    assert failure_of(OSError(errno.ENOSPC, "No space left on device")) is FULL
    assert failure_of(psycopg.errors.DiskFull("could not extend file")) is FULL
    assert failure_of(ZeroDivisionError()) is BROKEN


def test_an_absent_database_asks_to_come_back_in_a_moment() -> None:
    assert failure_of(absent_server()) is AWAY
    assert failure_of(psycopg.errors.AdminShutdown("terminating connection")) is AWAY


@pytest.mark.parametrize(
    ("path", "said"),
    [("/a/historic/", "回到上一页重新提交"), ("/api/alliances", "go back in a moment")],
)
def test_people_read_it_in_both_languages_and_programs_as_a_problem(path: str, said: str) -> None:
    request = RequestFactory().post(path)
    try:
        raise absent_server()
    except psycopg.Error:
        response = server_error(request)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert said in response.content.decode()


def test_a_session_that_a_full_disk_kept_from_being_saved_is_no_bad_request() -> None:
    request = RequestFactory().get("/a/historic/")
    lost = SessionInterrupted("deleted before the request completed")
    lost.__context__ = full_database()

    assert bad_request(request, lost).status_code == 507
    assert bad_request(request, BadRequest()).status_code == 400


def test_a_file_of_keys_is_there_whole_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret.key"

    assert [write_new(path, b"first"), write_new(path, b"second")] == [True, False]

    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]
