"""What an alliance sets of how its matters are handled."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import change_matter_rules, draft_whistle, object_to
from binglian.domain.matters.models import Assignment, MatterRules
from binglian.domain.matters.models.rules import usual_whistles
from binglian.domain.matters.queries import (
    matter_rules_of,
    proposed_leads,
    suggest_category,
)
from binglian.domain.refusals import ActionRefused

from .conftest import CONTACT


def _times(**facts):
    return {"hours": 1, "period": 1, "clock": "hours"} | facts


@pytest.fixture
def change(alliance, secretariat):
    return lambda **facts: change_matter_rules(alliance=alliance, by=secretariat, **facts)


def test_an_alliance_that_set_nothing_has_the_usual_rules(alliance):
    rules = matter_rules_of(alliance)

    assert (rules.pk, rules.objection_days, rules.sure_from, rules.kept_days) == (None, 1, 0.6, 180)


def test_a_change_is_recorded_with_what_was_before(change, alliance):
    change(objection_days=3, kept_days=180)

    assert matter_rules_of(alliance).objection_days == 3
    entry = LedgerEntry.objects.get(act="matter_rules.changed")
    assert entry.change == '{"objection_days":[1,3]}'


def test_a_longer_term_lets_the_first_receiver_object_later(change, dispatched, lead_of, giver):
    assignment = lead_of(dispatched)
    late = assignment.sent_at - timedelta(days=4)
    Assignment.objects.filter(pk=assignment.pk).update(sent_at=late)
    with pytest.raises(ActionRefused, match="异议期限已过"):
        object_to(assignment=assignment, reason="不属于我们", by=giver)

    change(objection_days=5)

    assert object_to(assignment=assignment, reason="不属于我们", by=giver).pk is not None


def test_the_threshold_says_when_a_person_is_asked(change, alliance, report, drains, giving):
    matter = report("下水道堵塞", category=None)
    assert suggest_category(alliance, matter.text).is_sure
    assert proposed_leads(alliance, [matter]) == {matter.pk: giving}

    change(sure_percent=100)

    assert not suggest_category(alliance, matter.text).is_sure
    assert proposed_leads(alliance, [matter]) == {}


def test_contacts_left_from_now_on_are_kept_so_long(change, report):
    before = report(contact=CONTACT)

    change(kept_days=30)

    after = report(contact=CONTACT)
    kept = [matter.contact.erase_on - localdate() for matter in (before, after)]
    assert kept == [timedelta(days=180), timedelta(days=30)]


def test_a_whistle_runs_by_the_alliances_own_times(change, alliance, handled, street, giving):
    times = matter_rules_of(alliance).whistles
    change(whistles=times | {"emergency": {"hours": 3, "period": 10, "clock": "hours"}})

    whistle = draft_whistle(
        matter=handled,
        organisation=alliance.lead_b,
        kind="emergency",
        reason="墙体开裂",
        meet_at="院门口",
        calls=[giving],
        by=street,
    )

    call = whistle.calls.get()
    assert call.result_due_at - call.arrive_by == timedelta(hours=7)


@pytest.mark.parametrize(
    "facts",
    [
        {"objection_days": 0},
        {"objection_days": 11},
        {"sure_percent": 101},
        {"kept_days": 29},
        {"whistles": {}},
        {"whistles": usual_whistles() | {"emergency": _times(hours=0)}},
        {"whistles": usual_whistles() | {"emergency": _times(clock="moons")}},
    ],
)
def test_a_rule_out_of_its_range_is_refused(change, alliance, facts):
    with pytest.raises(ActionRefused):
        change(**facts)

    assert matter_rules_of(alliance).pk is None


def test_the_database_keeps_the_ranges_too(alliance):
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterRules.objects.create(alliance=alliance, kept_days=5)


def test_only_who_keeps_the_catalogue_sets_the_rules(alliance, giver):
    with pytest.raises(PermissionDenied):
        change_matter_rules(alliance=alliance, by=giver, objection_days=2)
