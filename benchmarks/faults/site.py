"""A served site of our own: web server, worker, and PostgreSQL where wanted, to be killed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT
from tools.postgres import free_port

from .clock import Clock
from .cluster import Cluster

WEB_PROCESSES = 2
#: Seconds until a program that was started is believed not to come.
PATIENCE = 90.0


class Site:
    """Everything that serves one database; only what it has started itself is ever killed."""

    def __init__(
        self,
        folder: Path,
        cluster: Cluster | None,
        clock: Clock | None = None,
        **environment: str,
    ) -> None:
        self.folder, self.cluster, self.clock = folder, cluster, clock
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "DJANGO_SETTINGS_MODULE": "binglian.config.settings",
            "BINGLIAN_MODE": "demo",
            "BINGLIAN_DATA": str(folder),
            **({"DATABASE_URL": cluster.url} if cluster else {}),
            **environment,
        }
        self.log = (folder / "site.log").open("ab")
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def run(self, *words: str) -> None:
        """Run one command of the platform to its end."""
        subprocess.run(_command(*words), env=self.environment, check=True, stdout=self.log)

    def start_web(self) -> None:
        """Serve; it need not answer yet."""
        size = ("--workers", str(WEB_PROCESSES), "--threads", "4", "--no-with-worker")
        self.web = self._start("serve", "--port", str(self.port), *size)

    def start_worker(self) -> None:
        self.worker = self._start("worker", "--interval", "0.2")

    def start_worker_if_ended(self) -> None:
        """As whatever watches over services does: one that ended is started again."""
        if self.worker and self.worker.poll() is not None:
            self.start_worker()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = self.environment | (self.clock.environment if self.clock else {})
        return subprocess.Popen(_command(*words), env=environment, stdout=self.log, stderr=self.log)

    def wait_until_it_answers(self) -> None:
        """Raise ``TimeoutError`` when it does not within ``PATIENCE``; a dead server is begun anew.

        A server that was killed leaves its processes behind for a moment, and they its port.
        """
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > end:
                raise TimeoutError(f"the site does not answer; see {self.folder / 'site.log'}")
            if self.web is None or self.web.poll() is not None:
                self.start_web()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login/", timeout=5) as page:
                return bool(page.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def kill_web(self) -> None:
        """The server and all its processes, as a machine that dies takes them."""
        assert self.web is not None
        others = _children(self.web.pid)
        _kill(self.web)
        for pid in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _wait_for_the_end_of(others)

    def kill_one_web_process(self, drawn: random.Random) -> None:
        """One of those that answer; the server puts another in its place."""
        assert self.web is not None
        os.kill(drawn.choice(_children(self.web.pid)), signal.SIGKILL)

    def kill_worker(self) -> None:
        assert self.worker is not None
        _kill(self.worker)

    def stop(self) -> None:
        """As an operator stops it."""
        for process in (self.worker, self.web):
            if process and process.poll() is None:
                process.terminate()
        for process in (self.worker, self.web):
            if process:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    _kill(process)
        self.log.close()


class Insider:
    """The process that looks into the database while the site is attacked."""

    def __init__(self, site: Site) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults.insider"],
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=site.log,
            text=True,
            cwd=ROOT,
        )

    def ask(self, question: str, **facts: Any) -> Any:
        """Its answer; ``RuntimeError`` with what it says when it has none."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"ask": question, **facts}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def stop(self) -> None:
        with self.process:  # which closes what was spoken through
            self.process.terminate()


@contextlib.contextmanager
def served(site: Site) -> Iterator[Insider]:
    """The site, migrated and answering, with somebody inside; all of it gone afterwards."""
    insider = None
    try:
        site.run("migrate")
        insider = Insider(site)
        site.start_web()
        site.start_worker()
        site.wait_until_it_answers()
        yield insider
    finally:
        if insider:
            insider.stop()
        site.stop()


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "binglian.command.main", *words]


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in lists for child in file.read_text().split()]


def _wait_for_the_end_of(pids: list[int]) -> None:
    end = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
