"""Runs every method on a problem, each in its own process with a hard wall."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import Report, call, say

from .methods import METHODS, OURS

ONE_PASS = ("first_come", "by_priority", "flow")
BOUND_ONLY = ("pdlp",)


@dataclass(frozen=True)
class Limits:
    """What every process gets: cores, the most memory, and seconds by rows of the problem."""

    threads: int = 2
    gigabytes: float = 16.0
    seconds: dict[int, tuple[float, ...]] = field(
        default_factory=lambda: {
            100: (2,),
            300: (2,),
            1_000: (10, 60),
            10_000: (30,),
            100_000: (300,),
            1_000_000: (2700,),
        }
    )

    def seconds_for(self, rows: int) -> tuple[float, ...]:
        """Return the limits for the smallest listed size that is no smaller."""
        return next((s for most, s in sorted(self.seconds.items()) if rows <= most), (2700,))


def measure(
    rows: Iterable[int],
    seeds: Iterable[int],
    family: str,
    methods: Iterable[str],
    limits: Limits,
) -> Iterator[Report]:
    """Yield one report per problem: how it was made, and one run per method and limit.

    A peer that was of no use at one size is not run at the next; the report says what happened.
    """
    methods, rows = list(methods), sorted(rows)
    for seed in seeds:
        given_up: dict[str, str] = {}
        for size in rows:
            with tempfile.TemporaryDirectory() as folder:
                problem = Path(folder) / "problem.pickle"
                made = call(
                    "coupling.worker",
                    ["make", problem, "--rows", size, "--seed", seed, "--family", family],
                    wall=600 + size / 500,
                )
                say(f"{family} {size} rows, seed {seed}: {made}")
                runs: list[Report] = []
                for method in methods:
                    runs += _runs(problem, method, size, limits, given_up)
                _give_up(given_up, runs, size)
            yield {"family": family, "rows": size, "seed": seed, "made": made, "runs": runs}


def run_once(problem: Path, method: str, seconds: float, limits: Limits, rows: int) -> Report:
    """Run one method on a stored problem; the wall falls well after its own limit."""
    wall = 1.5 * seconds + 120 + rows / 1000
    report = call(
        "coupling.worker",
        [
            "run", problem, "--method", method, "--seconds", seconds,
            "--threads", limits.threads, "--gigabytes", limits.gigabytes,
        ],
        wall,
    )  # fmt: skip
    return {"method": method, "limit": seconds, **report}


def _runs(
    problem: Path, method: str, rows: int, limits: Limits, given_up: dict[str, str]
) -> Iterator[Report]:
    for seconds in limits.seconds_for(rows)[: 1 if method in ONE_PASS else None]:
        if method in given_up:
            yield {"method": method, "limit": seconds, "not_run": given_up[method]}
            continue
        report = run_once(problem, method, seconds, limits, rows)
        shown = {key: value for key, value in report.items() if key != "curve"}
        say(f"  {shown}")
        yield report


def _give_up(given_up: dict[str, str], runs: list[Report], rows: int) -> None:
    """Note the peers that failed, or did no better than serving by priority."""
    simple = max((r.get("objective", 0) for r in runs if r["method"] == "by_priority"), default=0)
    for method in METHODS:
        mine = [r for r in runs if r["method"] == method]
        if method == OURS or method in ONE_PASS or not mine or method in given_up:
            continue
        last = mine[-1]
        here = f"at {rows:,} rows, {last['limit']:g} s:"
        best = max((r.get("objective", 0) for r in mine), default=0)
        if "not_run" in last:
            if not str(last["not_run"]).startswith("does not apply"):
                given_up[method] = f"{here} {last['not_run']}"
        elif method not in BOUND_ONLY and best <= simple + 1e-6:
            said = f"reached {best:,.1f}" if best else f"found nothing ({last['ended']})"
            given_up[method] = f"{here} {said}; by priority {simple:,.1f}"
