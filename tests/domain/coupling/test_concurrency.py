"""Two hundred people press «accept» at the same moment: never more given than there is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.urls import reverse

from binglian.domain.coupling.actions import save_offer
from binglian.domain.coupling.models import Commitment
from binglian.domain.coupling.queries import quantity_left
from binglian.domain.ledger.verifying import verify_chain

PEOPLE = 200


@pytest.mark.django_db(transaction=True)
def test_two_hundred_acceptances_of_one_scarce_offer(propose, make_offer, giver, client_of):
    offer = make_offer(quantity=30)
    commitments = [propose(quantity=1, offer=offer) for _ in range(PEOPLE)]
    clients = [client_of(giver) for _ in range(PEOPLE)]
    start = Barrier(PEOPLE)

    def press(person: int) -> int:
        start.wait()
        try:
            address = reverse("coupling:accept", args=["historic", commitments[person].pk])
            return clients[person].post(address).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = list(pool.map(press, range(PEOPLE)))

    assert {status: answers.count(status) for status in set(answers)} == {302: 30, 409: 170}
    assert Commitment.objects.filter(state="accepted").count() == 30
    assert quantity_left(offer) == 0
    assert verify_chain("historic").is_sound


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows")
def test_whoever_only_points_to_an_alliance_does_not_wait_for_numbers(alliance, giving, giver):
    """Else two wait for each other: one holds the alliance, the other its chain at its end."""
    facts = {"title": "会议室", "kind": "venue", "quantity": 1, "unit": "间"}

    def points_to_it() -> tuple[int]:
        try:
            with connection.cursor() as cursor:
                wanted = "SELECT id FROM alliance_alliance WHERE id = %s FOR KEY SHARE NOWAIT"
                cursor.execute(wanted, [alliance.pk])
                return cursor.fetchone()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        save_offer(alliance=alliance, organisation=giving, by=giver, **facts)
        assert pool.submit(points_to_it).result() == (alliance.pk,)
