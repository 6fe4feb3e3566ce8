"""Measures the coupling engine against its peers and writes what was found.

python -m benchmarks.coupling.report                       about half an hour
python -m benchmarks.coupling.report --full                all sizes and families: some hours
python -m benchmarks.coupling.report --sizes 1000 --seeds 1 2 --methods ours cp_warm
python -m benchmarks.coupling.report --sizes 100000 --add   to what --out holds already
"""

import argparse
import json
import pickle
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.circumstances import circumstances
from benchmarks.processes import Report, call, say

from .families import FAMILIES
from .instances import Instance, drawn_instances, public_instances
from .measure import Limits, measure, run_once
from .methods import METHODS, OURS
from .tables import tables

RESULTS = Path(__file__).parent / "results.json"
FULL_SIZES = [100, 300, 1_000, 10_000, 100_000, 1_000_000]
SHORT_SIZES = [100, 1_000, 10_000]
EXACT = (OURS, "mip_cold", "cp_cold")


def main() -> None:
    """Measure, write JSON after every problem, print Markdown at the end."""
    asked = _asked()
    limits = Limits(threads=asked.threads, gigabytes=asked.gigabytes)
    for pair in asked.limit:
        rows, seconds = pair.split("=")
        limits.seconds[int(rows)] = tuple(float(each) for each in seconds.split(","))
    before = _read(asked.out) if asked.add else {}
    report: Report = {
        **before,
        **circumstances(("numpy", "highspy", "ortools"), "coupling"),
        "threads": limits.threads,
        "limits": limits.seconds,
        "problems": before.get("problems", []),
        "instances": before.get("instances", []),
    }
    for family in asked.families:
        sizes = asked.sizes if family == "plain" else asked.family_sizes
        seeds = asked.seeds if family == "plain" else asked.seeds[:1]
        for problem in measure(sizes, seeds, family, asked.methods, limits):
            report["problems"].append(problem)
            _write(report, asked.out)
    if asked.recall:
        report["recall"] = [_recall(rows) for rows in asked.sizes]
    if asked.again:
        report["again"] = call(
            "coupling.rerun",
            ["--rows", asked.again, "--seconds", 30, "--threads", limits.threads],
            wall=600,
        )
        _write(report, asked.out)
    if asked.instances:
        found, said = public_instances()
        say(said)
        report["public_instances"] = said
        exact = [method for method in EXACT if method in asked.methods]
        for instance in [*found, *drawn_instances()]:
            report["instances"].append(_instance(instance, asked.instance_seconds, limits, exact))
            _write(report, asked.out)
    if asked.markdown:
        print(tables(report))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="all sizes, families and three seeds")
    parser.add_argument("--sizes", type=int, nargs="+", help="rows of the plain family")
    parser.add_argument("--seeds", type=int, nargs="+")
    parser.add_argument("--families", nargs="+", choices=sorted(FAMILIES))
    parser.add_argument("--family-sizes", type=int, nargs="+", help="rows of the other families")
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=list(METHODS))
    parser.add_argument(
        "--limit", nargs="*", default=[], metavar="ROWS=S,S", help="seconds: 1000=10,60"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gigabytes", type=float, default=16.0)
    parser.add_argument("--again", type=int, metavar="ROWS", help="re-runs after one change")
    parser.add_argument("--recall", action=argparse.BooleanOptionalAction)
    parser.add_argument("--instances", action=argparse.BooleanOptionalAction)
    parser.add_argument("--instance-seconds", type=float)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--add", action="store_true", help="to what was measured before")
    parser.add_argument("--markdown", action=argparse.BooleanOptionalAction, default=True)
    asked = parser.parse_args()
    alone = asked.sizes is not None or asked.families is not None
    asked.sizes = asked.sizes or (FULL_SIZES if asked.full else SHORT_SIZES)
    asked.seeds = asked.seeds or ([1, 2, 3] if asked.full else [1])
    asked.families = asked.families or (["plain"] if alone and not asked.full else list(FAMILIES))
    asked.family_sizes = asked.family_sizes or ([300, 1_000] if asked.full else [300])
    asked.again = asked.again if asked.again is not None else (0 if alone else 10_000)
    asked.recall = not alone if asked.recall is None else asked.recall
    asked.instances = not alone if asked.instances is None else asked.instances
    asked.instance_seconds = asked.instance_seconds or (30 if asked.full else 10)
    return asked


def _instance(instance: Instance, seconds: float, limits: Limits, methods: Iterable[str]) -> Report:
    """Measure ours, and peers that know such problems, as the literature counts."""
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        problem = Path(folder) / "problem.pickle"
        problem.write_bytes(pickle.dumps(instance.problem, protocol=5))
        for method in methods:
            run = run_once(problem, method, seconds, limits, len(instance.problem.needs))
            run.pop("curve", None)
            if run.get("objective") is not None:
                run["value"] = instance.theirs(run["objective"])
                run["complete"] = not instance.is_cost or (
                    run["supplies"] == len(instance.problem.needs)
                )
            if run.get("bound") is not None:
                run["value_bound"] = instance.theirs(run["bound"])
            say(f"{instance.name}: {run}")
            runs.append(run)
    values = [run["value"] for run in runs if run.get("complete") and run.get("sound")]
    best = min(values, default=None) if instance.is_cost else max(values, default=None)
    return {
        "name": instance.name,
        "best_known": instance.best_known,
        "best_found": best,
        "runs": runs,
    }


def _recall(rows: int) -> Report:
    """Compare candidates with all offers, for fewer needs the more offers there are."""
    sample = max(20, min(300, 10_000_000 // rows))
    found = call("coupling.recall", ["--rows", rows, "--sample", sample], wall=900)
    say(f"recall: {found}")
    return {"rows": rows, **found}


def _read(out: Path) -> Report:
    held: Report = json.loads(out.read_text(encoding="utf-8"))
    return held


def _write(report: Report, out: Path) -> None:
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
