"""What no single office can solve becomes a need and comes back."""

from decimal import Decimal

import pytest

from binglian.domain.coupling.actions import withdraw_row
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.matters.actions import become_need, bring_back, resume
from binglian.domain.matters.queries import awaited_matters
from binglian.domain.refusals import ActionRefused

PUMP = [ComponentFacts(kind="equipment", quantity=Decimal(1), unit="台")]


@pytest.fixture
def need(handled, giver, alliance):
    kind = alliance.kind_words()[0].code
    components = [ComponentFacts(kind=kind, quantity=Decimal(1), unit="台")]
    return become_need(matter=handled, by=giver, components=components, title="排水泵一台")


def test_it_goes_on_the_list_as_the_leaders_need_and_the_clock_stands_still(
    handled, need, giving, giver
):
    handled.refresh_from_db()

    assert (need.organisation, handled.need, handled.state) == (giving, need, "handling")
    assert handled.pauses.filter(until_at=None).exists()
    assert list(awaited_matters(giver)) == []  # nothing to do until the list has answered
    with pytest.raises(ActionRefused, match="自动恢复计时"):
        resume(matter=handled, by=giver)
    with pytest.raises(ActionRefused, match="已在清单上"):
        become_need(matter=handled, by=giver, components=PUMP, title="又一台")


def test_solved_by_others_it_comes_back_to_be_answered(handled, need, giver):
    assert bring_back() == 0
    need.state = need.State.CLOSED
    need.save()

    assert (bring_back(), bring_back()) == (1, 0)

    assert handled.events.last().what == "need_met"
    assert list(awaited_matters(giver)) == [handled]
    assert [n for n in giver.notifications.all() if "已由联盟成员解决" in n.text_zh]


def test_withdrawn_it_comes_back_to_be_handled_on(handled, need, giver):
    withdraw_row(row=need, by=giver)

    assert bring_back() == 1
    assert handled.events.last().what == "need_dropped"
