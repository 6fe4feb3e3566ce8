"""The tables of docs/engine/coupling.md, from what was measured."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from benchmarks.circumstances import said_shortly
from benchmarks.markdown import mean, number, table
from benchmarks.processes import Report

from .methods import METHODS, OURS


def tables(report: Report) -> str:
    """Return all tables as Markdown."""
    parts = [said_shortly(report), *_sizes(report["problems"]), _candidates(report["problems"])]
    if report.get("recall"):
        parts.append(_recall(report["recall"]))
    if checked := _rechecked(report["problems"]):
        parts.append(checked)
    if report.get("again"):
        parts.append(_again(report["again"]))
    if report.get("instances"):
        parts.append(_instances(report["instances"]))
    if curve := _curve(report["problems"]):
        parts.append(curve)
    return "\n\n".join(parts) + "\n"


def _sizes(problems: Iterable[Report]) -> Iterator[str]:
    groups: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for problem in problems:
        groups[problem["family"], problem["rows"]].append(problem)
    for (family, rows), of_size in groups.items():
        seeds = ", ".join(str(problem["seed"]) for problem in of_size)
        yield f"**{family}, {rows:,} rows**, seed {seeds} (means)\n\n" + _one_size(of_size)


def _one_size(problems: list[Report]) -> str:
    runs: dict[tuple[str, float], list[Report]] = defaultdict(list)
    for problem in problems:
        best = min((r["bound"] for r in problem["runs"] if r.get("bound")), default=None)
        for run in problem["runs"]:
            runs[run["method"], run["limit"]].append({**run, "best": best})
    lines = []
    for (method, limit), mine in runs.items():
        label, done = METHODS[method].label, [run for run in mine if "not_run" not in run]
        if not done:
            lines.append([label, f"{limit:g}", f"not run: {mine[0]['not_run']}", *[""] * 6])
            continue
        checked = all(run.get("sound", True) for run in done)
        lines.append([
            label,
            f"{limit:g}",
            number(mean(done, "seconds")),
            number(mean(done, "cpu_seconds")),
            number(mean(done, "peak_mb"), 0),
            number(mean(done, "objective")) + ("" if checked else " (broken)"),
            number(mean([run for run in done if run.get("bound")], "bound")),
            _gap(done, "bound"),
            _gap(done, "best"),
        ])  # fmt: skip
    head = ("method", "limit s", "seconds", "CPU s", "peak MB", "objective", "upper bound",
            "gap to own bound", "gap to best bound")  # fmt: skip
    return table(head, lines)


def _candidates(problems: Iterable[Report]) -> str:
    lines = [
        [
            problem["family"],
            f"{problem['rows']:,}",
            str(problem["seed"]),
            *(number(problem["made"].get(key), 0) for key in ("components", "pairs")),
            number(problem["made"].get("generated_seconds")),
            number(problem["made"].get("candidates_seconds")),
            number(problem["made"].get("candidates_cpu_seconds")),
            number(problem["made"].get("candidates_peak_mb"), 0),
        ]
        for problem in problems
    ]
    head = ("family", "rows", "seed", "components", "pairs", "rows drawn in s",
            "candidates in s", "CPU s", "peak MB")  # fmt: skip
    return "**Candidates**\n\n" + table(head, lines)


def _recall(found: Iterable[Report]) -> str:
    lines = [
        [f"{one['rows']:,}", f"{one['components']:,}", f"{one['recall']:.2%}",
         f"{one['fit_found']:.2%}"]
        if "recall" in one
        else [f"{one['rows']:,}", f"not run: {one['not_run']}", "", ""]
        for one in found
    ]  # fmt: skip
    head = ("rows", "components looked at", "best candidates found", "of their fit")
    return "**Recall of candidates**, against all offers\n\n" + table(head, lines)


def _rechecked(problems: Iterable[Report]) -> str | None:
    """Say what the judge and the certificate found about our own answers."""
    runs = [run for problem in problems for run in problem["runs"] if run["method"] == OURS]
    done = [run for run in runs if "price_bound_rechecked" in run]
    if not done:
        return None
    sound = sum(run["sound"] for run in done)
    off = max(abs(_between(run["price_bound"], run["price_bound_rechecked"])) for run in done)
    return (
        f"**Re-checked** by independent code: {sound} of {len(done)} of our answers keep every"
        f" rule; the bound worked out again from the prices differs by at most {off:.4%}."
    )


def _again(report: Report) -> str:
    if "again" not in report:
        return f"**After one change**: not run: {report.get('not_run')}"
    lines = [
        [
            again["what"],
            number(again["seconds"]),
            f"{again['gap']:.2%}",
            f"{again['changed_without_need']} of {again['matches']:,}"
            f" ({again['changed_without_need'] / max(1, again['matches']):.2%})",
            "yes" if again["sound"] else "NO",
        ]
        for again in report["again"]
    ]
    first = report["first"]
    said = f"first run {first['seconds']:g} s, gap {first['gap']:.2%}"
    head = ("change", "seconds", "gap", "matches changed without need", "sound")
    return f"**After one change**, {report['rows']:,} rows ({said})\n\n" + table(head, lines)


def _instances(instances: Iterable[Report]) -> str:
    lines = []
    for instance in instances:
        best = instance["best_known"] or instance["best_found"]
        for run in instance["runs"]:
            value, label = run.get("value"), METHODS[run["method"]].label
            shown = number(value, 0) if run.get("complete") else "not all jobs"
            off = f"{abs(value - best) / abs(best):.2%}" if run.get("complete") and best else ""
            seconds = number(run.get("seconds")) if "not_run" not in run else run["not_run"]
            known = number(best, 0) + ("" if instance["best_known"] else " (best found here)")
            bound = run.get("value_bound")
            apart = (
                f"{abs(value - bound) / abs(bound):.2%}" if run.get("complete") and bound else ""
            )
            cells = [instance["name"], known, label, seconds, shown, number(bound), off, apart]
            lines.append(cells)
    head = (
        "instance", "best known", "method", "seconds", "found", "bound", "off the best",
        "off its bound",
    )  # fmt: skip
    return "**Instances of others**\n\n" + table(head, lines)


def _curve(problems: Iterable[Report]) -> str | None:
    """Show how objective and bound moved on the largest problem that has a curve."""
    with_curve = [
        (problem["rows"], problem["family"], run["curve"])
        for problem in problems
        for run in problem["runs"]
        if run.get("curve")
    ]
    if not with_curve:
        return None
    rows, family, curve = max(with_curve, key=lambda one: one[0])
    last = curve[-1][0]
    shown = {  # the last step before each of twelve moments, evenly spread
        tuple(max((s for s in curve if s[0] <= last * twelfth / 12), default=curve[0], key=_when))
        for twelfth in range(1, 13)
    }
    lines = [
        [number(seconds), number(objective), number(bound), f"{_between(objective, bound):.2%}"]
        for seconds, objective, bound in sorted(shown)
    ]
    head = ("seconds", "objective", "bound", "gap")
    return f"**Progress** on {family}, {rows:,} rows\n\n" + table(head, lines)


def _when(step: Sequence[float]) -> float:
    return step[0]


def _between(objective: float, bound: float) -> float:
    return (bound - objective) / abs(bound) if bound else 0.0


def _gap(runs: list[Report], against: str) -> str:
    gaps = [
        _between(run["objective"], run[against])
        for run in runs
        if run.get("objective") is not None and run.get(against)
    ]
    return f"{fmean(gaps):.2%}" if gaps else "–"
