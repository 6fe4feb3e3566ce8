"""One organisation's page, its facts, and the handover of its seat."""

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.coupling.models import Commitment
from binglian.domain.ledger.models import LedgerEntry


@pytest.fixture
def page(giving: Organisation) -> str:
    return f"/a/historic/organisations/{giving.pk}/"


def test_the_page_shows_what_it_gives_and_promised_and_who_speaks_for_it(
    viewer: User,
    giver: User,
    page: str,
    propose: Callable[..., Commitment],
    client_of: Callable[[User], Client],
) -> None:
    commitment = propose()
    shown = client_of(viewer).get(page).context

    assert list(shown["offers"]) == [commitment.offer]
    assert (shown["given"], shown["received"]) == ([commitment], [])
    assert list(shown["officers"]) == [giver]


def test_its_own_officer_corrects_the_facts_and_the_ledger_keeps_what_was(
    giver: User, giving: Organisation, page: str, client_of: Callable[[User], Client]
) -> None:
    facts = {"name": giving.name, "kind": "state_firm", "desk": "0532-0000", "longitude": "120.3"}

    response = client_of(giver).post(page + "edit/", facts)

    giving.refresh_from_db()
    assert response.status_code == 302
    assert (giving.desk, giving.longitude) == ("0532-0000", 120.3)
    assert '"desk":["","0532-0000"]' in LedgerEntry.objects.get(act="organisation.changed").change


def test_a_neighbours_officer_does_not(
    receiver: User, page: str, client_of: Callable[[User], Client]
) -> None:
    assert client_of(receiver).post(page + "edit/", {"name": "别名"}).status_code == 403


def test_a_name_that_is_taken_is_said_beside_the_field(
    giver: User, needing: Organisation, page: str, client_of: Callable[[User], Client]
) -> None:
    response = client_of(giver).post(page + "edit/", {"name": needing.name, "kind": "other"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name"}


def test_the_seat_goes_over_in_one_step(
    alliance: Alliance,
    giver: User,
    outsider: User,
    giving: Organisation,
    page: str,
    client_of: Callable[[User], Client],
) -> None:
    people = {"leaving": giver.pk, "taking_over": "outsider@example.org"}

    response = client_of(giver).post(page + "handover/", people)

    assert response["Location"] == "/"
    assert list(liaison_officers(alliance, giving)) == [outsider]


def test_an_unknown_successor_is_said_beside_the_field(
    giver: User, page: str, client_of: Callable[[User], Client]
) -> None:
    people = {"leaving": giver.pk, "taking_over": "nobody"}

    response = client_of(giver).post(page + "handover/", people)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"taking_over"}


def test_an_organisation_of_another_alliance_is_not_to_be_seen(
    viewer: User, client_of: Callable[[User], Client]
) -> None:
    stranger = Organisation.objects.create(name="外地单位")

    response = client_of(viewer).get(f"/a/historic/organisations/{stranger.pk}/")

    assert response.status_code == 404
