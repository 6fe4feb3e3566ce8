"""Asking on the public page, and answering at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.models import InformationRequest

ASK, DESK = "/p/historic/ask/", "/a/historic/requests/"
PHONE = "13900001234"


@pytest.fixture
def asked(alliance: Alliance, client: Client) -> InformationRequest:
    client.post(ASK, {"text": "修缮花了多少钱？", "phone": PHONE, "has_agreed": "on"})
    return alliance.information_requests.get()


@pytest.fixture
def desk(secretariat: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(secretariat)


def test_whoever_asks_gets_a_link_on_which_the_answer_will_stand(
    client: Client, alliance: Alliance, desk: Client
):
    sent = client.post(ASK, {"text": "修缮花了多少钱？"})
    kept = client.get(sent["Location"])
    request = alliance.information_requests.get()
    desk.post(f"{DESK}{request.pk}/answer/", {"outcome": "private", "answer": "共 120 万元。"})

    assert (sent.status_code, kept["Cache-Control"]) == (302, "private, no-store")
    assert "请保存下面的链接" in kept.content.decode()
    followed = client.get(sent["Location"].removesuffix("?new=1")).content.decode()
    assert "共 120 万元。" in followed
    assert "共 120 万元。" not in client.get(ASK).content.decode()


def test_without_scripts_a_request_waits_for_somebody_to_look(
    asked: InformationRequest, desk: Client
):
    assert asked.doubts != ""
    assert "疑似机器填写" in desk.get(DESK).content.decode()


def test_a_contact_without_consent_is_asked_for_it(client: Client, alliance: Alliance):
    response = client.post(ASK, {"text": "修缮花了多少钱？", "phone": PHONE})

    assert (response.status_code, alliance.information_requests.count()) == (422, 0)
    assert "留联系方式须先同意" in response.content.decode()


def test_what_looks_personal_goes_out_only_when_the_desk_says_so(
    asked: InformationRequest, desk: Client, client: Client
):
    typed = {"outcome": "public", "public_text": "修缮费用", "answer": "请找王师傅看账。"}
    marked = desk.post(f"{DESK}{asked.pk}/answer/", typed)
    page = marked.content.decode()

    assert marked.status_code == 422
    assert "<mark>王师傅</mark>" in page
    assert desk.post(f"{DESK}{asked.pk}/answer/", typed | {"is_checked": "on"}).status_code == 302
    assert "修缮费用" in client.get(ASK).content.decode()


def test_a_telephone_number_in_the_answer_is_never_public(asked: InformationRequest, desk: Client):
    typed = {
        "outcome": "public",
        "public_text": "费用",
        "answer": f"请打 {PHONE}",
        "is_checked": "on",
    }
    response = desk.post(f"{DESK}{asked.pk}/answer/", typed | {"is_checked": "on"})

    asked.refresh_from_db()
    assert (response.status_code, asked.state) == (422, "waiting")


def test_a_refusal_without_ground_is_sent_back(asked: InformationRequest, desk: Client):
    typed = {"outcome": "refused", "answer": "不公开。"}
    without = desk.post(f"{DESK}{asked.pk}/answer/", typed)
    done = desk.post(f"{DESK}{asked.pk}/answer/", typed | {"ground": "internal"})

    asked.refresh_from_db()
    assert (without.status_code, done.status_code) == (422, 302)
    assert (asked.state, asked.ground) == ("refused", "internal")


def test_extending_shows_asker_and_desk_the_reason(
    asked: InformationRequest, desk: Client, client: Client
):
    desk.post(f"{DESK}{asked.pk}/extend/", {"reason": "要问产权单位"})

    assert "要问产权单位" in desk.get(f"{DESK}{asked.pk}/").content.decode()


def test_reading_the_contact_says_why(asked: InformationRequest, desk: Client):
    shown = desk.post(f"{DESK}{asked.pk}/contact/", {"reason": "问清年份"})

    assert PHONE in shown.content.decode()
    assert PHONE not in desk.get(f"{DESK}{asked.pk}/").content.decode()
    assert "问清年份" in desk.get(f"{DESK}{asked.pk}/").content.decode()


def test_taking_it_back_needs_nothing_but_the_link(client: Client, alliance: Alliance):
    sent = client.post(ASK, {"text": "修缮花了多少钱？"})
    link = sent["Location"].removesuffix("?new=1")
    done = client.post(f"{link}withdraw/")

    assert done.status_code == 302
    assert alliance.information_requests.get().text == ""


def test_members_without_the_desk_see_no_request(
    asked: InformationRequest, giver: User, client_of: Callable[[User], Client]
):
    assert client_of(giver).get(DESK).status_code == 403
    assert client_of(giver).get(f"{DESK}{asked.pk}/").status_code == 403
