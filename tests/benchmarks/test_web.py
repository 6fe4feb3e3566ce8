"""The load test reads and writes without an error, and its tables say what misses a goal."""

import time
from datetime import date

import pytest

from benchmarks.circumstances import told_elsewhere
from benchmarks.web.clients import Plan, Reader
from benchmarks.web.prepare import made_ready
from benchmarks.web.tables import tables_of
from binglian.command.generating.city import Size, build
from binglian.domain.coupling.models import Commitment
from binglian.domain.ledger.models import Chain
from binglian.domain.ledger.verifying import verify_chain
from binglian.domain.matters.models import Matter

CITY = Size(alliances=1, organisations=6, matters=300, offers=40, needs=40)
ACCEPTS = 3


def test_a_reader_finds_every_page_and_every_write_arrives(transactional_db, live_server, settings):
    settings.ROOT_URLCONF = "benchmarks.web.urls"
    build(CITY, seed=1, until=date(2026, 6, 30), tell=lambda _what, _rows: None)
    ready = made_ready(accepts=ACCEPTS)
    pages = [page | {"share": 1} for page in ready["pages"]]
    plan = Plan(live_server.thread.port, 1, 0.0, 1, pages, ready)
    reader = Reader(plan, 0, time.perf_counter(), list(ready["accepts"]))

    for act in reader.deck():
        act()
    reader.connection.close()

    assert reader.wrong == []
    assert set(reader.taken) > {page["name"] for page in pages}
    written = len(reader.taken["report a matter"]) + len(reader.taken["Open311 post"])
    assert Matter.objects.count() == CITY.matters + written
    accepted = Commitment.objects.filter(state="accepted", proposed_at__gte=_latest())
    assert accepted.count() == ACCEPTS
    (chain,) = Chain.objects.exclude(name="platform")
    assert verify_chain(chain.name, [], []).fault is None


def _latest():
    return Matter.objects.filter(pk__lte=CITY.matters).latest("pk").reported_at


def page(name: str, **facts) -> dict:
    usual = {"is_hot": False, "statements": 4, "seconds": 0.01, "waited": 0.01, "kilobytes": 1.0}
    return usual | {"name": name, "n": 100} | facts


def result(matters: int, *pages: dict) -> dict:
    machine = {"processor": "a machine", "cores": 2, "memory_gb": 8}
    return {
        "measured_on": "2026-01-01",
        "machine": machine,
        "versions": {"Django": "5"},
        "commit": "abc",
        "database": "sqlite",
        "database_version": "3",
        "matters": matters,
        "workers": 2,
        "threads": 4,
        "clients": 4,
        "seed": 1,
        "pages": [page("empty page", p50=2.0, p99=4.0), *pages],
        "read_errors": 0,
        "writes": None,
        "memory_mb": [200, 251],
    }


@pytest.mark.once
def test_what_misses_its_goal_stands_in_bold():
    small = result(10_000, page("list", is_hot=True, p50=8.0, p99=41.0))
    large = result(1_000_000, page("list", is_hot=True, p50=8.1, p99=40.0, seconds=0.016))

    lines = tables_of([small, large]).splitlines()

    assert [line for line in lines if line.startswith("| list")] == [
        "| list | 100 | 8.0 | 4.0 | 41.0 | **10.2** | 4 | 10.0 | – |",
        "| list | 100 | 8.1 | **4.0** | 40.0 | 10.0 | 4 | 16.0 | **1.60** |",
    ]
    assert lines[-1] == "Memory of the web processes (PSS): 200, **251** MB. Errors reading: 0."


def test_results_tell_no_place_of_the_machine_they_were_measured_on() -> None:
    said = ["--keep", "/var/cities", "var/bench-web", "postgresql://me:secret@127.0.0.1:1/x", "5"]

    told = [told_elsewhere(word) for word in said]

    assert told == ["--keep", "…/cities", "var/bench-web", "postgresql://…", "5"]
