"""The search alone, counted in schedules as the literature counts: no CP-SAT, no bound, one core.

python -m benchmarks.planning.search_alone --psplib folder --sets J30 J60 J120_even --full
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.markdown import mean, number, share, table
from benchmarks.processes import Report, say
from binglian.engine.planning.bounds.windows import Ends, usable_modes
from binglian.engine.planning.kernel.compiled import Site
from binglian.engine.planning.network import network_of
from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.searching.population import Population

from .instances import Instance, public_sets, sample

SCHEDULES = (1_000, 5_000, 50_000)


def main() -> None:
    """Search every instance asked for, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--psplib", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--sets", nargs="+", default=["J30", "J60", "J120_even"])
    parser.add_argument("--full", action="store_true", help="every instance")
    parser.add_argument("--sample", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0, help="which instances")
    parser.add_argument("--schedules", type=int, nargs="+", default=SCHEDULES)
    asked = parser.parse_args()
    sets, said = public_sets(asked.psplib)
    say(said)
    count = None if asked.full else asked.sample
    chosen = [one for name in asked.sets for one in sample(sets[name], count, asked.seed)]
    print(alone_table(chosen, asked.schedules))


def alone_table(instances: Iterable[Instance], schedules: Iterable[int] = SCHEDULES) -> str:
    """Search every instance, and return averages by set and number of schedules."""
    runs: dict[str, list[Report]] = defaultdict(list)
    for instance in instances:
        known = {"best_known": instance.best_known}
        runs[instance.set] += (run | known for run in search_alone(instance.problem(), schedules))
    head = ("set", "instances", "schedules", "above the critical path", "gap to best known",
            "CPU s per instance", "schedules per CPU s")  # fmt: skip
    return table(head, [line for name, found in runs.items() for line in _lines(name, found)])


def search_alone(problem: PlanningProblem, schedules: Iterable[int], seed: int = 0) -> list[Report]:
    """Return what a single search has found after so many schedules, in how much CPU time."""
    began = time.process_time()
    site = Site(network_of(problem))
    critical = int(Ends(site, usable_modes(site.network)).heads()[1].max())
    population = Population(site, seed=seed)
    runs, built = [], 0
    for asked in sorted(schedules):
        if built < asked:
            built += population.breed(asked - built, target=critical)
        best = population.best()
        runs.append({
            "schedules": asked,
            "built": built,
            "critical": critical,
            "makespan": None if best is None else int(np.max(best.finishes)),
            "cpu_seconds": time.process_time() - began,
        })  # fmt: skip
    return runs


def _lines(name: str, runs: list[Report]) -> Iterable[list[str]]:
    for asked in sorted({run["schedules"] for run in runs}):
        mine = [run for run in runs if run["schedules"] == asked]
        found = [run for run in mine if run["makespan"] is not None]
        for run in found:
            run["above"] = run["makespan"] / run["critical"] - 1
            if run["best_known"]:
                run["gap"] = run["makespan"] / run["best_known"] - 1
        speed = sum(run["built"] for run in mine) / sum(run["cpu_seconds"] for run in mine)
        yield [
            name, f"{len(found)} of {len(mine)}", f"{asked:,}", share(mean(found, "above")),
            share(mean(found, "gap"), 3), number(mean(mine, "cpu_seconds"), 3), number(speed, 0),
        ]  # fmt: skip


if __name__ == "__main__":
    main()
