"""Measures the pages of ten thousand matters, and what the clock does every minute with them.

./dev bench matters                          on SQLite, in a folder that is erased afterwards
./dev bench matters --n 2000 --rounds 3
DATABASE_URL=postgres://… ./dev bench matters     in an empty database of your own

Seconds are of CPU, so that a busy machine makes no difference; the best of some rounds, after one
that does not count.
"""

import argparse
import itertools
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.circumstances import circumstances
from benchmarks.markdown import number, table
from benchmarks.processes import say

SUBDISTRICTS = 22
PAGES = {
    "list at the desk": "/a/crowd/matters/list/",
    "list, overdue, one word": "/a/crowd/matters/list/?state=open&overdue=on&q=路灯",
    "what waits": "/a/crowd/matters/",
    "map at the desk": "/a/crowd/matters/map/",
    "statistics": "/a/crowd/matters/rates/",
    "parked": "/a/crowd/matters/parked/",
    "public list": "/p/crowd/matters/",
    "public map": "/p/crowd/matters/map/",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one thing took: CPU seconds, SQL statements, kilobytes of its answer."""

    seconds: float
    queries: int
    kilobytes: float | None = None


def main() -> None:
    """Draw the crowd in a throw-away database, measure, print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=10_000, help="how many matters")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"BINGLIAN_DATA": folder, "BINGLIAN_MODE": "development"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "binglian.config.settings"
        _measure(asked.n, asked.rounds)


def _measure(n: int, rounds: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from binglian.domain.matters.actions import remind_of_matters

    from .crowd import crowd
    from .quiet_alliance import quiet_alliance

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    alliance, administrator, secretariat = quiet_alliance()
    say(f"drawing {n:,} matters over {SUBDISTRICTS} sub-districts …")
    crowd(alliance, by=administrator, n=n)
    settings.STATIC_ROOT.mkdir(parents=True)
    client = Client()
    client.force_login(secretariat)

    def fetched(path: str) -> Callable[[], float]:
        def fetch() -> float:
            answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: status {answer.status_code}")
            return len(answer.content) / 1000

        return fetch

    found = {}
    for name, path in PAGES.items():
        say(name)
        found[name] = best(fetched(path), rounds)
    say("the clock")
    first = measured(remind_of_matters)
    again = best(remind_of_matters, rounds)
    found |= {"clock, all that is late at once": first, "clock, every minute after": again}
    where = circumstances(["Django"], "matters")
    machine = where["machine"]
    print(
        f"\n{n:,} matters over {SUBDISTRICTS} sub-districts, {connection.vendor}."
        f" Measured on {where['measured_on']}: {machine['processor']}, {machine['cores']} cores,"
        f" {machine['memory_gb']} GB; Python {where['versions']['Python']},"
        f" Django {where['versions']['Django']}; commit {where['commit']}.\n"
    )
    print(
        table(
            ("what", "CPU ms", "SQL statements", "kB"),
            (
                [name, number(1000 * cost.seconds, 0), str(cost.queries), number(cost.kilobytes, 0)]
                for name, cost in found.items()
            ),
        )
    )


def measured(act: Callable[[], float | None]) -> Cost:
    """What the act costs, done once."""
    from django.db import connection

    asked = itertools.count()

    def counting(execute: Callable[..., Any], *statement: Any) -> Any:
        next(asked)
        return execute(*statement)

    with connection.execute_wrapper(counting):
        begun = time.process_time()
        kilobytes = act()
        seconds = time.process_time() - begun
    return Cost(seconds, next(asked), kilobytes)


def best(act: Callable[[], float | None], rounds: int) -> Cost:
    """The cheapest of some rounds, after one that does not count."""
    act()
    return min((measured(act) for _ in range(rounds)), key=lambda cost: cost.seconds)


if __name__ == "__main__":
    main()
