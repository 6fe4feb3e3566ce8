"""One measurement in one process of its own: run one method on one problem.

python -m benchmarks.planning.worker PROBLEM.pickle --method ours --seconds 10 --began 123.4
Prints one line of JSON. ``--began`` is when the process was asked for, by the monotonic clock.
"""

import argparse
import json
import pickle
import resource
import time
from pathlib import Path

from benchmarks.processes import Report, limit_memory, peak_mb
from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.problem import PlanningProblem

from .answer import Answer, DoesNotApplyError
from .methods import METHODS, OURS


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("problem", type=Path)
    parser.add_argument("--method", choices=list(METHODS), required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--gigabytes", type=float, help="most memory the process may ask for")
    parser.add_argument("--began", type=float, default=time.monotonic())
    asked = parser.parse_args()
    limit_memory(asked.gigabytes)
    try:
        report = _run(asked)
    except MemoryError:
        report = {"not_run": f"more than {asked.gigabytes:g} GB of memory"}
    except DoesNotApplyError as why:
        report = {"not_run": f"does not apply: {why}"}
    print(json.dumps(report), flush=True)


def _run(asked: argparse.Namespace) -> Report:
    """Our limit holds for the whole process; a peer's begins once it has written its model."""
    with asked.problem.open("rb") as file:
        problem: PlanningProblem = pickle.load(file)
    solve = METHODS[asked.method].load()
    spent = time.monotonic() - asked.began if asked.method == OURS else 0.0
    answer = solve(problem, max(0.05, asked.seconds - spent), asked.workers)
    report = {
        "seconds": round(time.monotonic() - asked.began, 3),
        "cpu_seconds": round(_cpu_seconds(), 3),
        "peak_mb": peak_mb(),
        "started_seconds": round(spent, 3),
        "solver_seconds": answer.solver_seconds and round(answer.solver_seconds, 3),
        "ended": answer.ended,
        "bound": answer.bound,
        "proved": answer.proved,
    }
    report |= _judged(problem, answer)
    if answer.curve:
        report["curve"] = answer.curve
    return report


def _judged(problem: PlanningProblem, answer: Answer) -> Report:
    if answer.plan is None:
        return {"makespan": None}
    broken = broken_rules(problem, answer.plan)
    tiers = exact_tiers(problem, answer.plan)
    return {
        "overrun": tiers.overrun,
        "lateness": tiers.lateness,
        "makespan": tiers.makespan,
        "sound": not broken,
        "broken": [str(one) for one in broken[:3]],
    }


def _cpu_seconds() -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


if __name__ == "__main__":
    main()
