"""Who works with whom: ties, groups, growth, and ties worth making."""

from datetime import date
from itertools import combinations

import pytest

from binglian.domain.alliance.models import today
from binglian.domain.indicators.network import (
    Growth,
    communities,
    growth_of,
    joint_work,
    missing_links,
    modularity,
    ties_of,
)
from binglian.domain.indicators.periods import month, months_until, year
from binglian.domain.matters.models import Assignment, Whistle

from .conftest import at


@pytest.fixture
def worked(bodies, promised, asked, project, task, secretariat):
    """A promise kept; a helper and a whistle; a project with a task handed on."""
    promised("giving", "needing", accepted=2, due=10, delivered=9)
    promised("giving", "shop", accepted=2, due=10)  # not delivered
    matter = asked("甲院")
    for body, part in (("giving", "lead"), ("needing", "help")):
        Assignment.objects.create(
            matter=matter, organisation=bodies[body], part=part, sent_at=at(3), accepted_at=at(4, 4)
        )
    whistle = Whistle.objects.create(
        matter=matter, organisation=bodies["b"], kind="residents", reason="积水", meet_at="院里",
        drafted_by=secretariat, drafted_at=at(3),
    )  # fmt: skip
    for body, arrived in (("firm", at(5)), ("shop", None)):
        whistle.calls.create(
            organisation=bodies[body], arrive_by=at(5), arrived_at=arrived, result_due_at=at(9)
        )
    whole = project("society")
    first = task(whole, "a", 5, ("accepted", 4), ("passed", 6))
    task(whole, "firm", 5, ("accepted", 10), after=first)


def named(ties, bodies):
    names = {body.pk: name for name, body in bodies.items()}
    return {
        frozenset(names[end] for end in tie.ends): (tie.commitments, tie.matters, tie.projects)
        for tie in ties
    }


def test_a_tie_is_what_was_done_together_told_apart_by_source(worked, records, bodies):
    ties = ties_of(joint_work(records()), year(2026))

    assert named(ties, bodies) == {
        frozenset({"giving", "needing"}): (1, 1, 0),
        frozenset({"b", "firm"}): (0, 1, 0),  # the shop was called and did not come
        frozenset({"giving", "society"}): (0, 0, 1),
        frozenset({"a", "firm"}): (0, 0, 1),
    }


def test_a_period_has_the_ties_of_its_days(worked, records, bodies):
    april = ties_of(joint_work(records()), month(date(2026, 4, 1)))

    assert named(april, bodies) == {frozenset({"giving", "needing"}): (0, 1, 0)}


def test_growth_counts_everything_until_the_end_of_the_month(worked, records):
    found = records()
    months = months_until(date(2026, 4, 1), 3)

    grown = growth_of(joint_work(found), found.members, months)

    assert grown == [
        Growth(months[0], 7, 0, 0),
        Growth(months[1], 7, 6, 4),
        Growth(months[2], 7, 6, 4),
    ]
    assert grown[-1].density == 4 / 21


def test_everybody_sees_of_it_what_is_public(worked, records, alliance):
    assert {one.is_public for one in joint_work(records()) if one.source != "matters"} == {False}
    assert {one.is_public for one in joint_work(records()) if one.source == "matters"} == {True}

    alliance.published = ["commitments"]
    alliance.save()

    public = [one for one in joint_work(records()) if one.is_public]
    assert sorted({one.source.value for one in public}) == ["commitments", "matters"]


def test_two_circles_with_one_tie_between_them_are_two_groups():
    left, right = range(5), range(5, 10)
    weights = {pair: 1.0 for side in (left, right) for pair in combinations(side, 2)}
    weights[4, 5] = 1.0

    group = communities(weights)

    assert [[n for n in group if group[n] == g] for g in (0, 1)] == [list(left), list(right)]
    # by hand: 21 ties, 10 in each group, whose degrees are 21 of 42
    assert modularity(weights, group) == pytest.approx(20 / 21 - 1 / 2)


def test_rings_of_cliques_fall_into_their_cliques():
    # Thirty cliques of five on a ring: modularity finds the cliques or pairs of them.
    weights = {}
    for ring in range(30):
        nodes = [5 * ring + n for n in range(5)]
        weights |= dict.fromkeys(combinations(nodes, 2), 1.0)
        weights[tuple(sorted((nodes[4], (nodes[4] + 1) % 150)))] = 1.0

    group = communities(weights)

    assert modularity(weights, group) >= 0.87  # 0.8758 for single cliques, 0.8879 for pairs
    assert all(len({group[5 * ring + n] for n in range(5)}) == 1 for ring in range(30))


def test_the_same_ties_fall_into_the_same_groups_in_any_order():
    weights = {(a, b): float(a + b) for a, b in combinations(range(12), 2) if (a * b) % 5 < 2}
    backwards = dict(reversed(weights.items()))

    assert communities(weights) == communities(backwards)
    assert communities({}) == {}


def test_two_that_never_met_and_fit_are_a_tie_worth_making(alliance, bodies, make_offer, make_need):
    make_offer(organisation=bodies["shop"], title="二楼活动室")
    make_offer(organisation=bodies["firm"], title="工地会议室")
    wanted = make_need(title="议事的地方")
    make_need(title="停车", kind="parking", priority="urgent")
    met = [tuple(sorted((bodies["firm"].pk, bodies["needing"].pk)))]

    links = missing_links(alliance, met, on=today())

    assert [(one.offer.title, one.need, one.others) for one in links] == [("二楼活动室", wanted, 0)]
    assert links[0].reason == (
        "“海关后社区（示例）”要“议事的地方”，“shop（示例）”有“二楼活动室”；两家还没有合作过。"
    )


def test_what_is_asked_for_already_is_no_tie_worth_making(alliance, bodies, propose, make_offer):
    taken = propose()
    make_offer(organisation=bodies["shop"])

    assert missing_links(alliance, [], on=today()) == []

    taken.state, taken.explanation = "declined", "没有"
    taken.answered_by, taken.answered_at = taken.run.asked_by, at(3)
    taken.save()

    found = missing_links(alliance, [], on=today())
    assert {one.offer.organisation for one in found} == {bodies["giving"], bodies["shop"]}
