"""Tables of what was measured; the guide is made anew from the results.

python -m benchmarks.search.tables    reads benchmarks/results/search-*.json, writes the guide
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from benchmarks.markdown import number, put_into, table
from benchmarks.processes import ROOT

Result = dict[str, Any]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "guides" / "search.md"


def part_of(result: Result) -> str:
    """One database: what it is, and its questions by their sort and by who asks."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for one in result["asked"]:
        groups["all"].append(one)
        groups[one["sort"]].append(one)
        groups[f"asked as {one['reader']}"].append(one)
    built = result["building"].get("rows_per_second")
    said = (
        f"{result['database']}: {result['documents']:,} documents, {result['index_mb']:,} MB;"
        f" seeds {result['seeds']}."
    )
    if result["write_ms"]:
        said += f" One change costs {result['write_ms']} ms."
    if built:
        said += f" Built at {built:,} documents a second."
    return f"{said} {_measured(result)}\n\n{_questions(groups)}"


def _measured(result: Result) -> str:
    machine = result["machine"]
    kept = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return (
        f"Measured on {result['measured_on']}: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB; {kept}; commit {result['commit']}."
    )


def _questions(groups: dict[str, list[Result]]) -> str:
    head = ("questions", "n", "hits", "CPU p50 ms", "CPU p99 ms", "wall p50 ms", "wall p99 ms")
    lines = []
    for name, rows in groups.items():
        figures = [
            percentile([row[key] for row in rows], part)
            for key in ("cpu_ms", "wall_ms")
            for part in (0.5, 0.99)
        ]
        hits = sum(row["hits"] for row in rows) / len(rows)
        lines.append([name, str(len(rows)), number(hits, 0), *map(number, figures)])
    return table(head, lines)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that this share of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def main() -> None:
    files = sorted(RESULTS.glob("search-*.json"), reverse=True)
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    put_into(PAGE, "\n\n".join(map(part_of, found)))


if __name__ == "__main__":
    main()
