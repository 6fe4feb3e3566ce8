"""One measurement in one process of its own: make a problem, or run one method on it.

python -m benchmarks.coupling.worker make PROBLEM.pickle --rows 1000 --seed 1 --family plain
python -m benchmarks.coupling.worker run PROBLEM.pickle --method ours --seconds 10
Prints one line of JSON.
"""

import argparse
import json
import pickle
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import limit_memory, peak_mb
from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.certificate.proof import upper_bound
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of

from .answer import Answer, DoesNotApplyError
from .families import FAMILIES
from .generator import MOST_PER_COMPONENT, random_rows, with_pairs
from .methods import METHODS


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("make", "run"))
    parser.add_argument("problem", type=Path)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="plain")
    parser.add_argument("--method", choices=list(METHODS))
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gigabytes", type=float, help="most memory the process may ask for")
    asked = parser.parse_args()
    limit_memory(asked.gigabytes)
    try:
        report = _made(asked) if asked.what == "make" else _run(asked)
    except MemoryError:
        report = {"not_run": f"more than {asked.gigabytes:g} GB of memory"}
    except DoesNotApplyError as why:
        report = {"not_run": f"does not apply: {why}"}
    print(json.dumps(report), flush=True)


def _made(asked: argparse.Namespace) -> dict[str, Any]:
    began = time.perf_counter()
    drawn = random_rows(asked.rows, seed=asked.seed, family=asked.family)
    generated, rows_mb, cpu = time.perf_counter() - began, peak_mb(), time.process_time()
    began = time.perf_counter()
    pairs = find_pairs(
        drawn.offers, drawn.needs, slots=drawn.slots, most_per_component=MOST_PER_COMPONENT
    )
    seconds, cpu, most_mb = time.perf_counter() - began, time.process_time() - cpu, peak_mb()
    problem = with_pairs(drawn, pairs, seed=asked.seed, family=asked.family)
    with asked.problem.open("wb") as file:
        pickle.dump(problem, file, protocol=5)
    return {
        "rows": asked.rows,
        "offers": len(problem.offers),
        "needs": len(problem.needs),
        "components": sum(len(need.components) for need in problem.needs),
        "pairs": len(problem.pairs),
        "generated_seconds": round(generated, 2),
        "rows_mb": rows_mb,
        "candidates_seconds": round(seconds, 2),
        "candidates_cpu_seconds": round(cpu, 2),
        "candidates_peak_mb": most_mb,
    }


def _run(asked: argparse.Namespace) -> dict[str, Any]:
    with asked.problem.open("rb") as file:
        problem = pickle.load(file)
    loaded_mb = peak_mb()
    began, cpu = time.perf_counter(), time.process_time()
    answer = METHODS[asked.method].run(problem, asked.seconds, asked.threads)
    report = {
        "seconds": round(time.perf_counter() - began, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "written_down_seconds": round(answer.written_down, 3),
        "peak_mb": peak_mb(),
        "loaded_mb": loaded_mb,
        "ended": answer.ended,
        "bound": answer.bound,
    }
    began = time.perf_counter()
    report |= _judged(problem, answer)
    report["judge_seconds"] = round(time.perf_counter() - began, 2)
    if answer.curve:
        report["curve"] = answer.curve
    return report


def _judged(problem: Any, answer: Answer) -> dict[str, Any]:
    """Let the judge re-check the answer, and the certificate if there is one."""
    found: dict[str, Any] = {}
    if answer.supplies is not None:
        broken = broken_rules(problem, answer.supplies)
        found["sound"] = not broken
        found["broken"] = [str(one) for one in broken[:3]]
        found["objective"] = float(objective_of(problem, answer.supplies))
        found["supplies"] = len(answer.supplies)
    if answer.prices is not None:
        found["price_bound"] = answer.price_bound
        found["price_bound_rechecked"] = upper_bound(problem, answer.prices)
    return found


if __name__ == "__main__":
    main()
