"""Runs methods on instances one at a time, and keeps every figure on file at once."""

import json
import pickle
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import Report, call, say
from binglian.engine.planning.problem import PlanningProblem

from .families import ONE_PASS
from .instances import Instance
from .methods import OURS


class Run(NamedTuple):
    """One method on one instance at one limit."""

    set: str
    instance: str
    method: str
    limit: float


@dataclass(frozen=True)
class Limits:
    """What every process gets: cores, and the most memory."""

    threads: int = 2
    gigabytes: float = 8.0


class Record:
    """All runs measured so far, a line of JSON each; another start goes on from there.

    ``ours`` and ``peers`` are fingerprints of what a run depends on: a new engine is measured
    anew, a peer only if the benchmark has changed.
    """

    def __init__(self, file: Path, *, ours: str, peers: str) -> None:
        self.file, self.ours, self.peers = file, ours, peers
        self.done: dict[Run, Report] = {}
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                report = json.loads(line)
                run = _run_of(report)
                if report.get("code") == self._code(run):
                    self.done[run] = report

    def add(self, run: Run, report: Report) -> None:
        """Write a run down before the next one begins."""
        report = {**run._asdict(), "code": self._code(run), **report}
        self.done[run] = report
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(report, ensure_ascii=False) + "\n")

    def _code(self, run: Run) -> str:
        return self.ours if run.method == OURS else self.peers


def runs_of(instance: Instance, methods: Iterable[str], limits: Iterable[float]) -> Iterator[Run]:
    """Yield what there is to run; a method of one pass has no use for a second limit."""
    for method in methods:
        for limit in list(limits)[: 1 if method in ONE_PASS else None]:
            yield Run(instance.set, instance.name, method, limit)


def measure(instance: Instance, runs: Iterable[Run], record: Record, limits: Limits) -> None:
    """Run what has not been run yet, and write down what the instance is known for."""
    runs = [run for run in runs if run not in record.done]
    if not runs:
        return
    problem = instance.problem()
    known = {"tasks": len(problem.tasks), "best_known": instance.best_known}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.pickle"
        file.write_bytes(pickle.dumps(problem, protocol=5))
        for run in runs:
            report = run_once(file, run, limits, problem)
            record.add(run, {**known, **report})
            shown = {key: value for key, value in report.items() if key != "curve"}
            say(f"{run.set} {run.instance} {run.method} {run.limit:g} s: {shown}")


def run_once(file: Path, run: Run, limits: Limits, problem: PlanningProblem) -> Report:
    """Run one method in its own process; the wall falls well after its own limit."""
    wall = 2 * run.limit + 60 + len(problem.tasks) / 500
    arguments = [
        file, "--method", run.method, "--seconds", run.limit, "--workers", limits.threads,
        "--gigabytes", limits.gigabytes, "--began", time.monotonic(),
    ]  # fmt: skip
    return call("planning.worker", arguments, wall)


def most_seconds(runs: Iterable[Run]) -> float:
    """Return how long the runs take if nobody proves anything early."""
    return sum(1.0 if run.method in ONE_PASS else run.limit + 1.5 for run in runs)


def _run_of(report: Report) -> Run:
    return Run(report["set"], report["instance"], report["method"], report["limit"])
