"""Measures the coupling engine on random alliances and prints one line per problem.

python -m benchmarks.coupling.measure --rows 100 300 1000 2000 --seeds 1 2 3 --seconds 10
"""

import argparse
import time

from binglian.engine.coupling.feasibility import broken_rules, upper_bound
from binglian.engine.coupling.solve import solve_coupling

from .generator import random_problem


def main() -> None:
    """Solve each problem, judge it independently, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 300, 1000, 2000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--tags", type=int, default=12, help="tags per kind: fewer is denser")
    asked = parser.parse_args()
    print("rows seed pairs listed_s status objective bound gap solved_s price_bound")
    for rows in asked.rows:
        for seed in asked.seeds:
            print(_measured(rows, seed, asked.seconds, asked.tags), flush=True)


def _measured(rows: int, seed: int, seconds: float, tags: int) -> str:
    began = time.perf_counter()
    problem = random_problem(rows, seed=seed, tags_per_kind=tags)
    listed = time.perf_counter() - began
    result = solve_coupling(problem, seconds=seconds)
    broken = broken_rules(problem, result.quantities)
    if broken:
        raise SystemExit(f"{rows} rows, seed {seed}: {broken[0]}")
    return (
        f"{rows} {seed} {len(problem.pairs)} {listed:.2f} {result.status}"
        f" {result.objective:.3f} {result.bound:.3f} {result.gap:.3%} {result.seconds:.2f}"
        f" {upper_bound(problem, result.prices):.3f}"
    )


if __name__ == "__main__":
    main()
