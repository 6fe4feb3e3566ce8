"""Clears drawn alliances, each drawn, cleared and judged in a process of its own."""

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from distributed import Future

from binglian.engine.coupling.joint.fleet import Fleet
from binglian.engine.coupling.joint.joint_judge import too_many, used_by
from binglian.engine.coupling.joint.several import Work, clear_apart
from binglian.engine.coupling.joint.sharing import SharedOffer, View
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.pairs import Ints
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult

from .alliances import drawn, opened


class Weighed(Fleet):
    """A fleet that adds up what passes through the process that settles prices and amounts."""

    sent = received = 0

    def start(self, act: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """As ``Fleet.start``; futures are references, and count nothing."""
        self.sent += sum(len(pickle.dumps(a)) for a in arguments if not isinstance(a, Future))
        return super().start(act, *arguments)

    def results(self, futures: "Sequence[Future[Any]]") -> list[Any]:
        """As ``Fleet.results``."""
        results = super().results(futures)
        self.received += sum(len(pickle.dumps(result)) for result in results)
        return results


def spent() -> tuple[float, int]:
    """Return CPU seconds and peak memory in MB of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def judged(problem: CouplingProblem, result: CouplingResult, view: View) -> tuple[int, Ints]:
    """Return how many rules an answer breaks, and what it uses of the shared offers."""
    supplies = result.supplies
    return len(broken_rules(problem, supplies)), used_by(problem, view, supplies)


def main() -> None:
    """Arguments: alliances, rows of each, seed, workers, price rounds, rounds, exchanges."""
    alliances, rows, seed, workers, *tries = map(int, sys.argv[1:])
    work = Work(*tries)
    names = [f"A{number:03d}" for number in range(alliances)]
    with Weighed(workers) as fleet:
        begun = time.perf_counter()
        problems = {
            name: fleet.start(drawn, name, rows, seed * 1000 + number)
            for number, name in enumerate(names)
        }
        listed = fleet.results([fleet.start(opened, problems[name]) for name in names])
        shared = [SharedOffer(offer, tuple(names)) for offers in listed for offer in offers]
        apart = clear_apart(
            problems,
            shared,
            fleet=fleet,
            seconds=20_000,
            seed=seed,
            work=work,
        )
        seconds = time.perf_counter() - begun
        views = apart.stock.views
        verdicts = fleet.results(
            [fleet.start(judged, apart.problems[n], apart.results[n], views[n]) for n in names]
        )
        over = too_many(apart.stock, [used for _broken, used in verdicts])
        used = [*fleet.everywhere(spent), spent()]
        report = {
            "shared": len(shared),
            "seconds": seconds,
            "cpu_seconds": sum(cpu for cpu, _peak in used),
            "peak_mb_of_a_worker": max(peak for _cpu, peak in used[:-1]),
            "peak_mb_of_the_coordinator": used[-1][1],
            "kb_sent": fleet.sent / 1000,
            "kb_received": fleet.received / 1000,
            "objective": apart.objective,
            "bound": apart.bound,
            "gap": 1 - apart.objective / apart.bound,
            "broken": sum(broken for broken, _used in verdicts) + len(over),
        }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
