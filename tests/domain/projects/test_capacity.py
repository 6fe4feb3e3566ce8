"""An organisation says what it can do at once and on which days it works."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import (
    ModeFacts,
    add_capacity_period,
    add_closure,
    assign_office,
    remove_capacity_period,
    remove_closure,
    save_task,
    set_capacity,
)
from binglian.domain.projects.limits import limits_of
from binglian.domain.projects.models import Capacity, CapacityPeriod, Project
from binglian.domain.projects.queries import capacity_use
from binglian.domain.refusals import ActionRefused

from .conftest import MONDAY


def test_a_capacity_is_set_changed_and_lifted(alliance, needing, receiver):
    set_capacity(alliance=alliance, organisation=needing, cases=2, by=receiver)
    set_capacity(alliance=alliance, organisation=needing, cases=3, by=receiver)
    assert Capacity.objects.get().cases == 3

    set_capacity(alliance=alliance, organisation=needing, cases=None, by=receiver)

    assert not Capacity.objects.exists()
    changes = LedgerEntry.objects.filter(act="capacity.set").order_by("number")
    assert [entry.change for entry in changes] == [
        '{"cases":[null,2]}', '{"cases":[2,3]}', '{"cases":[3,null]}'
    ]  # fmt: skip


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "outsider"])
def test_nobody_sets_the_capacity_of_another_organisation(alliance, needing, persona, request):
    by = request.getfixturevalue(persona)

    with pytest.raises(PermissionDenied):
        set_capacity(alliance=alliance, organisation=needing, cases=2, by=by)


def test_an_office_outside_is_spoken_for_by_those_whose_catalogue_names_it(
    alliance, secretariat, catalogue
):
    office = Organisation.objects.create(name="文物局（示例）")
    with pytest.raises(ActionRefused, match="不是本联盟成员"):
        set_capacity(alliance=alliance, organisation=office, cases=1, by=secretariat)

    assign_office(alliance=alliance, office="heritage", organisation=office, by=secretariat)

    set_capacity(alliance=alliance, organisation=office, cases=1, by=secretariat)
    assert office.capacity.cases == 1


def test_no_capacity_below_one(alliance, needing, receiver):
    with pytest.raises(ActionRefused, match="至少为 1"):
        set_capacity(alliance=alliance, organisation=needing, cases=0, by=receiver)


def test_a_period_of_capacity_is_kept_and_ends_where_the_next_begins(alliance, needing, receiver):
    def on(days: int) -> date:
        return MONDAY + timedelta(days=days)

    who = {"alliance": alliance, "organisation": needing, "by": receiver}
    set_capacity(cases=2, **who)
    add_capacity_period(from_on=on(10), cases=3, reason="新来一名经办", **who)
    add_capacity_period(from_on=on(30), until_on=on(40), cases=1, **who)

    limit = limits_of([needing.pk])[needing.pk]
    assert [limit.on(on(days)) for days in (9, 10, 29, 30, 40, 41)] == [2, 3, 3, 1, 1, 2]
    assert limit.most == 3

    set_capacity(cases=None, **who)
    assert not CapacityPeriod.objects.exists()


def test_a_period_needs_the_usual_number_and_days_of_its_own(alliance, needing, receiver):
    who = {"alliance": alliance, "organisation": needing, "by": receiver}
    with pytest.raises(ActionRefused, match="请先填平时同时办理几件"):
        add_capacity_period(from_on=MONDAY, cases=3, **who)
    set_capacity(cases=2, **who)
    add_capacity_period(from_on=MONDAY, until_on=MONDAY + timedelta(days=9), cases=3, **who)

    with pytest.raises(ActionRefused, match="已另有安排"):
        add_capacity_period(from_on=MONDAY - timedelta(days=3), cases=1, **who)
    with pytest.raises(ActionRefused, match="结束日期不能早于开始日期"):
        add_capacity_period(from_on=MONDAY, until_on=MONDAY - timedelta(days=1), cases=1, **who)
    assert CapacityPeriod.objects.get().cases == 3


@pytest.mark.parametrize("persona", ["giver", "lead_a", "viewer", "outsider"])
def test_nobody_sets_a_period_for_another_organisation(
    alliance, needing, receiver, persona, request
):
    set_capacity(alliance=alliance, organisation=needing, cases=2, by=receiver)

    with pytest.raises(PermissionDenied):
        add_capacity_period(
            alliance=alliance,
            organisation=needing,
            from_on=MONDAY,
            cases=3,
            by=request.getfixturevalue(persona),
        )


def test_a_period_and_its_end_are_recorded(alliance, needing, receiver):
    who = {"alliance": alliance, "organisation": needing, "by": receiver}
    set_capacity(cases=2, **who)
    period = add_capacity_period(from_on=MONDAY, cases=3, **who)
    remove_capacity_period(alliance=alliance, period=period, by=receiver)

    acts = LedgerEntry.objects.order_by("number").values_list("act", flat=True)
    assert [*acts][-3:] == ["capacity.set", "capacity_period.added", "capacity_period.removed"]


def test_two_at_a_time_and_three_once_somebody_has_come(
    alliance, needing, receiver, giver, make_project, planned
):
    """Four drawings of five days each: on no day more than there are people."""
    who = {"alliance": alliance, "organisation": needing, "by": receiver}
    project = make_project()
    for n in range(4):
        save_task(
            project=project,
            by=giver,
            title_zh=f"审图 {n}",
            organisation=needing,
            modes=[ModeFacts(5)],
        )
    set_capacity(cases=1, **who)
    second_week = MONDAY + timedelta(days=7)
    add_capacity_period(from_on=second_week, cases=3, **who)

    plan = planned(project)

    Project.objects.update(state=Project.State.BASELINED)
    (use,) = capacity_use([needing], MONDAY, plan.finish_on)
    by_day = dict(zip(use.days, use.used, strict=True))
    assert use.exceeded_on == []
    assert by_day[MONDAY] == 1
    assert by_day[plan.finish_on] == 3
    assert plan.is_shortest
    assert plan.finish_on == add_working_days(second_week, 4)


def test_a_closed_office_delays_what_it_has_to_do(
    alliance, underground, needing, receiver, planned
):
    """Heritage and title wait for nobody here; the housing office issues the permit."""
    usual = planned(underground)
    permit = usual.rows.get(task__number="20")
    closure = add_closure(
        alliance=alliance,
        organisation=needing,
        from_on=permit.starts_on,
        until_on=permit.starts_on + timedelta(days=6),
        reason="窗口搬迁",
        by=receiver,
    )

    delayed = planned(underground)
    remove_closure(alliance=alliance, closure=closure, by=receiver)
    again = planned(underground)

    assert delayed.rows.get(task__number="20").starts_on == closure.until_on + timedelta(days=1)
    assert (again.working_days, delayed.working_days > 71) == (71, True)


def test_a_closure_ends_after_it_begins(alliance, needing, receiver):
    with pytest.raises(ActionRefused, match="结束日期不能早于开始日期"):
        add_closure(
            alliance=alliance,
            organisation=needing,
            from_on=MONDAY,
            until_on=MONDAY - timedelta(days=1),
            reason="培训",
            by=receiver,
        )
