"""One measurement in one process of its own, with a hard wall."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

Report = dict[str, Any]


def call(module: str, arguments: Iterable[Any], wall: float) -> Report:
    """Run ``python -m benchmarks.<module>``, which prints one line of JSON, and return that.

    If it broke, or was stopped after ``wall`` seconds, ``not_run`` says so.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        text=True,
        start_new_session=True,
    ) as worker:
        try:
            said, complained = worker.communicate(timeout=wall)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)
            return {"not_run": f"stopped at the wall after {wall:.0f} s"}
    if worker.returncode:
        last = (complained.strip().splitlines() or [""])[-1]
        seconds = time.perf_counter() - began
        return {"not_run": f"ended with {worker.returncode} after {seconds:.0f} s: {last[:200]}"}
    report: Report = json.loads(said.strip().splitlines()[-1])
    return report


def limit_memory(gigabytes: float | None) -> None:
    """Let this process ask for no more memory than that."""
    if gigabytes:
        most = int(gigabytes * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def peak_mb() -> int:
    """Return the most memory this process has had at once, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, file=sys.stderr, flush=True)
