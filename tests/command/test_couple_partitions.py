"""Alliances cleared from the database: each process reads its own lists, at one instant."""

import os
import signal
from collections.abc import Iterator
from decimal import Decimal

import pytest

from binglian.command.coupling.joint_answers import JointAnswer
from binglian.command.coupling.partitions import clear_from_database
from binglian.command.refusals import CommandRefused
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.models import Need, Offer
from binglian.engine.coupling.joint.fleet import Fleet
from binglian.engine.coupling.joint.several import Work
from binglian.engine.coupling.result import Progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    with Fleet(workers=1) as one:
        yield one


@pytest.fixture
def second(alliance, giving, needing):
    """Another alliance of the same two members."""
    other = Alliance.objects.create(
        slug="harbour", name="海港片区联盟", lead_a=alliance.lead_a, lead_b=alliance.lead_b
    )
    for organisation in (giving, needing):
        other.memberships.create(
            organisation=organisation, category="builder", state="admitted", from_on=today()
        )
    return other


@pytest.fixture
def lists(second, make_offer, make_need, needing):
    """Ten rooms of the first alliance, open to both; the second needs them more."""
    make_offer(10, number="R-1")
    make_need(8, number="N-1")
    urgent = Need.objects.create(
        alliance=second, organisation=needing, number="N-1", title="安置", priority="urgent"
    )
    urgent.components.create(position=0, kind="venue", quantity=Decimal(10), unit="间")


def cleared(fleet: Fleet, **facts) -> JointAnswer:
    facts = {"on": today(), "seconds": 600, "seed": 1, "work": Work(4, 4)} | facts
    return clear_from_database(["historic", "harbour"], ["historic/R-1"], fleet=fleet, **facts)


def uses(answer: JointAnswer) -> list[tuple[str, int]]:
    return [(row.alliance, row.used) for row in answer.allotments]


@pytest.mark.once
def test_what_is_shared_goes_where_it_is_worth_more_and_only_once(fleet, lists):
    answer = cleared(fleet)

    assert uses(answer) == [("harbour", 10)]
    assert {n: p.result["objective"] for n, p in answer.parts.items()} == {
        "harbour": 9,
        "historic": 0,
    }
    assert answer.bound == pytest.approx(9, rel=0.05)


def test_a_killed_worker_reads_again_what_stood_at_the_beginning(fleet, lists):
    changing = Disturbance(fleet)
    answer = cleared(fleet, progress=changing.hear)

    assert len(changing.killed) == 1
    assert Offer.objects.get(number="R-1").quantity == 3
    assert uses(answer) == [("harbour", 10)]


@pytest.mark.once
def test_an_offer_that_no_alliance_lists_is_refused(fleet, lists):
    with pytest.raises(CommandRefused, match="historic/R-9"):
        clear_from_database(
            ["historic", "harbour"], ["historic/R-9"], on=today(), fleet=fleet, seconds=60, seed=1
        )


class Disturbance:
    """At the first sign of progress the list is changed and the only worker killed."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.killed: list[int] = []

    def hear(self, _progress: Progress) -> None:
        if not self.killed:
            Offer.objects.filter(number="R-1").update(quantity=3)
            self.killed = self.fleet.worker_ids()
            for victim in self.killed:
                os.kill(victim, signal.SIGKILL)
