"""A real PostgreSQL server for the tests, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.debian import find_postgres
from tools.steps import StepFailed

START_SECONDS = 60
STOP_SECONDS = 20

# The data need not outlive the tests, so nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "400",
    "shared_buffers": "256MB",
    "listen_addresses": "127.0.0.1",
}


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a server on a free port of 127.0.0.1, yield its DATABASE_URL, then remove it all.

    Raises
    ------
    StepFailed
        PostgreSQL is absent, or the server does not answer within START_SECONDS.
    """
    programs = find_postgres()
    owner = unprivileged_owner()
    home = Path(tempfile.mkdtemp(prefix="binglian-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        make_cluster(programs, home, owner)
        port = free_port()
        server = start(programs, home, port, owner)
        wait_until_it_answers(programs, home, port, server)
        yield f"postgresql://binglian@127.0.0.1:{port}/postgres"
    finally:
        if server:
            stop(server)
        shutil.rmtree(home, ignore_errors=True)


def unprivileged_owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: return another user then, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StepFailed("PostgreSQL does not run as root, and there is no user to run it as.")


def make_cluster(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    """Make an empty cluster under ``home``, which ``owner`` can write to."""
    kind = ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", "--pgdata", home / "cluster", "--username", "binglian", *kind],
        cwd=home,
        capture_output=True,
        text=True,
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=[] if owner else None,
    )
    if made.returncode:
        raise StepFailed(f"initdb failed:\n{made.stderr}")


def start(
    programs: Path,
    home: Path,
    port: int,
    owner: pwd.struct_passwd | None,
    settings: dict[str, str] = SETTINGS,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Serve the cluster under ``home``; it need not answer yet. ``environment``: beside ours."""
    settings = {**settings, "port": str(port), "unix_socket_directories": str(home)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", home / "cluster", *options],
            cwd=home,
            stdout=log,
            stderr=log,
            env=os.environ | (environment or {}),
            start_new_session=True,  # Ctrl-C reaches the tests first, then we stop the server
            user=owner and owner.pw_uid,
            group=owner and owner.pw_gid,
            extra_groups=[] if owner else None,
        )


def wait_until_it_answers(
    programs: Path, home: Path, port: int, server: subprocess.Popen[bytes]
) -> None:
    """Raise ``StepFailed`` with the server's log when it does not within START_SECONDS."""
    asks = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    give_up_at = time.monotonic() + START_SECONDS
    while subprocess.run(asks).returncode:
        if server.poll() is not None or time.monotonic() > give_up_at:
            raise StepFailed(f"PostgreSQL did not start:\n{(home / 'log').read_text()}")
        time.sleep(0.1)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Let it finish what it is at; end it when it does not."""
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
