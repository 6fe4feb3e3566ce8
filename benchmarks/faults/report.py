"""Does harm to a served site under load, and counts what was lost, doubled or left half done.

./dev bench faults                            50 trials of each kind, both databases: some hours
./dev bench faults --trials 3 --database sqlite
./dev bench faults --only "worker killed"

Everything runs on 127.0.0.1, in folders that are erased afterwards; only processes that were
started here are killed. Each kind of harm is written to ``benchmarks/results/faults.json`` when it
has been tried, beside what was measured before; prints all of it as Markdown and, with ``--page``,
puts it into docs/faults.md. Ends with an error when anything was not in order.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.circumstances import circumstances
from benchmarks.markdown import put_into
from benchmarks.processes import ROOT, say

from .clock import Clock
from .cluster import Cluster
from .disk import small_disk
from .results import add, written
from .site import Site, served
from .trials import HARMS, Harm, Outcome, tried
from .writers import Crowd

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
    where = circumstances(["Django", "gunicorn", "psycopg", "django-tasks-db"], "faults")
    where |= {"seed": asked.seed}
    outcomes = []
    for database in asked.database or DATABASES:
        for group in _sharing_a_site(wanted, database):
            for outcome in _on_one_site(group, database, asked.trials, asked.seed):
                add(outcome, where)  # as they come: who stops here keeps what there is
                outcomes.append(outcome)
    print(written())
    if asked.page:
        put_into(PAGE, written())
    return 0 if all(one.is_sound or one.not_run for one in outcomes) else 1


def _sharing_a_site(harms: list[Harm], database: str) -> list[list[Harm]]:
    """What needs a disk of its own has a site of its own."""
    plain = [harm for harm in harms if harm.needs in ("", database)]
    special = [[harm] for harm in harms if harm.needs in ("small disk", "clock")]
    return [group for group in (plain, *special) if group]


def _on_one_site(harms: list[Harm], database: str, trials: int, seed: int) -> Iterator[Outcome]:
    needs = harms[0].needs
    with tempfile.TemporaryDirectory(prefix="binglian-faults-") as home, ExitStack() as held:
        folder = Path(home) / "site"
        Path(home).chmod(0o711)  # PostgreSQL runs as another and has to come through
        if needs == "small disk" and not held.enter_context(small_disk(folder)):
            yield Outcome(harms[0].name, database, not_run="no file system may be mounted")
            return
        site = held.enter_context(_site(folder, database, needs))
        insider = held.enter_context(served(site))
        crowd = Crowd(site.port, insider.ask("world"), seed)
        held.callback(crowd.stop)
        for harm in harms:
            say(f"{database}: {harm.name}, {trials} trials")
            drawn = random.Random(f"{seed}:{harm.name}:{database}")
            outcome = Outcome(harm.name, database)
            tried(outcome, site, insider, harm, crowd, trials=trials, drawn=drawn)
            say(f"  {_line(outcome)}")
            yield outcome


@contextlib.contextmanager
def _site(folder: Path, database: str, needs: str) -> Iterator[Site]:
    folder.mkdir(exist_ok=True)
    clock = Clock(folder) if needs == "clock" else None
    on_small_disk = folder if needs == "small disk" else None
    cluster = Cluster(on_small_disk, clock) if database == "postgresql" else None
    try:
        yield Site(folder, cluster, clock)
    finally:
        if cluster:
            cluster.close()


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
