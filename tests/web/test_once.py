"""A form sent twice is acted upon once; the second is answered like the first."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.models import Offer
from binglian.domain.ledger.models import KeptAnswer, LedgerEntry
from binglian.domain.ledger.once.actions import forget_old_answers

NEW_OFFER = "/a/historic/offers/new/"
Fill = Callable[..., dict[str, str]]


@pytest.fixture
def desk(giver: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(giver)


@pytest.fixture
def fill(desk: Client, giving: Organisation) -> Fill:
    """A form just opened, filled in."""

    def fill(**facts: str) -> dict[str, str]:
        opened = desk.get(NEW_OFFER)
        filled = {"organisation": str(giving.pk), "title": "会议室", "kind": "venue"}
        filled |= {"quantity": "3", "unit": "间", "once": key_in(opened)}
        return filled | facts

    return fill


def key_in(page: Any) -> str:
    """The key of the form in the middle of a page, not of those in its frame."""
    main = page.content.decode().split("<main", 1)[1]
    return re.findall(r'name="once" value="([-\w]+)"', main)[0]


def test_a_form_sent_twice_is_acted_upon_once(desk: Client, fill: Fill) -> None:
    filled = fill()

    first, again = desk.post(NEW_OFFER, filled), desk.post(NEW_OFFER, filled)

    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]
    assert Offer.objects.count() == 1
    assert "没有重复登记" in desk.get(first["Location"]).content.decode()


def test_every_form_of_a_page_has_a_key_of_its_own(desk: Client) -> None:
    keys = re.findall(r'name="once" value="([-\w]+)"', desk.get(NEW_OFFER).content.decode())

    assert len(keys) > 1
    assert len(set(keys)) == len(keys)


def test_a_form_opened_anew_is_another_filing(desk: Client, fill: Fill) -> None:
    for _ in range(2):
        desk.post(NEW_OFFER, fill())

    assert Offer.objects.count() == 2


def test_what_was_wrong_may_be_mended_under_the_same_key(desk: Client, fill: Fill) -> None:
    filled = fill(quantity="-1")

    assert desk.post(NEW_OFFER, filled).status_code == 422
    assert desk.post(NEW_OFFER, filled | {"quantity": "3"}).status_code == 302
    assert Offer.objects.count() == 1


def test_a_page_gone_back_to_and_changed_is_saved_each_time(
    desk: Client, fill: Fill, make_offer: Callable[..., Offer]
) -> None:
    """There and back again: the third is like the first, and must not be taken for it."""
    offer = make_offer()
    filled = fill()

    for title in ("会议室", "大会议室", "会议室"):
        desk.post(f"/a/historic/offers/{offer.pk}/edit/", filled | {"title": title})

    assert Offer.objects.get().title == "会议室"
    assert [
        LedgerEntry.objects.filter(act="offer.changed").count(),
        KeptAnswer.objects.count(),
    ] == [3, 1]


def test_somebody_else_with_the_same_key_is_somebody_else(
    desk: Client, fill: Fill, secretariat: User, client_of: Callable[[User], Client]
) -> None:
    filled = fill()

    desk.post(NEW_OFFER, filled)
    client_of(secretariat).post(NEW_OFFER, filled)

    assert Offer.objects.count() == 2


def test_the_key_is_written_down_with_the_act_or_not_at_all(desk: Client, fill: Fill) -> None:
    filled = fill()

    with transaction.atomic():
        desk.post(NEW_OFFER, filled)
        transaction.set_rollback(True)

    assert KeptAnswer.objects.count() == 0
    desk.post(NEW_OFFER, filled)
    assert (Offer.objects.count(), KeptAnswer.objects.count()) == (1, 1)


def test_whose_answer_was_lost_on_the_way_is_told_what_was_done(
    desk: Client, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("binglian.web.once._PATIENCE", 0.0)
    filled = fill()
    desk.post(NEW_OFFER, filled)
    KeptAnswer.objects.update(sealed=b"")  # as after a crash between act and answer

    again = desk.post(NEW_OFFER, filled)
    script = desk.post(NEW_OFFER, filled, headers={"accept": "application/json"})

    offer = Offer.objects.get()
    assert f"“{offer}”刚才已经收到，没有重复登记。" in again.content.decode()
    assert script.json()["number"] == str(offer)


def test_the_kept_answer_cannot_be_read_in_the_database(desk: Client, fill: Fill) -> None:
    filled = fill()
    where = desk.post(NEW_OFFER, filled)["Location"]

    row = KeptAnswer.objects.get()

    assert where.encode() not in bytes(row.sealed)
    assert filled["once"] not in {row.asked, row.request, row.attempt}


def test_answers_are_forgotten_in_the_end(desk: Client, fill: Fill) -> None:
    desk.post(NEW_OFFER, fill())

    forgotten = {}
    for is_programs, days in ((False, 89), (False, 91), (True, 29), (True, 31)):
        with transaction.atomic():
            age = timedelta(days=days)
            KeptAnswer.objects.update(kept_at=now() - age, is_programs=is_programs)
            forgotten[is_programs, days] = forget_old_answers()
            transaction.set_rollback(True)

    assert forgotten == {(False, 89): 0, (False, 91): 1, (True, 29): 0, (True, 31): 1}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_offer(giver: User, fill: Fill) -> None:
    filled = fill()

    def click(_number: int) -> Any:
        client = Client()
        client.force_login(giver)
        try:
            return client.post(NEW_OFFER, filled)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(click, range(4)))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Offer.objects.count() == 1
