"""What each page costs in this process: CPU time and SQL statements.

python -m benchmarks.web.statements ROUNDS        in the database that the environment names

Prints one line of JSON: page → {seconds, statements, kilobytes, slowest}. Seconds are of CPU, the
best of some rounds after one that does not count, so that a busy machine makes no difference; a
page that is kept for visitors is made anew each time. Of PostgreSQL the work of the server is not
in them, ``waited`` has it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import django


class Watch:
    """Counts statements, and keeps how long the slowest took."""

    def __init__(self) -> None:
        self.count, self.seconds, self.slowest = 0, 0.0, (0.0, "")

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            taken = time.perf_counter() - begun
            self.count += 1
            self.seconds += taken
            self.slowest = max(self.slowest, (taken, sql))


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.web.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    from .pages import pages
    from .sessions import secretary

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    clients = {"public": Client(), "desk": Client()}
    clients["desk"].force_login(secretary())
    rounds = int(sys.argv[1])
    found = {}
    for page in pages():
        costs = [_cost(clients[page.as_whom], page.path) for _round in range(rounds + 1)][1:]
        found[page.name] = min(costs, key=lambda cost: cost["seconds"])
    print(json.dumps(found, ensure_ascii=False))


def _cost(client: Any, path: str) -> dict[str, Any]:
    from django.db import connection

    from binglian.web.standing import pages

    pages.clear()
    watch = Watch()
    with connection.execute_wrapper(watch):
        begun = time.process_time()
        answer = client.get(path)
        seconds = time.process_time() - begun
    if answer.status_code != 200:
        raise SystemExit(f"{path}: status {answer.status_code}")
    return {
        "seconds": seconds,
        "statements": watch.count,
        "waited": watch.seconds,
        "kilobytes": len(answer.content) / 1000,
        "slowest": [watch.slowest[0], watch.slowest[1][:1500]],
    }


if __name__ == "__main__":
    main()
