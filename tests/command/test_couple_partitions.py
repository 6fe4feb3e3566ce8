"""Alliances cleared from the database: each process reads its own lists, at one instant."""

import os
import signal
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from binglian.command.coupling.joint_answers import JointAnswer
from binglian.command.coupling.partitions import clear_from_database
from binglian.command.refusals import CommandRefused
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.actions import keep_joint_runs
from binglian.domain.coupling.models import CouplingRun, Need, Offer
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
    facts = {"on": today(), "seconds": 600, "seed": 1, "work": Work(40, 4)} | facts
    groups = facts.pop("groups", [["historic/R-1"]])
    return clear_from_database(["historic", "harbour"], groups, fleet=fleet, **facts)


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
        cleared(fleet, groups=[["historic/R-9"]])


@pytest.fixture
def listed_twice(lists, second):
    """The second alliance lists the ten rooms too."""
    rooms = Offer.objects.get(number="R-1")
    rooms.pk, rooms.alliance, rooms.number = None, second, "H-7"
    rooms.save()
    return rooms


@pytest.mark.once
def test_what_both_alliances_list_is_kept_as_a_proposed_run_of_each_and_once(
    fleet, listed_twice, alliance, second, secretariat
):
    second.appointments.create(user=secretariat, role="secretariat", from_on=today())
    answer = cleared(fleet, groups=[["historic/R-1", "harbour/H-7"]], in_words=True)
    outcomes = {one: answer.outcomes[one.slug] for one in (alliance, second)}
    facts = {"key": "one answer", "by": secretariat, "seconds": 600, "seed": 1}

    runs = keep_joint_runs(outcomes=outcomes, **facts)

    assert keep_joint_runs(outcomes=outcomes, **facts) == runs
    assert [(run.alliance.slug, run.number, run.state) for run in runs] == [
        ("historic", 1, "proposed"),
        ("harbour", 1, "proposed"),
    ]
    assert [(m.offer, m.quantity) for run in runs for m in run.matches.all()] == [
        (listed_twice, 10)
    ]
    assert [unmet.need.alliance for run in runs for unmet in run.unmet.all()] == [alliance]


@pytest.mark.once
def test_nothing_is_kept_for_one_alliance_when_the_other_refuses(
    fleet, listed_twice, alliance, second, secretariat
):
    answer = cleared(fleet, groups=[["historic/R-1", "harbour/H-7"]], in_words=True)
    outcomes = {one: answer.outcomes[one.slug] for one in (alliance, second)}

    with pytest.raises(PermissionDenied):
        keep_joint_runs(key="one answer", outcomes=outcomes, by=secretariat, seconds=600, seed=1)

    assert CouplingRun.objects.count() == 0


@pytest.mark.once
def test_listings_that_differ_are_not_taken_for_one_thing(fleet, listed_twice):
    Offer.objects.filter(number="H-7").update(quantity=9)

    with pytest.raises(CommandRefused, match=r"historic/R-1 与 harbour/H-7"):
        cleared(fleet, groups=[["historic/R-1", "harbour/H-7"]])


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
