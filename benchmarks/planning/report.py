"""Measures the planning engine against its peers and writes what was found.

make bench-planning PSPLIB=folder                              a sample of 24 per set
python -m benchmarks.planning.report --psplib folder --full    every instance
python -m benchmarks.planning.report --psplib folder --sets J120_even --sample 5 --methods ours

Every run is kept at once; a second start goes on where the first was stopped. A new engine is
measured anew, peers only if the benchmark has changed; ``--anew`` forgets everything.
"""

import argparse
from pathlib import Path

from benchmarks.circumstances import circumstances, fingerprint, said_shortly
from benchmarks.markdown import put_into
from benchmarks.processes import ROOT, say

from .families import limits_of, methods_of
from .instances import Instance, drawn_sets, public_sets, sample
from .measure import Limits, Record, Run, measure, most_seconds, runs_of
from .methods import METHODS
from .tables import tables

RESULTS = Path(__file__).parent / "results.jsonl"
PAGE = ROOT / "docs" / "engine" / "planning.md"
# What the figures of every method, and ours besides, depend on.
HERE = "benchmarks/planning/"
BENCHMARK = (
    *(HERE + name for name in ("approvals.py", "drawn.py", "instances.py", "worker.py")),
    *(HERE + name for name in ("cp_sat_peer.py", "priority_rule.py", "pyjobshop_peer.py")),
    "requirements/bench.txt",
)
ENGINE = ("src/binglian/engine/planning/**/*.py", "src/binglian/engine/planning/kernel/*.[ch]")
COUNTED = ("J30", "J60", "J120")  # sets on which the literature counts schedules
PACKAGES = ("numpy", "ortools", "pyjobshop")


def main() -> None:
    """Measure, keep every run, print Markdown at the end."""
    asked = _asked()
    sets, said = public_sets(asked.psplib)
    say(said)
    sets |= drawn_sets(asked.drawn)
    where = circumstances(PACKAGES, "planning")
    if asked.anew:
        asked.out.unlink(missing_ok=True)
    record = Record(asked.out, ours=fingerprint(*BENCHMARK, *ENGINE), peers=fingerprint(*BENCHMARK))
    plan = _plan(asked, sets)
    todo = [run for _, runs in plan for run in runs if run not in record.done]
    kept = sum(len(runs) for _, runs in plan) - len(todo)
    say(f"{len(todo)} runs, at most {_hours(most_seconds(todo))}; {kept} are on file already.")
    limits = Limits(asked.threads, asked.gigabytes)
    for instance, runs in plan:
        measure(instance, runs, record, limits)
    wanted = [record.done[run] for _, runs in plan for run in runs]
    shortly = said_shortly({**where, "threads": limits.threads})
    markdown = "\n\n".join(
        part for part in (shortly, "" if asked.psplib else said, tables(wanted)) if part
    )
    if asked.page:
        put_into(PAGE, markdown)
    print(markdown)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--psplib", type=Path, metavar="FOLDER", help="problems of others")
    parser.add_argument("--full", action="store_true", help="every instance of every set")
    parser.add_argument("--sample", type=int, default=24, help="instances per set")
    parser.add_argument("--seed", type=int, default=0, help="which instances")
    parser.add_argument("--sets", nargs="+", metavar="SET", help="only these")
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), help="only these")
    parser.add_argument(
        "--limit", nargs="*", default=[], metavar="SET=S,S", help="seconds: J30=1,10"
    )
    parser.add_argument("--drawn", type=int, default=6, help="drawn portfolios")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gigabytes", type=float, default=8.0)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--anew", action="store_true", help="forget what is on file")
    parser.add_argument("--page", action="store_true", help=f"put the tables into {PAGE.name}")
    return parser.parse_args()


def _plan(
    asked: argparse.Namespace, sets: dict[str, list[Instance]]
) -> list[tuple[Instance, list[Run]]]:
    """Return which runs are wanted on which instance."""
    if missing := set(asked.sets or ()) - set(sets):
        raise SystemExit(
            f"There is no set {', '.join(sorted(missing))}; there are: {', '.join(sets)}."
        )
    given = dict(pair.rsplit("=", 1) for pair in asked.limit)
    plan = []
    for name in asked.sets or sets:
        limits = tuple(map(float, given[name].split(","))) if name in given else limits_of(name)
        methods = [one for one in methods_of(name) if one in (asked.methods or METHODS)]
        for instance in sample(sets[name], None if asked.full else asked.sample, asked.seed):
            plan.append((instance, list(runs_of(instance, methods, limits))))
    return plan


def _hours(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


if __name__ == "__main__":
    main()
