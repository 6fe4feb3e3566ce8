"""Generated cities, made once and kept: one database for each size, and the server over it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from benchmarks.processes import ROOT, say

#: What a city of a million matters has of the rest, for one matter; alliances stay as many.
_LISTED = 0.1
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class City:
    """A database with so many matters; ``url`` is empty for SQLite in ``folder``."""

    matters: int
    folder: Path
    url: str
    alliances: int
    organisations: int

    def environment(self, port: int = 0) -> dict[str, str]:
        """The environment of production, with secrets of its own and no limits on a machine."""
        kept = self.folder / "secrets"
        if not kept.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept.write_text("\n".join(secrets.token_urlsafe(48) for _ in range(3)))
        signing, sealing, passphrase = kept.read_text().split()
        ours = {
            "BINGLIAN_MODE": "production",
            "BINGLIAN_DATA": str(self.folder),
            "BINGLIAN_HOSTS": "127.0.0.1",
            "BINGLIAN_URL": f"http://127.0.0.1:{port}",
            "BINGLIAN_SECRET_KEY": signing,
            "BINGLIAN_KEY_ENCRYPTION_KEY": sealing,
            "BINGLIAN_LEDGER_KEY_PASSPHRASE": passphrase,
            "BINGLIAN_API_PER_MINUTE": "1000000",
            "BINGLIAN_PROXIES": "1",
            "DJANGO_SETTINGS_MODULE": "benchmarks.web.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        }
        others = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return others | ours | ({"DATABASE_URL": self.url} if self.url else {})

    def run(self, *words: str) -> str:
        """Run a Python module over the database; returns what it printed."""
        log = self.folder / "log"
        with log.open("a") as complaints:
            done = subprocess.run(
                [sys.executable, "-m", *words],
                env=self.environment(),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
                check=False,
            )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}; see {log}.")
        return done.stdout

    def make(self) -> None:
        """Generate it where it is not there yet; bring it up to date where it is."""
        done = self.folder / "generated"
        if done.exists():
            self.run("binglian.command.main", "migrate")
            return
        say(f"generating {self.matters:,} matters …")
        listed = str(max(200, round(self.matters * _LISTED)))
        sizes = {
            "alliances": str(self.alliances),
            "organisations": str(self.organisations),
            "matters": str(self.matters),
            "offers": listed,
            "needs": listed,
        }
        said = [word for name, value in sizes.items() for word in (f"--{name}", value)]
        self.environment()  # makes the folder
        say(self.run("binglian.command.main", "generate", *said, "--lang", "en"))
        self.run("binglian.command.main", "ledger", "key", "--make")
        done.touch()


def database_url(server: str, name: str) -> str:
    """The address of one database of a PostgreSQL server; the database is made if need be."""
    import psycopg

    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [name]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


@contextmanager
def served(city: City, *, workers: int, threads: int) -> Iterator[tuple[int, int]]:
    """The web server as in production; yields its port and its process, workers' parent."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-m", "binglian.command.main", "serve", "--port", str(port)]
    command += ["--workers", str(workers), "--threads", str(threads), "--no-with-worker"]
    log = (city.folder / "server.log").open("wb")
    with (
        log,
        subprocess.Popen(
            command, env=city.environment(port), cwd=ROOT, stdout=log, stderr=log
        ) as server,
    ):
        try:
            _wait_for(port, server)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/empty/", timeout=5).close()
            return
        except (urllib.error.URLError, OSError) as error:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise SystemExit("The server did not start; see server.log beside it.") from error
            time.sleep(0.2)


def children(parent: int) -> list[int]:
    """Its processes now: a worker that has answered thousands is replaced."""
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in told.split()]


def proportional_mb(pid: int) -> float:
    """Memory of one process (PSS): its own, and its share of what it has with others."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {pid} tells no PSS")
