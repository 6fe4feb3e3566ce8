"""An organisation says what it can do at once and on which days it works."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.alliance.models import Organisation
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.actions import (
    add_closure,
    assign_office,
    remove_closure,
    set_capacity,
)
from binglian.domain.projects.models import Capacity
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
