"""Claims on ``binglian migrate`` and ``binglian serve`` as processes of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from binglian.command.ports import require_free
from binglian.command.refusals import CommandRefused

pytestmark = pytest.mark.once


@pytest.fixture
def taken():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_taken_port_is_refused_naming_who_holds_it(taken):
    with pytest.raises(CommandRefused, match=rf"{taken}.*{os.getpid()}.*--port"):
        require_free("127.0.0.1", taken)


def test_an_unknown_host_is_refused():
    with pytest.raises(CommandRefused, match="no-such-host"):
        require_free("no-such-host.invalid", 8000)


@contextmanager
def binglian(*arguments, home):
    """The command as a process of its own; ended at the end, whatever happens."""
    command = [sys.executable, "-m", "binglian.command.main", *map(str, arguments)]
    environment = {
        "PATH": os.environ["PATH"], "BINGLIAN_MODE": "demo", "BINGLIAN_DATA": str(home),
    }  # fmt: skip
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def children_of(pid):
    """Of every thread of the process."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in lists for child in file.read_text().split()]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status
    except OSError:
        return None


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)  # another process is awaited; there is nothing to join
    return holds()


def test_a_new_database_is_served_with_its_worker_until_told_to_stop(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with binglian("migrate", home=tmp_path) as migrating:
        assert migrating.wait(60) == 0

    with binglian("serve", "--port", port, "--workers", 1, home=tmp_path) as server:
        assert until(lambda: answers(f"http://127.0.0.1:{port}/login/") == 200, 30)
        assert until(lambda: len(children_of(server.pid)) == 2, 10)
        children = children_of(server.pid)
        server.terminate()
        assert server.wait(30) == 0
    assert not any(os.path.exists(f"/proc/{child}") for child in children)


def test_production_without_a_secret_says_what_is_missing(tmp_path):
    command = [sys.executable, "-m", "binglian.command.main", "migrate"]
    environment = {"PATH": os.environ["PATH"], "BINGLIAN_DATA": str(tmp_path)}

    done = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert (done.returncode, "BINGLIAN_SECRET_KEY" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
