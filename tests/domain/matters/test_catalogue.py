"""Categories and who answers for them are the alliance's own."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import (
    remove_responsibility,
    save_category,
    save_responsibility,
)
from binglian.domain.matters.queries import responsibility_for
from binglian.domain.refusals import ActionRefused


def test_the_secretariat_keeps_the_catalogue(alliance, secretariat, giver, giving, needing):
    with pytest.raises(PermissionDenied):
        save_category(alliance=alliance, code="light", name_zh="路灯", by=giver)
    light = save_category(alliance=alliance, code="light", name_zh="路灯", by=secretariat)

    first = save_responsibility(
        category=light,
        area=None,
        organisation=giving,
        co_handlers=[needing],
        period=3,
        by=secretariat,
    )
    again = save_responsibility(
        category=light, area=None, organisation=needing, period=24, clock="hours", by=secretariat
    )

    assert (first.pk, again.organisation, list(again.co_handlers.all())) == (again.pk, needing, [])
    acts = list(LedgerEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["category.entered", "responsibility.entered", "responsibility.changed"]

    remove_responsibility(responsibility=again, by=secretariat)

    assert responsibility_for(light, None) is None


def test_saving_the_same_again_notes_nothing(alliance, secretariat, drains):
    save_category(alliance=alliance, code="drains", name_zh="排水", by=secretariat)

    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"period": 0}, "大于零"), ({"clock": "moons"}, "请选择计时方式")],
)
def test_a_period_has_a_length_and_a_clock(drains, giving, secretariat, facts, words):
    with pytest.raises(ActionRefused, match=words):
        save_responsibility(
            category=drains, area=None, organisation=giving, by=secretariat, **facts
        )


def test_only_members_answer_for_anything(drains, secretariat, stranger):
    with pytest.raises(ActionRefused, match="不是本联盟成员"):
        save_responsibility(
            category=drains, area=None, organisation=stranger, period=5, by=secretariat
        )


@pytest.fixture
def stranger(giving):
    return type(giving).objects.create(name="外单位")
