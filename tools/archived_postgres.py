"""A PostgreSQL server that can be put back to any moment."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from tools.debian import find_postgres
from tools.postgres import (
    SETTINGS,
    START_SECONDS,
    free_port,
    make_cluster,
    start,
    stop,
    unprivileged_owner,
    wait_until_it_answers,
)
from tools.steps import StepFailed


class ArchivedServer:
    """A server in ``home`` that archives its log, so that it can be put back to any moment.

    What the operator's guide says under «to a moment» is done here, command by command.
    """

    def __init__(self, home: Path) -> None:
        self._programs, self._owner = find_postgres(), unprivileged_owner()
        self._home, self._port = home, 0
        for folder in (home, home / "wal"):
            folder.mkdir(exist_ok=True)
            if self._owner:
                os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        make_cluster(self._programs, home, self._owner)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        wal = self._home / "wal"
        archive = f"test ! -f {wal}/%f && cp %p {wal}/%f"
        archived = {"wal_level": "replica", "archive_mode": "on", "archive_command": archive}
        settings = {**SETTINGS, **archived}
        self._port = free_port()
        self._server = start(self._programs, self._home, self._port, self._owner, settings)
        wait_until_it_answers(self._programs, self._home, self._port, self._server)

    def stop(self) -> None:
        if self._server:
            stop(self._server)
        self._server = None

    def ask(self, statement: str) -> str:
        """What ``psql`` answers, lines and all; each call is a transaction of its own."""
        server = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "binglian", "-d", "postgres"]
        return self._run("psql", *server, "-v", "ON_ERROR_STOP=1", "-AtXqc", statement).strip()

    def take_base(self) -> None:
        server = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "binglian"]
        how = ["--checkpoint=fast", "--wal-method=none", "--no-sync"]
        self._run("pg_basebackup", *server, *how, "--pgdata", str(self._home / "base"))

    def go_back(self, moment: str) -> None:
        """The cluster is lost; the base and the log bring it back as it was at ``moment``."""
        self.stop()
        shutil.rmtree(self._home / "cluster")
        (self._home / "base").rename(self._home / "cluster")
        with (self._home / "cluster/postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"restore_command = 'cp {self._home}/wal/%f %p'\n"
                f"recovery_target_time = '{moment}'\n"
                "recovery_target_action = 'promote'\n"
            )
        (self._home / "cluster/recovery.signal").touch()
        if self._owner:
            signal_file = self._home / "cluster/recovery.signal"
            os.chown(signal_file, self._owner.pw_uid, self._owner.pw_gid)
        self.start()
        give_up_at = time.monotonic() + START_SECONDS
        while self.ask("SELECT pg_is_in_recovery()") == "t":  # readers are let in before the end
            if time.monotonic() > give_up_at:
                raise StepFailed("The moment was not reached.")
            time.sleep(0.1)

    def _run(self, program: str, *words: str) -> str:
        ran = subprocess.run(
            [self._programs / program, *words],
            cwd=self._home,
            capture_output=True,
            text=True,
            user=self._owner and self._owner.pw_uid,
            group=self._owner and self._owner.pw_gid,
            extra_groups=[] if self._owner else None,
        )
        if ran.returncode:
            raise StepFailed(f"{program} failed:\n{ran.stderr}")
        return ran.stdout
