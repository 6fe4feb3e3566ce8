"""Tables of what was measured; the page of the documentation is made anew from the results.

python -m benchmarks.web.tables      reads benchmarks/results/web-*.json, writes docs/load.md
"""

from __future__ import annotations

import json
from typing import Any

from benchmarks.markdown import number, put_into, table
from benchmarks.processes import ROOT

Result = dict[str, Any]
PAGE = ROOT / "docs" / "load.md"
#: The goals: times the empty page's p50 and p99, statements, MB, times the cost of 10,000.
P50, P99, STATEMENTS, MEMORY, FLAT = 4, 10, 15, 250, 1.5
_WRITES = ("accept a promise", "report a matter", "Open311 post")


def tables_of(results: list[Result]) -> str:
    """A part for each result, and the smallest city of its database to compare its costs with."""
    parts = []
    for result in results:
        alike = [other for other in results if other["database"] == result["database"]]
        least = min(alike, key=lambda other: other["matters"])
        parts.append(_part(result, None if least is result else least))
    return "\n\n".join(parts)


def _part(result: Result, least: Result | None) -> str:
    machine, versions = result["machine"], result["versions"]
    kept = ", ".join(f"{name} {version}" for name, version in versions.items())
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[result["database"]]
    return "\n\n".join(
        [
            f"### {name}, {result['matters']:,} matters",
            f"Measured on {result['measured_on']}: {machine['processor']}, {machine['cores']}"
            f" cores, {machine['memory_gb']} GB; {name} {result['database_version']}, {kept};"
            f" {result['workers']} processes of {result['threads']} threads, {result['clients']}"
            f" readers, seed {result['seed']}; commit {result['commit']}.",
            _pages(result, least),
            _summary(result),
        ]
    )


def _pages(result: Result, least: Result | None) -> str:
    empty = _of(result, "empty page")
    before = {page["name"]: page for page in least["pages"]} if least else {}
    names = ("page", "answers", "p50 ms", "× empty", "p99 ms", "× empty", "SQL", "CPU ms", "cost ÷")
    lines = []
    for page in result["pages"]:
        then = before.get(page["name"])
        lines.append(
            [
                page["name"],
                str(page.get("n", 0)),
                number(page.get("p50")),
                _times(page, empty, "p50", P50),
                number(page.get("p99")),
                _times(page, empty, "p99", P99),
                _marked(page["statements"], STATEMENTS, 0),
                number(1000 * page["seconds"]),
                _marked(cost(page, result) / cost(then, result), FLAT, 2) if then else "–",
            ]
        )
    return table(names, lines)


def cost(page: dict[str, Any], result: Result) -> float:
    """CPU seconds of one page; where the database is a server, with what it was waited for."""
    waited = page["waited"] if result["database"] == "postgresql" else 0.0
    return float(page["seconds"] + waited)


def _times(page: dict[str, Any], empty: dict[str, Any], key: str, goal: float) -> str:
    if key not in page or key not in empty:
        return "–"
    ratio = page[key] / empty[key]
    return _marked(ratio, goal, 1) if page["is_hot"] else number(ratio)


def _marked(value: float, goal: float, decimals: int) -> str:
    """A figure, in bold where it misses its goal."""
    return f"**{number(value, decimals)}**" if value > goal else number(value, decimals)


def _summary(result: Result) -> str:
    memory = ", ".join(_marked(one, MEMORY, 0) for one in result["memory_mb"])
    said = [f"Memory of the web processes (PSS): {memory} MB. Errors reading: "]
    said[0] += f"{result['read_errors']}."
    if writes := result["writes"]:
        answers = writes["answers"]
        done = {name: answers[name] for name in _WRITES if name in answers}
        total = sum(one["n"] for one in done.values())
        told = "; ".join(
            f"{name}: {one['n']:,}, p50 {number(one['p50'])} ms, p99 {number(one['p99'])} ms"
            for name, one in done.items()
        )
        span = writes["seconds"]
        said.append(
            f"Writing among reading for {span:.0f} s: {total:,} writes, {total / span:.1f} a"
            f" second, {writes['errors']} errors ({told})."
        )
    return "\n\n".join(said)


def _of(result: Result, name: str) -> dict[str, Any]:
    return next(page for page in result["pages"] if page["name"] == name)


def main() -> None:
    files = sorted((ROOT / "benchmarks" / "results").glob("web-*.json"))
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    found.sort(key=lambda one: (one["database"] != "sqlite", one["matters"]))
    put_into(PAGE, tables_of(found))


if __name__ == "__main__":
    main()
