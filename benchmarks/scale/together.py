"""The peer: the same alliances as one problem, in one process, for the same wall time."""

import json
import sys
import time

from binglian.engine.coupling.joint.sharing import SharedOffer
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.solve import solve_coupling

from .alliances import as_one, drawn, opened
from .apart import spent


def main() -> None:
    """Arguments: alliances, rows of each, seed, threads, seconds for the whole command."""
    alliances, rows, seed, threads = map(int, sys.argv[1:5])
    limit = float(sys.argv[5])
    begun = time.perf_counter()
    names = [f"A{number:03d}" for number in range(alliances)]
    problems = {name: drawn(name, rows, seed * 1000 + n) for n, name in enumerate(names)}
    shared = [SharedOffer(o, tuple(names)) for p in problems.values() for o in opened(p)]
    problem = as_one(problems, shared)
    left = max(1.0, limit - (time.perf_counter() - begun))
    result = solve_coupling(problem, seconds=left, seed=seed, threads=threads)
    seconds = time.perf_counter() - begun
    cpu, peak = spent()
    report = {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mb": peak,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "broken": len(broken_rules(problem, result.supplies)),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
