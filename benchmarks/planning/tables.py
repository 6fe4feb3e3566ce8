"""The tables of docs/engine/planning.md, from what was measured."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import inf

from benchmarks.markdown import mean, number, share, table
from benchmarks.processes import Report

from .families import GOALS, LARGE
from .methods import METHODS, OURS, PEER

DUES = ("overrun", "lateness", "makespan")

Groups = dict[tuple[str, str, float], list[Report]]


def tables(reports: Iterable[Report]) -> str:
    """Return goals, then one table per set and limit, then the curves of large problems."""
    runs = with_best(reports)
    groups: Groups = defaultdict(list)
    for run in runs:
        groups[run["set"], run["method"], run["limit"]].append(run)
    parts = [_goals(groups), *_sets(groups), *_news(runs), *_faults(runs)]
    parts += [_curve(run) for run in runs if run["method"] == OURS and run["set"] in LARGE]
    return "\n\n".join(part for part in parts if part) + "\n"


def with_best(reports: Iterable[Report]) -> list[Report]:
    """Put to each run what the tables average: gaps as shares, yes and no as 1 and 0.

    ``best`` is the least makespan known, or found here by a plan that keeps the rules.
    """
    runs = [dict(one) for one in reports]
    plans: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for run in runs:
        if run.get("sound"):
            plans[run["set"], run["instance"]].append(run)
    for run in runs:
        rivals = plans[run["set"], run["instance"]]
        found = min((one["makespan"] for one in rivals), default=None)
        run["best"] = run.get("best_known") or found
        if "not_run" not in run:
            run |= _figures(run, rivals)
    return runs


def _figures(run: Report, rivals: list[Report]) -> Report:
    found: Report = {"unproved": float(not run["proved"])}
    if run.get("bound") and run["best"]:
        found["bound_off"] = 1 - run["bound"] / run["best"]
    peers = [one for one in rivals if (one["method"], one["limit"]) == (PEER, run["limit"])]
    if not run.get("sound"):
        return found | {"worse": float(bool(peers))}
    found["worse"] = float(any(_aims(one) < _aims(run) for one in peers))
    best = min(_aims(one) for one in rivals)
    if any(one["lateness"] or one["overrun"] for one in rivals):
        found["at_best"] = float(_aims(run) == best)
    else:
        found["gap"] = run["makespan"] / run["best"] - 1 if run["best"] else 0.0
        found["at_best"] = float(run["makespan"] <= run["best"])
    if run.get("bound"):
        found["above_bound"] = run["makespan"] / run["bound"] - 1
    curve = run.get("curve", ())
    found["first"] = next((seconds for seconds, reached, _ in curve if reached is not None), None)
    return found


def _aims(run: Report) -> tuple[int, float, int]:
    return run["overrun"], run["lateness"], run["makespan"]


def _goals(groups: Groups) -> str:
    lines = []
    for goal in GOALS:
        runs = groups.get((goal.set, OURS, goal.limit), [])
        value, most = mean(runs, goal.figure), goal.most
        if goal.peer:
            theirs = mean(groups.get((goal.set, goal.peer, goal.limit), []), goal.figure)
            most = inf if theirs is None else most * theirs
        if value is not None:
            shown = number(value, 2) if goal.figure in ("first", "peak_mb") else share(value, 3)
            met = "yes" if value <= most + 1e-9 else "**not yet**"
            met = met if most < inf else "nothing to compare with"
            lines.append([goal.set, f"{goal.limit:g} s", goal.said, shown, str(len(runs)), met])
    head = ("set", "limit", "goal", "measured", "instances", "met")
    return "**Goals**\n\n" + table(head, lines) if lines else ""


def _sets(groups: Groups) -> Iterator[str]:
    for name in dict.fromkeys(name for name, _, _ in groups):
        of_set = {key: runs for key, runs in groups.items() if key[0] == name}
        every = [run for runs in of_set.values() for run in runs]
        has_dues = any(run.get("lateness") for run in every)
        head = ["method", "limit s", "plans", "gap to best", "at best", "proved", "above own bound",
                "bound off best", *(DUES if has_dues else []),
                "seconds", "CPU s", "peak MB"]  # fmt: skip
        lines = [
            [METHODS[method].label, f"{limit:g}", *_averages(runs, has_dues)]
            for (_, method, limit), runs in of_set.items()
        ]
        squared = [line + [""] * (len(head) - len(line)) for line in lines]
        count = len({run["instance"] for run in every})
        sizes = sorted({run["tasks"] for run in every})
        tasks = f"{sizes[0]:,}" + (f"–{sizes[-1]:,}" if len(sizes) > 1 else "")
        yield f"**{name}**: instances {count}, tasks {tasks}\n\n" + table(head, squared)


def _averages(runs: list[Report], has_dues: bool) -> list[str]:
    done = [run for run in runs if "not_run" not in run]
    if not done:
        return [f"not run: {runs[0]['not_run']}"]
    planned = [run for run in done if run.get("sound")]
    dues = [number(mean(planned, key), 0) for key in DUES if has_dues]
    return [
        f"{len(planned)} of {len(runs)}",
        share(mean(planned, "gap")),
        str(round(sum(run.get("at_best", 0) for run in planned))),
        str(sum(run["proved"] for run in done)),
        share(mean(planned, "above_bound")),
        share(mean(done, "bound_off")),
        *dues,
        number(mean(done, "seconds")),
        number(mean(done, "cpu_seconds")),
        number(mean(done, "peak_mb"), 0),
    ]


def _news(runs: Iterable[Report]) -> Iterator[str]:
    """Say which plans are better than any known before."""
    lines = [
        [run["set"], run["instance"], METHODS[run["method"]].label,
         number(run["best_known"], 0), number(run["makespan"], 0)]
        for run in runs
        if run.get("sound") and run.get("best_known") and run["makespan"] < run["best_known"]
    ]  # fmt: skip
    if lines:
        head = ("set", "instance", "method", "best known", "found")
        yield "**Better than known**\n\n" + table(head, lines)


def _faults(runs: Iterable[Report]) -> Iterator[str]:
    """Say which answers the judge refused, and which bounds cannot be true."""
    faults = []
    for run in runs:
        who = f"{METHODS[run['method']].label}, {run['set']} {run['instance']}, {run['limit']:g} s"
        if run.get("sound") is False:
            faults.append([who, f"breaks a rule: {run['broken'][0]}"])
        if run.get("bound") and run["best"] and run["bound"] > run["best"]:
            faults.append([who, f"bound {run['bound']} above a plan of {run['best']}"])
    if faults:
        yield "**Refused**\n\n" + table(("run", "why"), faults)


def _curve(run: Report) -> str:
    """Show how makespan and bound moved."""
    curve = run.get("curve")
    if not curve:
        return ""
    every = max(1, len(curve) // 12)
    lines = [
        [f"{seconds:.2f}", number(makespan, 0), number(bound, 0), _above(makespan, bound)]
        for seconds, makespan, bound in [*curve[:-1:every], curve[-1]]
    ]
    head = ("seconds", "makespan", "bound", "above the bound")
    return f"**Progress** on {run['set']}, {run['instance']}\n\n" + table(head, lines)


def _above(makespan: int | None, bound: int) -> str:
    return share(makespan / bound - 1) if makespan is not None and bound else "–"
