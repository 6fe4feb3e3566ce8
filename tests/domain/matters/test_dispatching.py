"""Whose matter it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime, now

from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.matters.actions import (
    accept_assignment,
    ask_for_help,
    decide_objection,
    dispatch_matter,
    object_to,
)
from binglian.domain.matters.models import Responsibility
from binglian.domain.matters.queries import awaited_matters, responsibility_for
from binglian.domain.places.models import Area
from binglian.domain.refusals import ActionRefused


def test_the_catalogue_says_who_leads_who_helps_and_until_when(dispatched, giving, needing):
    parts = {(a.organisation, a.part, a.state) for a in dispatched.assignments.all()}
    last = add_working_days(localtime().date(), 5)

    assert parts == {(giving, "lead", "sent"), (needing, "help", "sent")}
    assert (dispatched.lead, dispatched.state) == (giving, "dispatched")
    assert localtime(dispatched.due_at).date() == last
    assert dispatched.contact_due_at - dispatched.counted_from == timedelta(hours=24)


def test_the_narrowest_area_that_holds_the_place_counts(drains, needing, giving):
    district = Area.objects.create(name="示例区", kind="district")
    street = Area.objects.create(name="示例街道", kind="subdistrict", parent=district)
    other = Area.objects.create(name="另一街道", kind="subdistrict")
    Responsibility.objects.create(
        category=drains, area=district, organisation=needing, period=24, clock="hours"
    )

    assert responsibility_for(drains, street).organisation == needing
    assert responsibility_for(drains, other).organisation == giving
    assert responsibility_for(drains, None).organisation == giving


def test_only_who_dispatches_dispatches_and_only_once(report, drains, secretariat, giver):
    matter = report()
    with pytest.raises(PermissionDenied):
        dispatch_matter(matter=matter, category=drains, by=giver)

    dispatch_matter(matter=matter, category=drains, by=secretariat)

    with pytest.raises(ActionRefused, match="首接单位负责到底"):
        dispatch_matter(matter=matter, category=drains, by=secretariat)


def test_a_category_without_an_entry_asks_who_leads(report, alliance, secretariat, giving):
    bare = alliance.matter_categories.create(code="x", name_zh="其他", name_en="Other")
    with pytest.raises(ActionRefused, match="请选择主办单位"):
        dispatch_matter(matter=report(), category=bare, by=secretariat)

    assert dispatch_matter(matter=report(), category=bare, by=secretariat, lead=giving).period == 5


def test_the_leader_is_told_and_finds_it_among_what_waits(giver, dispatched):
    assert giver.notifications.get().text_zh.startswith(f"诉求 {dispatched.number} 由贵单位主办")
    assert list(awaited_matters(giver)) == [dispatched]


def test_who_has_accepted_leads_and_cannot_pass_it_on(handled, lead_of, giver, receiver):
    assert handled.state == "handling"
    with pytest.raises(ActionRefused, match="首接单位负责到底"):
        object_to(assignment=lead_of(handled), reason="不归我们", by=giver)
    with pytest.raises(PermissionDenied):
        accept_assignment(assignment=lead_of(handled), by=receiver)


def test_an_objection_refused_designates_the_same_for_good(dispatched, lead_of, giver, reviewer):
    objection = object_to(assignment=lead_of(dispatched), reason="属于市政", by=giver)
    dispatched.refresh_from_db()
    assert dispatched.state == "objected"

    decide_objection(objection=objection, is_upheld=False, note="权属清楚", by=reviewer)

    with pytest.raises(ActionRefused, match="不再退回"):
        object_to(assignment=lead_of(dispatched), reason="还是不归我们", by=giver)
    accept_assignment(assignment=lead_of(dispatched), by=giver)
    dispatched.refresh_from_db()
    assert dispatched.state == "handling"


def test_an_objection_upheld_moves_it_to_another_who_cannot_return_it(
    dispatched, lead_of, giver, receiver, reviewer, needing, giving
):
    objection = object_to(
        assignment=lead_of(dispatched), reason="属于社区", suggested=needing, by=giver
    )

    decide_objection(objection=objection, is_upheld=True, by=reviewer)

    dispatched.refresh_from_db()
    assert (dispatched.lead, dispatched.state) == (needing, "dispatched")
    # It helped before and now leads: it has one part, not two.
    assert dispatched.assignments.exclude(state="moved").get().organisation == needing
    with pytest.raises(ActionRefused, match="不再退回"):
        object_to(assignment=lead_of(dispatched), reason="不归我们", by=receiver)


def test_an_objection_comes_before_its_period_ends(dispatched, lead_of, giver):
    assignment = lead_of(dispatched)
    assignment.sent_at = now() - timedelta(days=12)
    assignment.save()

    with pytest.raises(ActionRefused, match="异议期限已过"):
        object_to(assignment=assignment, reason="不归我们", by=giver)


def test_the_handler_does_not_decide_its_own_objection(dispatched, lead_of, giver):
    objection = object_to(assignment=lead_of(dispatched), reason="不归我们", by=giver)

    with pytest.raises(PermissionDenied):
        decide_objection(objection=objection, is_upheld=True, by=giver)


def test_the_leader_asks_another_member_to_help(handled, alliance, giver, receiver):
    with pytest.raises(PermissionDenied):
        ask_for_help(matter=handled, organisation=alliance.lead_b, by=receiver)

    ask_for_help(matter=handled, organisation=alliance.lead_b, by=giver)

    with pytest.raises(ActionRefused, match="已在承办"):
        ask_for_help(matter=handled, organisation=alliance.lead_b, by=giver)
