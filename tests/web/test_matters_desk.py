"""The desk of residents' matters, page by page, as the people at it use it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.actions import (
    accept_assignment,
    add_to_matter,
    dispatch_matter,
    join_matter,
)
from binglian.domain.matters.models import Category, ContactLook, Matter, Reply

from .matter_samples import DESK, PHONE, done, drains_led_by, page, reported, seated

SignIn = Callable[[User], Client]


@pytest.fixture
def drains(alliance: Alliance, giving: Organisation) -> Category:
    return drains_led_by(giving, alliance)


@pytest.fixture
def matter(alliance: Alliance, drains: Category) -> Matter:
    return reported(alliance)


@pytest.fixture
def dispatched(matter: Matter, drains: Category, secretariat: User) -> Matter:
    return dispatch_matter(matter=matter, category=drains, by=secretariat)


@pytest.fixture
def handled(dispatched: Matter, giver: User) -> Matter:
    accept_assignment(assignment=dispatched.assignments.get(), by=giver)
    return Matter.objects.get(pk=dispatched.pk)


@pytest.fixture
def reviewer(alliance: Alliance) -> User:
    return seated(alliance, "reviewer", Role.REVIEWER, None)


def test_the_secretariat_sees_the_proposal_with_its_words_and_dispatches_at_once(
    client_of: SignIn, secretariat: User, matter: Matter, drains: Category, giving: Organisation
) -> None:
    client = client_of(secretariat)

    queue = page(client, DESK)
    after = done(client, matter, "dispatch", category=drains.pk, back="desk")

    assert re.findall(r"建议：(\S+?)（", queue) == ["排水"]
    assert str(giving) in queue
    assert all(word in queue for word in matter.proposed_because)
    assert (after.state, after.lead) == (Matter.State.DISPATCHED, giving)
    assert "现在没有等您办的诉求" in page(client, DESK)


def test_a_diversion_tells_the_usual_words_unless_others_are_written(
    client_of: SignIn, secretariat: User, matter: Matter
) -> None:
    after = done(client_of(secretariat), matter, "divert", diversion="emergency")

    assert after.state == Matter.State.DIVERTED
    assert "119" in after.events.get(what="diverted").facts["note"]


def test_an_officer_sees_what_waits_and_accepts_it_from_the_list(
    client_of: SignIn, giver: User, dispatched: Matter
) -> None:
    client = client_of(giver)

    queue = page(client, DESK)
    after = done(client, dispatched, "accept", back="desk")

    assert "待签收" in queue
    assert "还剩 5 个工作日" in queue
    assert after.state == Matter.State.HANDLING


def test_an_objection_goes_to_the_review_desk_and_comes_back_for_good(
    client_of: SignIn,
    giver: User,
    reviewer: User,
    dispatched: Matter,
    alliance: Alliance,
    needing: Organisation,
) -> None:
    done(client_of(giver), dispatched, "object", reason="这是社区管的院落", suggested=needing.pk)
    desk = client_of(reviewer)

    before = page(desk, f"{DESK}{dispatched.pk}/")
    after = done(desk, dispatched, "decide", is_upheld="yes", lead=needing.pk)

    assert "这是社区管的院落" in before
    assert after.lead == needing
    assert after.assignments.get(organisation=needing).is_final


def test_an_objection_is_refused_only_with_a_reason(
    client_of: SignIn, giver: User, reviewer: User, dispatched: Matter
) -> None:
    done(client_of(giver), dispatched, "object", reason="不是我们的")

    answer = client_of(reviewer).post(f"{DESK}{dispatched.pk}/decide/", {"is_upheld": "no"})

    assert answer.status_code == 422
    assert "请写明理由，承办单位会看到。" in answer.content.decode()


def test_the_neighbour_of_the_leader_sees_nothing(
    client_of: SignIn, receiver: User, dispatched: Matter
) -> None:
    client = client_of(receiver)

    assert client.get(f"{DESK}{dispatched.pk}/").status_code == 404
    assert dispatched.number not in page(client, f"{DESK}list/")


def test_a_telephone_number_is_shown_once_for_a_reason_and_noted(
    client_of: SignIn, giver: User, handled: Matter
) -> None:
    client = client_of(giver)
    address = f"{DESK}{handled.pk}/contact/"

    before = page(client, f"{DESK}{handled.pk}/")
    without = client.post(address, {"reason": " "}).content.decode()
    shown = client.post(address, {"reason": "约时间上门"}).content.decode()
    afterwards = page(client, f"{DESK}{handled.pk}/")

    assert [PHONE in text for text in (before, without, shown, afterwards)] == [
        False,
        False,
        True,
        False,
    ]
    assert ContactLook.objects.get().reason == "约时间上门"


def test_what_can_be_done_stands_on_the_page_of_who_may_do_it(
    client_of: SignIn, giver: User, secretariat: User, viewer: User, handled: Matter
) -> None:
    def acts(user: User) -> set[str]:
        text = page(client_of(user), f"{DESK}{handled.pk}/")
        return set(re.findall(rf'action="{DESK}{handled.pk}/(\w+)/"', text)) - {"contact"}

    assert "reply" in acts(giver)
    assert "publish" not in acts(giver)
    assert "publish" in acts(secretariat)
    assert "reply" not in acts(secretariat)
    assert client_of(viewer).get(f"{DESK}{handled.pk}/").status_code == 404


def test_a_part_of_the_answer_is_for_the_reporter_alone(
    client_of: SignIn, giver: User, handled: Matter
) -> None:
    done(
        client_of(giver),
        handled,
        "reply",
        outcome="solved",
        public_text="已疏通下水道。",
        private_text="门锁已换。",
    )

    written = Reply.objects.get()
    assert (written.public_text, written.private_text) == ("已疏通下水道。", "门锁已换。")


def test_a_revisit_without_reaching_anybody_may_be_tried_again(
    client_of: SignIn, giver: User, reviewer: User, handled: Matter
) -> None:
    typed = {"outcome": "solved", "public_text": "已疏通。"}
    done(client_of(giver), handled, "reply", **typed)
    desk = client_of(reviewer)

    tried = done(desk, handled, "revisit", is_reached="no")
    half = desk.post(f"{DESK}{handled.pk}/revisit/", {"is_reached": "yes", "solved": "yes"})
    after = done(desk, handled, "revisit", is_reached="yes", solved="yes", content="basically")

    assert tried.state == Matter.State.REPLIED
    assert half.status_code == 422
    assert after.state == Matter.State.CLOSED


def test_the_list_is_narrowed_by_state_category_organisation_and_words(
    client_of: SignIn, secretariat: User, dispatched: Matter, alliance: Alliance, drains: Category
) -> None:
    other = reported(alliance, "路灯不亮，晚上看不见。")
    client = client_of(secretariat)

    def numbers(query: str) -> set[str]:
        text = page(client, f"{DESK}list/?{query}")
        return {one.number for one in (dispatched, other) if one.number in text}

    assert numbers("state=open") == {dispatched.number, other.number}
    assert numbers("state=received") == {other.number}
    assert numbers(f"category={drains.pk}") == {dispatched.number}
    assert numbers(f"organisation={dispatched.lead_id}") == {dispatched.number}
    assert numbers("q=路灯") == {other.number}
    assert numbers(f"q={dispatched.number}") == {dispatched.number}
    assert numbers("overdue=on") == set()


def test_the_export_holds_what_the_list_shows_and_runs_no_formula(
    client_of: SignIn, secretariat: User, alliance: Alliance, matter: Matter
) -> None:
    reported(alliance, '=HYPERLINK("http://example.org")')

    text = client_of(secretariat).get(f"{DESK}export/?format=csv").content.decode("utf-8-sig")

    assert text.count(matter.number) == 1
    assert PHONE not in text
    assert '"=HYPERLINK' not in text


def test_markup_in_a_report_stays_text(
    client_of: SignIn, secretariat: User, alliance: Alliance
) -> None:
    found = reported(alliance, "<script>alert(1)</script> 积水")

    for path in (DESK, f"{DESK}list/", f"{DESK}{found.pk}/"):
        assert "<script>alert" not in page(client_of(secretariat), path)


def test_what_others_told_stands_on_the_page_they_were_joined_to(
    client_of: SignIn, giver: User, secretariat: User, handled: Matter, alliance: Alliance
) -> None:
    joined = reported(alliance, "我家门口也积水")
    join_matter(matter=joined, to=handled, by=secretariat)
    add_to_matter(matter=joined, text="今天又漫到台阶")

    shown = page(client_of(giver), f"{DESK}{handled.pk}/")

    assert [text in shown for text in (joined.number, "我家门口也积水", "今天又漫到台阶")] == [
        True
    ] * 3
    assert page(client_of(giver), f"{DESK}{joined.pk}/")
