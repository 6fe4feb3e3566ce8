"""Does harm to a served site under load, and counts what was lost, doubled or left half done.

./dev bench faults                            50 trials of each kind, both databases: an hour or two
./dev bench faults --trials 3 --database sqlite
./dev bench faults --only "worker killed"

Everything runs on 127.0.0.1, in folders that are erased afterwards; only processes that were
started here are killed. Prints Markdown, writes ``benchmarks/results/faults.json`` and, with
``--page``, the table of docs/faults.md. Ends with an error when anything was not in order.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks.circumstances import circumstances
from benchmarks.markdown import put_into, table
from benchmarks.processes import ROOT, Report, say

from .cluster import Cluster
from .disk import small_disk
from .site import Site, served
from .trials import HARMS, Harm, Outcome, tried
from .writers import Crowd

RESULTS = ROOT / "benchmarks/results/faults.json"
PAGE = ROOT / "docs/faults.md"
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Try every harm wanted; 1 when anything was not in order."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=50, help="of each kind of harm")
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--only", action="append", choices=[harm.name for harm in HARMS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="put the table into docs/faults.md")
    asked = parser.parse_args()
    wanted = [harm for harm in HARMS if not asked.only or harm.name in asked.only]
    outcomes = []
    for database in asked.database or DATABASES:
        for group in _sharing_a_site(wanted, database):
            outcomes += _on_one_site(group, database, asked.trials, asked.seed)
    report = circumstances(["Django", "gunicorn", "psycopg", "django-tasks-db"], "faults")
    report |= {"seed": asked.seed, "outcomes": [asdict(outcome) for outcome in outcomes]}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(written(report))
    if asked.page:
        put_into(PAGE, written(report))
    return 0 if all(one.is_sound or one.not_run for one in outcomes) else 1


def _sharing_a_site(harms: list[Harm], database: str) -> list[list[Harm]]:
    """What needs a disk of its own has a site of its own."""
    plain = [harm for harm in harms if harm.needs in ("", database)]
    special = [[harm] for harm in harms if harm.needs == "small disk"]
    return [group for group in (plain, *special) if group]


def _on_one_site(harms: list[Harm], database: str, trials: int, seed: int) -> list[Outcome]:
    needs = harms[0].needs
    with tempfile.TemporaryDirectory(prefix="binglian-faults-") as home, ExitStack() as held:
        folder = Path(home) / "site"
        Path(home).chmod(0o711)  # PostgreSQL runs as another and has to come through
        if needs == "small disk" and not held.enter_context(small_disk(folder)):
            return [Outcome(harms[0].name, database, not_run="no file system may be mounted")]
        site = held.enter_context(_site(folder, database, needs))
        insider = held.enter_context(served(site))
        crowd = Crowd(site.port, insider.ask("world"), seed)
        held.callback(crowd.stop)
        outcomes = []
        for harm in harms:
            say(f"{database}: {harm.name}, {trials} trials")
            drawn = random.Random(f"{seed}:{harm.name}:{database}")
            outcome = Outcome(harm.name, database)
            tried(outcome, site, insider, harm, crowd, trials=trials, drawn=drawn)
            say(f"  {_line(outcome)}")
            outcomes.append(outcome)
        return outcomes


@contextlib.contextmanager
def _site(folder: Path, database: str, needs: str) -> Iterator[Site]:
    folder.mkdir(exist_ok=True)
    on_small_disk = folder if needs == "small disk" else None
    cluster = Cluster(on_small_disk) if database == "postgresql" else None
    try:
        yield Site(folder, cluster)
    finally:
        if cluster:
            cluster.close()


def written(report: Report) -> str:
    """The table, and below it with what it was measured."""
    heads = (
        *("harm", "database", "trials", "acknowledged", "requests sent"),
        *("lost", "duplicated", "half written", "ledger", "jobs resumed", "jobs left"),
    )
    machine = report["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in report["versions"].items())
    where = (
        f"Measured on {report['measured_on']}: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB; {versions}; seed {report['seed']}; commit {report['commit']}."
    )
    return table(heads, (_row(one) for one in report["outcomes"])) + "\n\n" + where


def _row(one: Report) -> list[str]:
    if one["not_run"]:
        return [one["harm"], one["database"], f"not run: {one['not_run']}", *["–"] * 8]
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
    ]


def _line(outcome: Outcome) -> str:
    if outcome.not_run:
        return f"not run: {outcome.not_run}"
    wrong = outcome.lost[:3] + outcome.duplicated[:3] + outcome.half[:3] + outcome.ledger
    return (
        f"{outcome.trials} trials, {outcome.acknowledged} acknowledged, {outcome.tries} sent,"
        f" {outcome.unanswered} unanswered, errors {outcome.errors}, jobs {outcome.jobs}"
        + (f"; WRONG: {wrong + outcome.database_faults}" if not outcome.is_sound else "; sound")
    )


if __name__ == "__main__":
    sys.exit(main())
