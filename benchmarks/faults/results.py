"""What was measured, one row for each harm on each database, each saying when and with what."""

import json
from dataclasses import asdict

from benchmarks.markdown import table
from benchmarks.processes import ROOT, Report

from .trials import Outcome

RESULTS = ROOT / "benchmarks/results/faults.json"
_HEADS = (
    *("harm", "database", "trials", "acknowledged", "requests sent"),
    *("lost", "duplicated", "half written", "ledger", "jobs resumed", "jobs left", "measured on"),
)


def add(outcome: Outcome, where: Report) -> None:
    """Write one row beside those of other harms, in place of the same one of fewer trials.

    What went wrong is written however few trials it took.
    """
    rows = _rows()
    key = outcome.harm, outcome.database
    earlier = rows.get(key)
    if earlier and outcome.is_sound and earlier["trials"] > outcome.trials:
        return
    rows[key] = asdict(outcome) | {"circumstances": where}
    RESULTS.parent.mkdir(exist_ok=True)
    said = {"outcomes": list(rows.values())}
    RESULTS.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def written() -> str:
    """The table of all rows, and below it with what they were measured."""
    rows = _rows().values()
    where = dict.fromkeys(_said(row["circumstances"]) for row in rows)  # each once, in order
    return "\n\n".join([table(_HEADS, map(_row, rows)), *where])


def _rows() -> dict[tuple[str, str], Report]:
    if not RESULTS.exists():
        return {}
    rows = json.loads(RESULTS.read_text(encoding="utf-8"))["outcomes"]
    return {(row["harm"], row["database"]): row for row in rows}


def _said(where: Report) -> str:
    machine = where["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in where["versions"].items())
    return (
        f"{where['measured_on']}: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB; {versions}; seed {where['seed']}; commit {where['commit']}."
    )


def _row(one: Report) -> list[str]:
    day = one["circumstances"]["measured_on"]
    if one["not_run"]:
        return [one["harm"], one["database"], f"not run: {one['not_run']}", *["–"] * 8, day]
    counts = [len(one[name]) for name in ("lost", "duplicated", "half")]
    holds = "holds" if not (one["ledger"] or one["database_faults"]) else "broken"
    return [
        one["harm"],
        one["database"],
        str(one["trials"]),
        f"{one['acknowledged']:,}",
        f"{one['tries']:,}",
        *map(str, counts),
        holds,
        str(one["jobs"].get("resumed", 0)),
        str(one["jobs_left_open"]),
        day,
    ]
