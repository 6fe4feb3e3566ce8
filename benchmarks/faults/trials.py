"""Each way of doing harm, and one trial of it under load."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .disk import fill, make_room
from .site import Insider, Site
from .writers import Crowd, Manners

#: Seconds of load before the harm is done, at most.
BEFORE = 1.5
#: Seconds of load after the site answers again.
AFTER = 0.5
#: Seconds a job that broke off may take until it has ended somehow.
UNTIL_ENDED = 120.0
#: How far the clock is set from the true time: seconds. Who signed in at the one end is still
#: signed in, for 12 hours, at the other.
FARTHEST = 5 * 3600


@dataclass(slots=True)
class Harm:
    """One kind of harm: what is done, what puts it right, and how the writers behave."""

    name: str
    do: Callable[[Site, random.Random], None]
    mend: Callable[[Site], None]
    manners: Manners = field(default_factory=Manners)
    #: Whether a job is under way when it happens.
    hits_jobs: bool = False
    needs: str = ""


def _nothing(_site: Site, *_drawn: random.Random) -> None:
    pass


def _kill_web(site: Site, _drawn: random.Random) -> None:
    site.kill_web()


def _kill_one_web_process(site: Site, drawn: random.Random) -> None:
    site.kill_one_web_process(drawn)


def _kill_worker(site: Site, _drawn: random.Random) -> None:
    site.kill_worker()


def _kill_database(site: Site, _drawn: random.Random) -> None:
    assert site.cluster
    site.cluster.kill()


def _kill_one_database_process(site: Site, drawn: random.Random) -> None:
    assert site.cluster
    site.cluster.kill_one_process(drawn)


def _start_database(site: Site) -> None:
    assert site.cluster
    if not site.cluster.is_running():
        site.cluster.start()


def _fill_disk(site: Site, _drawn: random.Random) -> None:
    fill(site.folder if site.cluster is None else site.cluster.home)
    time.sleep(2.0)


def _make_room(site: Site) -> None:
    make_room(site.folder if site.cluster is None else site.cluster.home)
    if site.cluster:
        _start_database(site)


def _set_clock(site: Site, drawn: random.Random) -> None:
    """Of everything that serves, by hours; the next trial sets it from there."""
    assert site.clock
    site.clock.set(drawn.choice((-1, 1)) * drawn.randint(3600, FARTHEST))


HARMS = [
    Harm("web server killed", _kill_web, _nothing),
    Harm("one web process killed", _kill_one_web_process, _nothing),
    Harm("worker killed", _kill_worker, _nothing, hits_jobs=True),
    Harm("database killed", _kill_database, _start_database, hits_jobs=True, needs="postgresql"),
    Harm(
        "one database process killed",
        _kill_one_database_process,
        _start_database,
        needs="postgresql",
    ),
    Harm("clock set forward and back", _set_clock, _nothing, hits_jobs=True, needs="clock"),
    Harm("disk full", _fill_disk, _make_room, needs="small disk"),
    Harm("sent twice and out of order", _nothing, _nothing, Manners(0.5, 0.5, 0.0)),
    Harm("connections cut", _nothing, _nothing, Manners(0.0, 0.0, 0.6)),
]


@dataclass(slots=True)
class Outcome:
    """What the trials of one harm on one database came to."""

    harm: str
    database: str
    trials: int = 0
    acknowledged: int = 0
    tries: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    ledger: list[str] = field(default_factory=list)
    database_faults: list[str] = field(default_factory=list)
    unanswered: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Any] = field(default_factory=dict)
    jobs_left_open: int = 0
    not_run: str = ""

    @property
    def is_sound(self) -> bool:
        wrong = (self.lost, self.duplicated, self.half, self.ledger, self.database_faults)
        unsaid = self.jobs.get("failed_unsaid", 0)
        return not any(wrong) and not (self.unanswered or self.jobs_left_open or unsaid)


def attempt(site: Site, insider: Insider, harm: Harm, crowd: Crowd, drawn: random.Random) -> None:
    """Load, harm, repair; at the end every writer knows what became of its filing."""
    # A job left open is counted at the end.
    if harm.hits_jobs and not _until_jobs_have_ended(insider)["open"]:
        insider.ask("ask_run")
    crowd.manners = harm.manners
    crowd.go_on()
    time.sleep(drawn.uniform(0.1, BEFORE))
    harm.do(site, drawn)
    harm.mend(site)
    site.start_worker_if_ended()
    site.wait_until_it_answers()
    time.sleep(AFTER)
    crowd.pause()


def tried(
    outcome: Outcome,
    site: Site,
    insider: Insider,
    harm: Harm,
    crowd: Crowd,
    *,
    trials: int,
    drawn: random.Random,
) -> Outcome:
    """So many trials, and what there is afterwards held against what the writers were told."""
    first, resumed = len(crowd.filings), insider.ask("jobs")["resumed"]
    crowd.errors.clear()
    crowd.refusals.clear()
    for _ in range(trials):
        attempt(site, insider, harm, crowd, drawn)
        outcome.trials += 1
    filings = crowd.filings[first:]
    said = [(one.kind, one.mark, one.is_acknowledged) for one in filings]
    verdict = insider.ask("judge", filings=said)
    outcome.acknowledged = sum(one.is_acknowledged for one in filings)
    outcome.unanswered = len(filings) - outcome.acknowledged
    outcome.tries = sum(one.tries for one in filings)
    outcome.errors = dict(crowd.errors)
    outcome.refusals = {asked: said[-400:] for asked, said in crowd.refusals.items()}
    outcome.lost, outcome.duplicated = verdict["lost"], verdict["duplicated"]
    outcome.half, outcome.ledger = verdict["half"], verdict["ledger"]
    outcome.database_faults = verdict["database"]
    jobs = _until_jobs_have_ended(insider)
    outcome.jobs = jobs | {"resumed": jobs["resumed"] - resumed}
    outcome.jobs_left_open = jobs["open"]
    return outcome


def _until_jobs_have_ended(insider: Insider) -> dict[str, Any]:
    """How they stand then, or after ``UNTIL_ENDED``."""
    end = time.monotonic() + UNTIL_ENDED
    while True:
        jobs: dict[str, Any] = insider.ask("jobs")
        if not jobs["open"] or time.monotonic() > end:
            return jobs
        time.sleep(0.5)
