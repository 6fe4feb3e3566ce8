"""Alliances that share offers: nothing is used twice, and no process is indispensable."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import pytest

from benchmarks.coupling.generator import random_problem
from binglian.engine.coupling.joint.fleet import Fleet, FleetLost
from binglian.engine.coupling.joint.joint_judge import joint_bound, overdrawn
from binglian.engine.coupling.joint.several import SeveralResult, Work, clear_several
from binglian.engine.coupling.joint.sharing import SharedOffer
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.problem import CouplingProblem, Kept, Window
from binglian.engine.coupling.result import Progress

from .builders import a_need, a_problem, an_offer

pytestmark = pytest.mark.once

#: Enough for these few offers and needs.
LITTLE = Work(price_rounds=20, rounds=8, exchanges=50)
MORNING, EVENING = Window(end_minute=720), Window(start_minute=1080)


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    with Fleet(workers=2) as two:
        yield two


@pytest.fixture(scope="module")
def alliances() -> dict[str, CouplingProblem]:
    return {name: _named(name, seed) for seed, name in enumerate("ABC", start=1)}


@pytest.fixture(scope="module")
def shared(alliances: Mapping[str, CouplingProblem]) -> list[SharedOffer]:
    """Every fourth offer of each alliance, open to all of them."""
    return [
        SharedOffer(offer, tuple(alliances))
        for problem in alliances.values()
        for offer in problem.offers[::4]
    ]


def _named(name: str, seed: int) -> CouplingProblem:
    problem = random_problem(60, seed=seed)
    return replace(
        problem,
        offers=tuple(replace(offer, ref=f"{name}-{offer.ref}") for offer in problem.offers),
        needs=tuple(replace(n, organisation=f"{name}-{n.organisation}") for n in problem.needs),
        kept=(),
    )


def objectives(result: SeveralResult) -> dict[str, float]:
    return {name: answer.objective for name, answer in result.results.items()}


def uses(result: SeveralResult) -> list[tuple[str, str, int | None, int]]:
    return [(row.offer, row.alliance, row.slot, row.used) for row in result.allotments]


def test_an_offer_open_to_two_alliances_goes_where_it_is_worth_more(fleet):
    hall = an_offer("馆", 10)
    problems = {
        "东": a_problem([], [a_need("乙")]),
        "西": a_problem([], [a_need("丙", priority=3)]),
    }

    result = clear_several(problems, [SharedOffer(hall, ("东", "西"))], fleet=fleet, work=LITTLE)

    assert objectives(result) == {"东": 0, "西": 9}
    assert uses(result) == [("馆", "西", None, 10)]
    assert result.objective == 9
    assert 9 <= result.bound < 9.5


def test_what_one_alliance_leaves_over_goes_to_the_other(fleet):
    seats = an_offer("馆", 10)
    problems = {
        "东": a_problem([], [a_need("乙", 7, priority=2)]),
        "西": a_problem([], [a_need("丙", 3)]),
    }

    result = clear_several(problems, [SharedOffer(seats, ("东", "西"))], fleet=fleet, work=LITTLE)

    assert uses(result) == [("馆", "东", None, 7), ("馆", "西", None, 3)]


def test_a_room_that_renews_is_shared_slot_by_slot(fleet):
    room = an_offer("室", 1, renews=True)
    slots = (MORNING, EVENING)
    problems = {
        "东": a_problem([], [a_need("乙", 1, windows=(MORNING,))], slots=slots),
        "西": a_problem([], [a_need("丙", 1, windows=(EVENING,))], slots=slots),
    }

    result = clear_several(problems, [SharedOffer(room, ("东", "西"))], fleet=fleet, work=LITTLE)

    assert uses(result) == [("室", "东", 0, 1), ("室", "西", 1, 1)]


def test_what_an_alliance_has_promised_is_gone_for_the_others(fleet):
    hall = an_offer("馆", 10)
    problems = {
        "东": a_problem([hall], [a_need("乙", 8)], Kept(0, 0, 0, 8)),
        "西": a_problem([], [a_need("丙", 3, priority=3)]),
    }

    result = clear_several(problems, [SharedOffer(hall, ("东", "西"))], fleet=fleet, work=LITTLE)

    assert objectives(result) == {"东": 1, "西": 0}


def test_an_offer_listed_in_other_words_is_refused(fleet):
    problems = {"东": a_problem([an_offer("馆", 10)], []), "西": a_problem([], [])}

    with pytest.raises(ValueError, match="other words or figures"):
        clear_several(
            problems, [SharedOffer(an_offer("馆", 9), ("东", "西"))], fleet=fleet, work=LITTLE
        )


def test_alliances_that_share_nothing_are_cleared_as_each_alone(fleet, alliances):
    result = clear_several(alliances, [], fleet=fleet, work=LITTLE)

    assert result.objective == sum(objectives(result).values())
    assert result.bound == pytest.approx(sum(r.bound for r in result.results.values()))


@pytest.fixture(scope="module")
def undisturbed(fleet, alliances, shared) -> SeveralResult:
    return clear_several(alliances, shared, fleet=fleet, work=LITTLE, seed=1)


def test_no_shared_offer_is_used_twice_and_every_rule_is_kept(undisturbed, shared):
    answers = {name: result.supplies for name, result in undisturbed.results.items()}

    assert overdrawn(undisturbed.problems, shared, answers) == []
    assert [broken_rules(undisturbed.problems[n], s) for n, s in answers.items()] == [[], [], []]


def test_the_joint_bound_can_be_worked_out_again_from_the_prices(undisturbed, shared):
    prices = {name: result.prices for name, result in undisturbed.results.items()}

    again = joint_bound(undisturbed.problems, shared, prices)

    assert again == pytest.approx(undisturbed.bound, rel=1e-6)
    assert undisturbed.objective <= again


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_nothing(workers, alliances, shared, undisturbed):
    with Fleet(workers) as other:
        result = clear_several(alliances, shared, fleet=other, work=LITTLE, seed=1)

    assert objectives(result) == objectives(undisturbed)
    assert uses(result) == uses(undisturbed)


def test_a_lost_worker_changes_nothing(alliances, shared, undisturbed):
    with Fleet(workers=2) as other:
        killer = Killer(other)
        result = clear_several(
            alliances, shared, fleet=other, work=LITTLE, seed=1, progress=killer.hear
        )
        killer.join()

    assert killer.victim is not None
    assert objectives(result) == objectives(undisturbed)
    assert uses(result) == uses(undisturbed)


def test_a_lost_scheduler_is_said_and_there_is_no_answer(alliances, shared):
    with elsewhere() as (scheduler, address), Fleet(scheduler=address) as other:

        def kill(_progress: Progress) -> None:
            scheduler.kill()

        with pytest.raises(FleetLost, match="The scheduler is gone"):
            clear_several(alliances, shared, fleet=other, work=LITTLE, seed=1, progress=kill)


@contextmanager
def elsewhere() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A scheduler in a process of its own, with one worker; its address."""
    scheduler = _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    try:
        assert scheduler.stderr is not None
        told = next(line for line in scheduler.stderr if "Scheduler at:" in line)
        address = told.split()[-1]
        worker = _dask("worker", address, "--no-nanny", "--no-dashboard", "--nthreads", "1")
        try:
            yield scheduler, address
        finally:
            worker.kill()
            worker.communicate()
    finally:
        scheduler.kill()
        scheduler.communicate()


def _dask(what: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, **quiet)


class Killer(threading.Thread):
    """Kills a worker that is busy, once half the prices are settled."""

    def __init__(self, fleet: Fleet) -> None:
        super().__init__()
        self.fleet = fleet
        self.victim: int | None = None

    def hear(self, progress: Progress) -> None:
        if progress.share >= 0.25 and self.ident is None:
            self.start()

    def run(self) -> None:
        while self.victim is None:
            self.victim = next(iter(self.fleet.busy_workers()), None)
        os.kill(self.victim, signal.SIGKILL)
