"""Somebody without an account can help with a need; it becomes an offer of the same loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from binglian.domain.accounts.models import Notification, User
from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.actions import (
    Help,
    decline_help,
    erase_due_help,
    offer_help,
    read_help_contact,
    take_up_help,
    withdraw_help,
)
from binglian.domain.coupling.help_queries import (
    commitment_for_help,
    help_by_token,
    help_visible_to,
    looks_at_help,
)
from binglian.domain.coupling.models import HelpApplication, Need, Offer
from binglian.domain.ledger.queries import records_of
from binglian.domain.refusals import ActionRefused

PHONE = "13912345678"


@pytest.fixture
def need(make_need: Callable[..., Need]) -> Need:
    return make_need(2, title="周末会场")


@pytest.fixture
def said() -> Help:
    return Help(
        applicant="拐角咖啡（示例）",
        gives="二楼可借",
        quantity=Decimal(3),
        text="每周六下午。",
        consent_text="同意",
        contact={"phone": PHONE, "name": "店长", "email": ""},
    )


@pytest.fixture
def received(need: Need, said: Help) -> HelpApplication:
    return offer_help(need=need, help_=said)[0]


def test_help_that_is_enough_becomes_an_offer_and_its_member_is_asked(
    received: HelpApplication, need: Need, giving: Organisation, secretariat: User
):
    asked = take_up_help(
        application=received, on_behalf=giving, title="咖啡店二楼（代为登记）", by=secretariat
    )

    received.refresh_from_db()
    offer, component = received.offer, need.components.get()
    assert offer
    assert (offer.organisation, offer.title, offer.quantity, offer.kind, offer.unit) == (
        giving,
        "咖啡店二楼（代为登记）",
        3,
        component.kind,
        component.unit,
    )
    assert asked
    assert (asked.state, asked.offer, asked.component, asked.quantity) == (
        "proposed",
        offer,
        component,
        2,
    )
    assert commitment_for_help(received) == asked


def test_help_that_is_too_little_waits_on_the_list(
    need: Need, said: Help, giving: Organisation, secretariat: User
):
    received, _secret = offer_help(need=need, help_=replace(said, quantity=Decimal(1)))

    asked = take_up_help(application=received, on_behalf=giving, title="", by=secretariat)

    offer = Offer.objects.get()
    assert (asked, offer.quantity, offer.title) == (None, 1, f"{received.number} 二楼可借")


def test_only_the_secretariat_takes_help_up(
    received: HelpApplication, giving: Organisation, giver: User, receiver: User
):
    for member in (giver, receiver):
        with pytest.raises(PermissionDenied):
            take_up_help(application=received, on_behalf=giving, title="", by=member)

    assert Offer.objects.count() == 0


def test_whoever_needs_it_cannot_stand_for_the_helper(
    received: HelpApplication, needing: Organisation, secretariat: User
):
    with pytest.raises(ActionRefused, match="不能替人提供"):
        take_up_help(application=received, on_behalf=needing, title="", by=secretariat)


def test_whoever_needs_it_sees_the_help_and_others_do_not(
    secretariat: User, receiver: User, giver: User, received: HelpApplication
):
    told = [
        list(help_visible_to(user, received.alliance)) for user in (secretariat, receiver, giver)
    ]

    assert told == [[received], [received], []]
    asked = Notification.objects.filter(key=f"help_application:{received.pk}")
    assert {one.user for one in asked} == {secretariat, receiver}


def test_what_a_machine_may_have_written_bothers_only_the_secretariat(
    need: Need, said: Help, secretariat: User
):
    received, _secret = offer_help(need=need, help_=said, doubts=["没有算题"])

    asked = Notification.objects.filter(key=f"help_application:{received.pk}")
    assert [one.user for one in asked] == [secretariat]
    assert received.doubts == "没有算题"


def test_a_look_at_the_contact_has_a_reason_and_leaves_a_trace(
    received: HelpApplication, receiver: User, giver: User
):
    with pytest.raises(ActionRefused, match="为什么"):
        read_help_contact(application=received, reason=" ", by=receiver)
    with pytest.raises(PermissionDenied):
        read_help_contact(application=received, reason="想联系", by=giver)

    contact = read_help_contact(application=received, reason="约时间看房", by=receiver)

    assert contact == {"phone": PHONE, "name": "店长"}
    assert [look.reason for look in looks_at_help(received)] == ["约时间看房"]


def test_a_refusal_tells_the_helper_why(received: HelpApplication, receiver: User):
    with pytest.raises(ActionRefused, match="原因"):
        decline_help(application=received, reason="", by=receiver)

    decline_help(application=received, reason="已有会场", by=receiver)

    received.refresh_from_db()
    assert (received.state, received.reason) == ("declined", "已有会场")
    with pytest.raises(ActionRefused, match="已经办理"):
        decline_help(application=received, reason="再说一次", by=receiver)


def test_whoever_holds_the_link_takes_it_back_and_everything_is_erased(need: Need, said: Help):
    received, secret = offer_help(need=need, help_=said)

    withdraw_help(application=received)

    found = help_by_token(secret)
    assert found
    assert (found.state, found.text, bytes(found.sealed)) == ("withdrawn", "", b"")


def test_the_clock_erases_contacts(received: HelpApplication, receiver: User):
    erased = [erase_due_help(today=localdate() + timedelta(days=days)) for days in (179, 180, 181)]

    assert erased == [0, 1, 0]
    with pytest.raises(ActionRefused, match="已删除"):
        read_help_contact(application=received, reason="约时间", by=receiver)


def test_the_ledger_remembers_no_name_and_no_number(received: HelpApplication, receiver: User):
    read_help_contact(application=received, reason="约时间", by=receiver)
    entries = records_of(received)

    assert [one.act for one in entries] == [
        "help_application.received",
        "help_application.contact_read",
    ]
    told = "".join(f"{one.change}{one.object_label}" for one in entries)
    assert [word in told for word in (PHONE, "店长", "拐角咖啡")] == [False, False, False]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"applicant": " "}, "店名"),
        ({"gives": ""}, "能帮什么"),
        ({"quantity": Decimal(0)}, "大于零"),
        ({"position": 7}, "选需求中的一项"),
        ({"contact": {"name": "店长"}}, "电话或邮箱"),
        ({"consent_text": ""}, "征得同意"),
    ],
)
def test_what_is_missing_is_said(need: Need, said: Help, change: dict, message: str):
    with pytest.raises(ActionRefused, match=message):
        offer_help(need=need, help_=replace(said, **change))


def test_a_need_that_is_met_is_offered_no_help(need: Need, said: Help):
    need.state = Need.State.CLOSED
    need.save()

    with pytest.raises(ActionRefused, match="已有着落"):
        offer_help(need=need, help_=said)


def test_a_need_that_was_rewritten_is_not_served_blindly(
    received: HelpApplication, need: Need, giving: Organisation, secretariat: User
):
    need.components.all().delete()

    with pytest.raises(ActionRefused, match="需求改过"):
        take_up_help(application=received, on_behalf=giving, title="", by=secretariat)
