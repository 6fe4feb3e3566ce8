"""I can help: from the public need to the desk, and back to the helper's secret link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import Commitment, Component, HelpApplication, Need

PHONE = "13912345678"
TYPED = {
    "applicant": "拐角咖啡（示例）",
    "gives": "二楼可借",
    "quantity": "1",
    "text": "每周六下午。",
    "phone": PHONE,
    "has_agreed": "on",
}


@pytest.fixture
def need(make_need: Callable[..., Need], alliance) -> Need:
    alliance.published = Published.values
    alliance.save()
    return make_need(1, title="周末会场")


def sent(need: Need, **changes: str):
    path = f"/p/historic/needs/{need.pk}/"
    client = Client()
    token = client.get(path).context["token"]
    return client.post(path, TYPED | {"token": token} | changes)


def test_whoever_can_help_says_so_without_an_account(need):
    answer = sent(need)
    followed = Client().get(answer["Location"])

    found = HelpApplication.objects.get()
    assert (found.need, found.gives, found.quantity, found.state) == (
        need,
        "二楼可借",
        1,
        "received",
    )
    assert followed.context["application"] == found
    assert PHONE not in followed.content.decode()


def test_without_a_way_to_answer_nothing_is_kept(need):
    answer = sent(need, phone="")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["phone"])
    assert HelpApplication.objects.count() == 0


def test_what_looks_like_a_machine_waits_for_a_person_with_the_signs(need):
    sent(need, website="https://example.org")

    # Written in a moment, without the work, and the field nobody sees is filled in.
    assert len(HelpApplication.objects.get().doubts.split("、")) == 3


def test_the_secretariat_makes_it_an_offer_of_a_member(need, giving, secretariat, client_of):
    sent(need)
    found = HelpApplication.objects.get()
    desk = client_of(secretariat)
    form = desk.get(f"/a/historic/help/{found.pk}/").context["take_up_form"]

    answer = desk.post(
        f"/a/historic/help/{found.pk}/take-up/",
        {"title": form.initial["title"], "on_behalf": giving.pk},
    )

    asked = Commitment.objects.get()
    assert answer["Location"] == f"/a/historic/commitments/{asked.pk}/"
    assert (asked.giver, asked.receiver, asked.offer.title) == (
        giving,
        need.organisation,
        f"{found.number} 二楼可借",
    )
    assert list(desk.get("/a/historic/help/").context["answered"]) == [found]


def test_whoever_needs_it_calls_and_says_no(need, receiver, client_of):
    link = sent(need)["Location"].removesuffix("?new=1")
    found = HelpApplication.objects.get()
    desk = client_of(receiver)
    told = desk.post(f"/a/historic/help/{found.pk}/contact/", {"reason": "约时间"})
    desk.post(f"/a/historic/help/{found.pk}/decline/", {"reason": "已有会场"})

    text = Client().get(link).content.decode()
    assert (PHONE in told.content.decode(), told["Cache-Control"]) == (True, "private, no-store")
    assert ("没有受理：已有会场" in text, "约时间" in text) == (True, True)


def test_a_member_that_neither_needs_it_nor_is_the_secretariat_sees_nothing(
    need, giver, receiver, client_of
):
    sent(need)
    found = HelpApplication.objects.get()
    counts = [
        client_of(user).get("/a/historic/needs/").context["help_waiting"]
        for user in (giver, receiver)
    ]

    assert client_of(giver).get(f"/a/historic/help/{found.pk}/").status_code == 404
    assert counts == [0, 1]


def test_the_helper_takes_it_back(need):
    link = sent(need)["Location"].removesuffix("?new=1")

    Client().post(f"{link}withdraw/")

    assert HelpApplication.objects.get().state == "withdrawn"
    assert "已撤回" in Client().get(link).content.decode()


def test_a_bundle_asks_which_part(need):
    Component.objects.create(need=need, position=1, kind="people", quantity=3, unit="人")

    answer = sent(need, position="1", quantity="2")

    found = HelpApplication.objects.get()
    assert answer.status_code == 302
    assert (found.position, found.quantity) == (1, 2)
    assert found.component == need.components.get(position=1)
