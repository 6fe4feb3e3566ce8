"""What changes when a list changes a little: solved, changed in one place, solved again.

python -m benchmarks.coupling.rerun --rows 10000 --seconds 30 --again 2
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of
from binglian.engine.coupling.pairs import Pairs, Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult, Prices
from binglian.engine.coupling.solve import solve_coupling

from .generator import MOST_PER_COMPONENT, random_problem


def main() -> None:
    """Print one line of JSON: the first run, and one re-run per kind of change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", default="plain")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--again", type=float, default=2)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    problem = random_problem(asked.rows, seed=asked.seed, family=asked.family)
    first = solve_coupling(problem, seconds=asked.seconds, threads=asked.threads)
    report = {
        "rows": asked.rows,
        "seed": asked.seed,
        "family": asked.family,
        "first": {"seconds": asked.seconds, "objective": first.objective, "gap": first.gap},
        "again": [
            _again(what, problem, changed, first, asked)
            for what, changed in _changes(problem, first.supplies)
        ],
    }
    print(json.dumps(report))


def _changes(problem: CouplingProblem, supplies: Supplies) -> Iterator[tuple[str, CouplingProblem]]:
    """Yield one change at a time; pairs keep their places, new ones come last."""
    pairs = problem.pairs
    given = np.bincount(pairs.offer[supplies.pair], minlength=len(problem.offers))
    busiest = int(np.argmax(given))
    offers = list(problem.offers)
    offers[busiest] = replace(offers[busiest], quantity=0)
    yield "the busiest offer is withdrawn", replace(problem, offers=tuple(offers))

    offers = list(problem.offers)
    offers[busiest] = replace(offers[busiest], quantity=2 * offers[busiest].quantity)
    yield "the busiest offer is doubled", replace(problem, offers=tuple(offers))

    served = int(pairs.need[supplies.pair[len(supplies) // 2]])
    newcomer = replace(problem.needs[served], ref="new", priority=3)
    found = find_pairs(
        problem.offers,
        (newcomer,),
        slots=problem.slots,
        most_per_component=MOST_PER_COMPONENT,
    )
    added = replace(found, need=np.full(len(found), len(problem.needs), dtype=np.int32))
    columns = (np.concatenate([getattr(pairs, name), getattr(added, name)]) for name in vars(pairs))
    needs = (*problem.needs, newcomer)
    yield "an urgent need comes in", replace(problem, needs=needs, pairs=Pairs(*columns))


def _again(
    what: str,
    problem: CouplingProblem,
    changed: CouplingProblem,
    first: CouplingResult,
    asked: argparse.Namespace,
) -> dict[str, Any]:
    """Solve the changed list from the answer and the prices of the first run."""
    began, cpu = time.perf_counter(), time.process_time()
    second = solve_coupling(
        changed,
        seconds=asked.again,
        threads=asked.threads,
        warm_start=first.supplies,
        warm_prices=Prices(first.prices.offer, first.prices.effort, first.prices.budget),
        keep=True,
    )
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    touched = _touched(problem, changed, first.supplies)
    before, after = (
        {(p, t, quantity) for p, t, quantity in answer if int(changed.pairs.need[p]) not in touched}
        for answer in (first.supplies, second.supplies)
    )
    return {
        "what": what,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "objective": float(objective_of(changed, second.supplies)),
        "gap": second.gap,
        "sound": not broken_rules(changed, second.supplies),
        "matches": len(first.supplies),
        "changed_without_need": len(before - after),
        "new_elsewhere": len(after - before),
    }


def _touched(problem: CouplingProblem, changed: CouplingProblem, supplies: Supplies) -> set[int]:
    """Return the needs that the change concerns itself: the newcomer, and who loses an offer."""
    lost = {
        o
        for o, (before, now) in enumerate(zip(problem.offers, changed.offers, strict=True))
        if now.quantity < before.quantity
    }
    pairs = problem.pairs
    losers = {int(pairs.need[p]) for p in supplies.pair.tolist() if int(pairs.offer[p]) in lost}
    return losers | set(range(len(problem.needs), len(changed.needs)))


if __name__ == "__main__":
    main()
