"""What one office cannot do: the whistle, more time, the parked list, the list of needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.matters.models import Matter, Whistle

from .matter_samples import DESK, done, handled_by, page, seated

SignIn = Callable[[User], Client]


@pytest.fixture
def handled(alliance: Alliance, giving: Organisation, giver: User, secretariat: User) -> Matter:
    return handled_by(giving, alliance, secretariat, giver)


@pytest.fixture
def street(alliance: Alliance) -> User:
    """The liaison officer of the sub-district, which is a lead body here, and may see all."""
    seated(alliance, "street-desk", Role.SECRETARIAT, None)
    return seated(alliance, "street", Role.LIAISON, alliance.lead_b)


@pytest.fixture
def street_leader(alliance: Alliance) -> User:
    return seated(alliance, "street-leader", Role.STREET_LEADER, alliance.lead_b)


@pytest.fixture
def of_the_street(handled: Matter, alliance: Alliance) -> Matter:
    """The matter lies in the sub-district."""
    handled.assignments.create(
        organisation=alliance.lead_b, part="help", state="accepted", sent_at=handled.reported_at
    )
    return handled


def test_a_whistle_is_drafted_signed_by_the_leader_answered_and_judged_by_both(
    client_of: SignIn,
    street: User,
    street_leader: User,
    receiver: User,
    of_the_street: Matter,
    needing: Organisation,
) -> None:
    matter = of_the_street
    drafted = {"kind": "residents", "reason": "管网权属不清", "meet_at": "院门口"}
    done(client_of(street), matter, "whistle", calls=[needing.pk], **drafted)
    leader = client_of(street_leader)
    assert "吹哨待签发" in page(leader, DESK)
    assert "管网权属不清" in page(leader, f"{DESK}{matter.pk}/")

    done(leader, matter, "sign", is_yes="yes")
    called = client_of(receiver)
    assert "吹哨，待到场报到" in page(called, DESK)
    done(called, matter, "arrive")
    done(called, matter, "result", text="已接通管网。")
    done(called, matter, "judge_whistler", verdict="good")
    answer = client_of(street).post(f"{DESK}{matter.pk}/judge_call/", {"verdict": "partly"})
    done(client_of(street), matter, "judge_call", verdict="partly", note="晚到半天")

    whistle = Whistle.objects.get()
    call = whistle.calls.get()
    assert answer.status_code == 422
    assert whistle.state == Whistle.State.ENDED
    assert (call.verdict, call.verdict_on_whistler) == ("partly", "good")
    assert "晚到半天" in page(called, f"{DESK}{matter.pk}/")


def test_whoever_drafted_a_whistle_is_not_offered_to_sign_it(
    client_of: SignIn, street: User, of_the_street: Matter, needing: Organisation
) -> None:
    drafted = {"kind": "residents", "reason": "权属不清", "meet_at": "院门口"}
    done(client_of(street), of_the_street, "whistle", calls=[needing.pk], **drafted)

    text = page(client_of(street), f"{DESK}{of_the_street.pk}/")
    answer = client_of(street).post(f"{DESK}{of_the_street.pk}/sign/", {"is_yes": "yes"})

    assert "/sign/" not in text
    assert answer.status_code == 403


def test_more_time_is_given_with_a_reason_that_is_shown(
    client_of: SignIn, giver: User, handled: Matter
) -> None:
    client = client_of(giver)

    after = done(client, handled, "extend", working_days=3, reason="等待材料到货")

    assert after.due_at > handled.due_at
    assert "等待材料到货" in page(client, f"{DESK}{handled.pk}/")


def test_a_stopped_clock_says_so(client_of: SignIn, giver: User, handled: Matter) -> None:
    client = client_of(giver)
    done(client, handled, "pause", reason="诉求人外出，周五回来")

    assert "暂停计时" in page(client, f"{DESK}list/")
    done(client, handled, "resume")
    assert "还剩 5 个工作日" in page(client, f"{DESK}list/")


def test_what_is_parked_is_listed_with_the_day_of_the_next_look(
    client_of: SignIn, giver: User, secretariat: User, handled: Matter
) -> None:
    day = today() + timedelta(days=30)
    done(client_of(giver), handled, "park", reason="等待管网改造", look_again_on=day)

    assert "等待管网改造" in page(client_of(secretariat), f"{DESK}parked/")


def test_what_no_member_can_do_alone_becomes_a_need_of_the_next_coupling(
    client_of: SignIn, giver: User, handled: Matter, giving: Organisation
) -> None:
    typed: dict[str, Any] = {"title": "院落排水改造设备", "kind": "equipment", "quantity": "2"}
    typed |= {"unit": "台", "priority": "urgent", "deadline": today() + timedelta(days=20)}

    after = done(client_of(giver), handled, "need", **typed)

    assert after.need.organisation == giving
    assert after.need.title == "院落排水改造设备"
    assert after.need.components.get().kind == "equipment"


def test_a_rate_leaves_a_matter_out_only_when_a_second_person_agrees(
    client_of: SignIn, giver: User, secretariat: User, alliance: Alliance, handled: Matter
) -> None:
    second = seated(alliance, "reviewer", Role.REVIEWER, None)
    done(client_of(giver), handled, "reply", outcome="explained", public_text="已说明。")
    done(client_of(secretariat), handled, "exclude", rate="solved", reason="涉及历史遗留问题")

    own = client_of(secretariat).post(f"{DESK}{handled.pk}/confirm_exclusion/")
    done(client_of(second), handled, "confirm_exclusion")

    assert own.status_code == 409
    assert handled.exclusions.get().confirmed_by == second
