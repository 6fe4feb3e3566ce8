"""Asks a generated city for its pages, as a city of readers does, and says how long they wait.

./dev bench web                                     10,000 and 1,000,000 matters, SQLite
./dev bench web --postgresql postgresql://…/        and the same on that server
./dev bench web --matters 10000 --seconds 20 --write-seconds 0

Databases are generated once and kept in ``--keep`` (var/bench-web unless said otherwise; on
PostgreSQL they are called binglian_bench_<matters>). What was measured goes to
benchmarks/results/web-<database>-<matters>.json, from which ``benchmarks.web.tables`` makes the
tables of the documentation.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.circumstances import circumstances
from benchmarks.processes import ROOT, say

from .cities import City, children, database_url, proportional_mb, served
from .tables import tables_of

RESULTS = ROOT / "benchmarks" / "results"
#: Accepted in a second at most: so many proposals are made ready.
_ACCEPTS_A_SECOND = 25


def main() -> None:
    """Measure every city on every database, write the results, print the tables."""
    asked = _arguments()
    found = []
    for matters in asked.matters:
        for city in _cities(asked, matters):
            found.append(_measured(city, asked))
            asked.results.mkdir(parents=True, exist_ok=True)
            name = f"web-{found[-1]['database']}-{matters}.json"
            text = json.dumps(found[-1], indent=1, ensure_ascii=False)
            (asked.results / name).write_text(text + "\n", encoding="utf-8")
    print(tables_of(found))
    if any(one["writes"] and one["writes"]["errors"] for one in found):
        sys.exit("Some writes went wrong; the results name them.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matters", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--alliances", type=int, default=30)
    parser.add_argument("--organisations", type=int, default=3000)
    parser.add_argument("--postgresql", metavar="URL", help="a server on which databases are made")
    parser.add_argument("--no-sqlite", action="store_true")
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "bench-web")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--clients", type=int, default=4, help="readers at once")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server")
    parser.add_argument("--threads", type=int, default=4, help="threads of each")
    parser.add_argument("--seconds", type=float, default=120, help="of reading")
    parser.add_argument("--write-seconds", type=float, default=300, help="of writing; 0 for none")
    parser.add_argument("--rounds", type=int, default=5, help="of each page's own cost")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _cities(asked: argparse.Namespace, matters: int) -> list[City]:
    sizes = (asked.alliances, asked.organisations)
    keep = asked.keep.resolve()
    cities = [] if asked.no_sqlite else [City(matters, keep / f"sqlite-{matters}", "", *sizes)]
    if asked.postgresql:
        url = database_url(asked.postgresql, f"binglian_bench_{matters}")
        cities.append(City(matters, keep / f"postgresql-{matters}", url, *sizes))
    return cities


def _measured(city: City, asked: argparse.Namespace) -> dict[str, Any]:
    city.make()
    say(f"{city.folder.name}: what each page costs by itself …")
    costs = json.loads(city.run("benchmarks.web.statements", str(asked.rounds)))
    accepts = round(asked.write_seconds * _ACCEPTS_A_SECOND)
    ready = json.loads(city.run("benchmarks.web.prepare", str(accepts)))
    with served(city, workers=asked.workers, threads=asked.threads) as (port, server):
        plan = {"port": port, "clients": asked.clients, "seed": asked.seed}
        plan["pages"] = [_asked_for(page) for page in ready["pages"]]
        say(f"{city.folder.name}: warming up …")
        _read(plan | {"seconds": min(asked.seconds, 10)})
        say(f"{city.folder.name}: {asked.clients} readers for {asked.seconds:.0f} s …")
        reads = _read(plan | {"seconds": asked.seconds})
        writes = None
        if asked.write_seconds:
            say(f"{city.folder.name}: reading and writing for {asked.write_seconds:.0f} s …")
            told = plan | {"seconds": asked.write_seconds, "writes": ready}
            writes = _read(told, within=asked.write_seconds)
        memory = [round(proportional_mb(pid)) for pid in children(server)]
    return {
        **circumstances(["Django", "gunicorn"], "web"),
        "database": ready["database"],
        "database_version": ready["version"],
        "matters": ready["matters"],
        "clients": asked.clients,
        "workers": asked.workers,
        "threads": asked.threads,
        "seed": asked.seed,
        "pages": [
            {
                "name": page["name"],
                "is_hot": page["is_hot"],
                **costs[page["name"]],
                **reads["answers"].get(page["name"], {}),
            }
            for page in ready["pages"]
        ],
        "read_errors": reads["errors"],
        "wrong": reads["wrong"],
        "writes": writes,
        "memory_mb": memory,
    }


def _asked_for(page: dict[str, Any]) -> dict[str, Any]:
    return {name: page[name] for name in ("name", "path", "cookie", "share")}


def _read(plan: dict[str, Any], within: float | None = None) -> dict[str, Any]:
    """What a crowd of readers waited for: name → how many answers, p50, p99 in ms."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.web.clients"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    told = json.loads(done.stdout)
    answers = {
        name: {"n": len(times), "p50": _share(times, 0.5), "p99": _share(times, 0.99)}
        for name, times in told["taken"].items()
    }
    return {
        "answers": answers,
        "errors": told["errors"],
        "wrong": told["wrong"],
        "seconds": within or plan["seconds"],
    }


def _share(times: list[float], share: float) -> float:
    """The time within which this share of the answers came, in ms."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


if __name__ == "__main__":
    main()
