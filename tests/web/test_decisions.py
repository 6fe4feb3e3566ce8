"""What both leads are asked, and how they answer."""

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.domain.governance.reserved import Change


@pytest.fixture
def newcomer(alliance: Alliance) -> Membership:
    organisation = Organisation.objects.create(name="花店（示例）")
    return Membership.objects.create(
        alliance=alliance, organisation=organisation, category="two_new"
    )


@pytest.fixture
def decision(alliance: Alliance, newcomer: Membership, secretariat: User) -> Decision:
    return ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[newcomer.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )


def page(decision: Decision) -> str:
    return f"/a/historic/decisions/{decision.pk}/"


def test_the_page_says_what_is_asked_and_who_has_answered(
    decision: Decision, lead_a: User, viewer: User, client_of: Callable[[User], Client]
) -> None:
    client_of(lead_a).post(page(decision), {"lead": "a", "answer": "yes", "note": "欢迎"})

    shown = client_of(viewer).get(page(decision))

    assert shown.context["one"].changes == [Change("花店（示例）", "待批准", "成员 · 两新组织")]
    first, second = (answer for _lead, _body, answer in shown.context["one"].answers)
    assert (first.is_yes, first.note, second) == (True, "欢迎", None)
    assert shown.context["object_path"] == "members/"


def test_it_takes_effect_when_both_have_agreed(
    decision: Decision,
    newcomer: Membership,
    lead_a: User,
    lead_b: User,
    client_of: Callable[[User], Client],
) -> None:
    first = client_of(lead_a).post(page(decision), {"lead": "a", "answer": "yes"}, follow=True)
    second = client_of(lead_b).post(page(decision), {"lead": "b", "answer": "yes"}, follow=True)

    newcomer.refresh_from_db()
    assert "等另一个牵头单位答复" in first.content.decode()
    assert "决定已生效" in second.content.decode()
    assert newcomer.state == Membership.State.ADMITTED


def test_a_refusal_needs_a_reason(
    decision: Decision, lead_a: User, client_of: Callable[[User], Client]
) -> None:
    silent = client_of(lead_a).post(page(decision), {"lead": "a", "answer": "no"})
    client_of(lead_a).post(page(decision), {"lead": "a", "answer": "no", "note": "材料不全"})

    decision.refresh_from_db()
    assert silent.status_code == 422
    assert set(silent.context["form"].errors) == {"note"}
    assert decision.state == Decision.State.REFUSED


def test_one_lead_does_not_answer_for_the_other(
    decision: Decision, lead_a: User, client_of: Callable[[User], Client]
) -> None:
    response = client_of(lead_a).post(page(decision), {"lead": "b", "answer": "yes"})

    assert response.status_code == 403


def test_only_whoever_may_answer_sees_the_buttons(
    decision: Decision, lead_a: User, secretariat: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(lead_a).get(page(decision)).context["one"].lead == "a"
    assert client_of(secretariat).get(page(decision)).context["one"].lead is None


def test_what_changed_after_it_was_asked_is_asked_anew(
    decision: Decision, newcomer: Membership, lead_a: User, client_of: Callable[[User], Client]
) -> None:
    newcomer.category = "other"
    newcomer.save()

    response = client_of(lead_a).post(page(decision), {"lead": "a", "answer": "yes"})

    decision.refresh_from_db()
    assert (response.status_code, decision.state) == (409, Decision.State.LAPSED)


def test_the_list_shows_every_decision_with_both_answers(
    decision: Decision, viewer: User, client_of: Callable[[User], Client]
) -> None:
    (row,) = client_of(viewer).get("/a/historic/decisions/").context["rows"]

    assert row.decision == decision
    assert row.subject == str(Membership.objects.get(pk=decision.object_ids[0]).organisation)
    assert [(lead.value, answer) for lead, _body, answer in row.answers] == [
        ("a", None),
        ("b", None),
    ]
