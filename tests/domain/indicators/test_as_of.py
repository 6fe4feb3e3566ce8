"""A figure for a past date stays what it was, whatever happens afterwards."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from binglian.domain.alliance.actions import change_membership, withdraw_member
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import (
    accept_commitment,
    explain_commitment,
    judge_delivery,
    move_due_date,
    report_delivery,
)
from binglian.domain.indicators.figures import read
from binglian.domain.indicators.measures import BY_CODE, INDICATORS
from binglian.domain.indicators.periods import end_of, month, year
from binglian.domain.indicators.records import Records
from binglian.domain.matters.actions import check_publication, reopen, reply
from binglian.domain.projects.actions import change_project, finish_project, report
from binglian.domain.projects.actions.reports import take_back_report

from .conftest import JUNE

YEAR = year(today().year)


def figures(alliance, as_of, period=YEAR):
    """Every figure as the record stood, with the titles and parts of its cases."""
    alliance.refresh_from_db()
    records = Records(alliance, as_of)
    found = {one.code: read(one, records, period) for one in INDICATORS}
    return {
        code: (one.figure, sorted((case.title, case.part, case.whole) for case in one.cases))
        for code, one in found.items()
    }


def test_later_acts_on_commitments_change_no_figure_of_before(alliance, propose, giver, receiver):
    first, second, third = (propose() for _ in range(3))
    for one in (first, second, third):
        accept_commitment(commitment=one, by=giver, due_on=today())
    handed = report_delivery(commitment=first, quantity=1, delivered_on=today(), by=giver)
    then = now()
    before = figures(alliance, then)

    judge_delivery(delivery=handed, verdict="met", by=receiver)
    move_due_date(commitment=second, due_on=today() + timedelta(days=40), by=giver, why="改期")
    explain_commitment(commitment=third, by=giver, why="做不了")

    assert figures(alliance, then) == before
    after = figures(alliance, now())
    assert after["O2"] != before["O2"]  # the fulfilled one is known now
    assert after["D2"] != before["D2"]


def test_a_day_that_was_moved_later_counts_as_it_then_stood(
    alliance, promised, secretariat, giver, records
):
    kept = promised("giving", "needing", accepted=2, due=10)
    move_due_date(commitment=kept, due_on=today() + timedelta(days=9), by=giver, why="改期")
    march = month(date(2026, 3, 1))

    def due(at_instant):
        return read(BY_CODE["D2"], records(at_instant), march).figure.denominator

    assert due(end_of(date(2026, 3, 31))) == 1
    assert due(JUNE) == 1
    assert due(now()) == 0


def test_later_acts_on_members_change_no_figure_of_before(alliance, bodies, secretariat):
    then = now()
    before = figures(alliance, then)
    society, shop = (
        alliance.memberships.get(organisation=bodies[name]) for name in ("society", "shop")
    )

    withdraw_member(membership=society, by=secretariat)
    change_membership(membership=shop, by=secretariat, category="other", from_on=today())

    assert figures(alliance, then) == before
    assert figures(alliance, now())["W2"] != before["W2"]


def test_later_acts_on_matters_change_no_figure_of_before(alliance, asked, giver, secretariat):
    open_, answered, public = (
        asked("甲院", due=12),
        asked("乙院", due=12, answered=10),
        asked("丙院"),
    )
    for matter in (open_, answered):
        matter.assignments.create(
            organisation=matter.lead, part="lead", state="accepted", sent_at=now()
        )
    then = now()
    before = figures(alliance, then)

    reply(matter=open_, outcome="solved", public_text="已办", by=giver)
    reopen(matter=answered, reason="又堵了", by=secretariat)
    check_publication(matter=public, public_text=None, is_public=False, by=secretariat)

    assert figures(alliance, then) == before
    assert figures(alliance, now())["O3"] != before["O3"]


def test_later_acts_on_projects_change_no_figure_of_before(
    alliance, project, task, plan, giver, bodies
):
    whole = project("b", "needing")
    first = task(whole, "giving", 5, ("accepted", 4), ("passed", 6))
    second = task(whole, "giving", 5, ("accepted", 10), after=first)
    plan(whole, 100)
    then = now()
    before = figures(alliance, then)

    slip = report(task=second, event="passed", by=giver)
    take_back_report(made=slip, by=giver, why="报错了")
    report(task=second, event="passed", by=giver)
    change_project(project=whole, by=giver, partners=[bodies["firm"]])
    finish_project(project=whole, by=giver)

    assert figures(alliance, then) == before
    after = figures(alliance, now())
    assert (before["D1"][0].denominator, after["D1"][0].denominator) == (0, 100)
    assert [case[0] for case in after["C2"][1]] == [case[0] for case in before["C2"][1]]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("promised", ("giving", "needing", 2, 10, 9)),
        ("asked", ("甲院", 12, 10)),
        ("project", ("b",)),
    ],
)
def test_reading_asks_as_many_questions_for_three_as_for_one(
    alliance, request, kind, facts, records
):
    make = request.getfixturevalue(kind)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = records()
            for one in INDICATORS:
                read(one, found, YEAR)
        return len(asked)

    make(*facts)
    for_one = questions()
    make(*facts)
    make(*facts)

    assert questions() == for_one
