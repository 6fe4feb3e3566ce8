"""A PostgreSQL of our own that keeps what it was told to keep, to be killed and started again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tools.debian import find_postgres
from tools.postgres import (
    SETTINGS,
    free_port,
    make_cluster,
    start,
    stop,
    unprivileged_owner,
    wait_until_it_answers,
)
from tools.steps import StepFailed

from .clock import Clock

#: As it comes: what is committed waits for the disk.
DURABLE = {**SETTINGS, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
DURABLE |= {"max_connections": "60", "shared_buffers": "64MB"}


class Cluster:
    """A cluster in a folder that ``close`` removes."""

    def __init__(self, parent: Path | None = None, clock: Clock | None = None) -> None:
        self.clock = clock
        self.programs, self.owner, self.port = find_postgres(), unprivileged_owner(), free_port()
        self.home = Path(tempfile.mkdtemp(prefix="binglian-faults-", dir=parent))
        if self.owner:
            os.chown(self.home, self.owner.pw_uid, self.owner.pw_gid)
        make_cluster(self.programs, self.home, self.owner)
        self.url = f"postgresql://binglian@127.0.0.1:{self.port}/postgres"
        self.server: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start, and again where processes of a killed one still hold its memory."""
        for attempt in range(40):
            environment = self.clock.environment if self.clock else None
            self.server = start(
                self.programs, self.home, self.port, self.owner, DURABLE, environment
            )
            try:
                wait_until_it_answers(self.programs, self.home, self.port, self.server)
            except StepFailed:
                if attempt == 39:
                    raise
                stop(self.server)
                time.sleep(0.25)
            else:
                return

    def kill(self) -> None:
        """The server itself; its processes find themselves alone and end."""
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def kill_one_process(self, drawn: random.Random) -> None:
        """One that serves a connection: the server throws all out and recovers."""
        assert self.server is not None
        listed = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        serving = [pid for pid in map(int, listed.split()) if b"binglian" in _named(pid)]
        if serving:
            os.kill(drawn.choice(serving), signal.SIGKILL)

    def is_running(self) -> bool:
        return self.server is not None and self.server.poll() is None

    def close(self) -> None:
        if self.server and self.is_running():
            stop(self.server)
        shutil.rmtree(self.home, ignore_errors=True)


def _named(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
