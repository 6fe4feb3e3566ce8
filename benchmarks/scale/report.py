"""Measures what many alliances cost together, against all of them as one problem in one process.

./dev bench scale                    10,000 rows
./dev bench scale --rows 10000 100000 1000000
./dev bench scale --tables           only writes the tables anew

The fleet works to its end, a fixed amount; the one process then has the same wall time and as many
threads as there are workers. Both draw the rows within their time. Prints a table, writes
benchmarks/results/scale.json and the table of docs/engine/scale.md.
"""

import argparse
import json
from collections.abc import Iterator, Sequence

from benchmarks.circumstances import circumstances, said_shortly
from benchmarks.markdown import number, put_into, share, table
from benchmarks.processes import ROOT, Report, call, say

RESULTS = ROOT / "benchmarks/results/scale.json"
PAGE = ROOT / "docs/engine/scale.md"
PACKAGES = ("distributed", "numpy", "highspy")
WALL = 6 * 3600.0
#: Rows of one alliance: offers and needs, some of a large city quarter.
ROWS_OF_ONE = 2_500


def main() -> None:
    """Measure every size, and write it down as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--price-rounds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--exchanges", type=int, default=100)
    parser.add_argument("--tables", action="store_true")
    asked = parser.parse_args()
    if not asked.tables:
        work = (asked.price_rounds, asked.rounds, asked.exchanges)
        for rows in asked.rows:
            for run in _measured(rows, asked.seed, asked.workers, work):
                _keep(run, asked.workers)
    report = json.loads(RESULTS.read_text(encoding="utf-8"))
    print(shown := tables(report))
    put_into(PAGE, shown)


def _keep(run: Report, workers: int) -> None:
    """Write a run down beside those of other sizes or other work, as soon as it is there."""
    around = circumstances(PACKAGES, "scale")
    run |= {"commit": around["commit"]}
    runs = json.loads(RESULTS.read_text(encoding="utf-8"))["runs"] if RESULTS.exists() else []
    others = [one for one in runs if (one["rows"], one["work"]) != (run["rows"], run["work"])]
    runs = sorted([*others, run], key=lambda one: (one["rows"], one["work"]))
    RESULTS.parent.mkdir(exist_ok=True)
    report = {**around, "threads": workers, "runs": runs}
    text = json.dumps(report, ensure_ascii=False, indent=1)
    RESULTS.write_text(f"{text}\n", encoding="utf-8")


def _measured(rows: int, seed: int, workers: int, work: Sequence[int]) -> Iterator[Report]:
    """Yield a run when the fleet is at its end, and again when the one process is."""
    alliances = max(2, rows // ROWS_OF_ONE)
    each = rows // alliances
    say(f"{alliances} alliances of {each:,} rows …")
    apart = call("scale.apart", [alliances, each, seed, workers, *work], WALL)
    run = {"rows": rows, "alliances": alliances, "seed": seed, "work": list(work), "apart": apart}
    yield run
    if "seconds" in apart:
        facts = [alliances, each, seed, workers, apart["seconds"]]
        yield run | {"together": call("scale.together", facts, WALL)}


def tables(report: Report) -> str:
    """Return the measured figures in Markdown."""
    head = (
        "rows", "alliances", "shared offers", "rounds of prices, amounts", "how", "seconds",
        "CPU s", "MB of a process", "kB through the coordinator", "objective", "bound", "gap",
    )  # fmt: skip
    lines = []
    for run in report["runs"]:
        size = [f"{run['rows']:,}", str(run["alliances"]), str(run["apart"].get("shared", "–"))]
        size.append("{}, {}".format(*run["work"]))
        for how, key in (("a process each", "apart"), ("one process", "together")):
            one = run.get(key, {})
            if "not_run" in one:
                lines.append([*size, how, one["not_run"], *["–"] * 6])
            elif one:
                lines.append([*size, how, *_figures(one)])
    wrong = sum(run[key].get("broken", 0) for run in report["runs"] for key in run if key in HOW)
    judged = f"Rules broken or offers overdrawn, by the judge, in all answers: {wrong}."
    return f"{table(head, lines)}\n\n{judged}\n\n{said_shortly(report)}"


HOW = ("apart", "together")


def _figures(one: Report) -> list[str]:
    moved = one["kb_sent"] + one["kb_received"] if "kb_sent" in one else None
    return [
        number(one["seconds"]),
        number(one["cpu_seconds"]),
        number(one.get("peak_mb", one.get("peak_mb_of_a_worker")), 0),
        number(moved, 0),
        number(one["objective"]),
        number(one["bound"]),
        share(one["gap"]),
    ]


if __name__ == "__main__":
    main()
