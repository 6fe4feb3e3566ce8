"""What was shown on a day is worked out again from the ledger, whatever happened since."""

from datetime import date

import pytest
from django.utils.timezone import now

from binglian.domain.alliance.actions import (
    change_alliance,
    change_membership,
    change_organisation,
    withdraw_member,
)
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import (
    accept_commitment,
    explain_commitment,
    judge_delivery,
    report_delivery,
)
from binglian.domain.indicators.figures import read
from binglian.domain.indicators.measures import INDICATORS
from binglian.domain.indicators.periods import month, year
from binglian.domain.indicators.queries import readings_of
from binglian.domain.indicators.records import Records
from binglian.domain.matters.actions import check_publication, reopen, reply
from binglian.domain.places.actions import add_area
from binglian.domain.projects.actions import (
    ModeFacts,
    change_project,
    finish_project,
    remove_precedence,
    remove_task,
    report,
    save_precedence,
    save_task,
)

MARCH, YEAR = month(date(2026, 3, 1)), year(today().year)


@pytest.fixture
def shown(alliance):
    """Every indicator as the page shows it, with the records behind it."""

    def of(as_of, period):
        alliance.refresh_from_db()
        records = Records(alliance, as_of)
        found = {one.code: read(one, records, period) for one in INDICATORS}
        told = [one for promise in readings_of(records, period).values() for one in promise]
        assert {one.indicator.code: one.figure for one in told} == {
            code: one.figure for code, one in found.items()
        }
        return {
            code: (
                one.value,
                one.figure,
                sorted((case.title, case.part, case.whole, case.group) for case in one.cases),
            )
            for code, one in found.items()
        }

    return of


@pytest.fixture
def under_way(alliance, march, asked, project, task, plan, propose, giver):
    """Beside March, which is over: things that go on and can still be acted on."""
    waiting, promised = propose(), [propose() for _ in range(2)]
    for one in promised:
        accept_commitment(commitment=one, by=giver, due_on=today())
    handed = report_delivery(commitment=promised[0], quantity=1, delivered_on=today(), by=giver)
    matters = {
        "open": asked("庚院", due=12),
        "answered": asked("辛院", due=12, answered=10),
        "public": asked("壬院"),
    }
    for name in ("open", "answered"):
        matters[name].assignments.create(
            organisation=matters[name].lead, part="lead", state="accepted", sent_at=now()
        )
    works = project("b", "needing")
    first = task(works, "a", 5, ("accepted", 4), ("passed", 6))
    second = task(works, "giving", 5, ("accepted", 10), after=first)
    third = task(works, "b", 5, after=first)
    plan(works, 100)
    return {
        "waiting": waiting, "promised": promised, "handed": handed, "matters": matters,
        "works": works, "tasks": (first, second, third),
    }  # fmt: skip


@pytest.fixture
def act_on(
    alliance, bodies, under_way, propose, make_offer, make_need, secretariat, giver, receiver,
    administrator,
):  # fmt: skip
    """Acts of every kind, each by the product's own action."""

    def commitments():
        accept_commitment(commitment=under_way["waiting"], by=giver, due_on=today())
        judge_delivery(delivery=under_way["handed"], verdict="met", by=receiver)
        explain_commitment(commitment=under_way["promised"][1], by=giver, why="做不了")
        propose(offer=make_offer(organisation=bodies["firm"]), need=make_need())  # a new pair

    def matters():
        open_, answered, public = under_way["matters"].values()
        reply(matter=open_, outcome="solved", public_text="已办", by=giver)
        reopen(matter=answered, reason="又堵了", by=secretariat)
        check_publication(matter=public, public_text=None, is_public=False, by=secretariat)

    def projects():
        works, (first, second, third) = under_way["works"], under_way["tasks"]
        save_task(
            project=works, task=second, by=giver, organisation=bodies["needing"],
            modes=[ModeFacts(days=40)], is_counted=False,
        )  # fmt: skip
        remove_precedence(precedence=second.precedences_before.get(), by=giver)
        remove_task(task=third, by=giver)
        late = save_task(project=works, by=giver, title_zh="验收", modes=[ModeFacts(days=2)])
        save_precedence(before=first, after=late, by=giver)
        report(task=second, event="passed", by=receiver)
        for event in ("accepted", "passed"):
            report(task=late, event=event, by=giver)
        change_project(project=works, by=giver, partners=[bodies["firm"]])
        finish_project(project=works, by=giver)

    def members():
        withdraw_member(
            membership=alliance.memberships.get(organisation=bodies["society"]), by=secretariat
        )
        shop = alliance.memberships.get(organisation=bodies["shop"])
        change_membership(membership=shop, by=secretariat, category="other", from_on=today())
        change_organisation(
            organisation=bodies["firm"], alliance=alliance, by=secretariat, kind="subdistrict"
        )
        change_organisation(
            organisation=bodies["needing"], alliance=alliance, by=secretariat, area=None
        )
        add_area(by=administrator, name="社区9", kind="community", parent=alliance.area)
        change_alliance(alliance=alliance, by=secretariat, published=[])

    return {
        "commitments": commitments, "matters": matters, "projects": projects, "members": members,
    }  # fmt: skip


def test_the_ledger_gives_back_what_was_shown_for_every_indicator(shown, act_on):
    then = now()
    before = {period: shown(then, period) for period in (MARCH, YEAR)}

    for act in act_on.values():
        act()

    assert {period: shown(then, period) for period in (MARCH, YEAR)} == before
    after = shown(now(), YEAR)
    unmoved = [one.code for one in INDICATORS if after[one.code] == before[YEAR][one.code]]
    assert unmoved == []  # each of them was acted on, so each was really worked out again
