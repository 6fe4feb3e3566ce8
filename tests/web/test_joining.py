"""Through an invitation's link: an account, then the seat."""

from collections.abc import Callable

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import invite
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers

ACCOUNT = {
    "username": "new-officer",
    "email": "new@example.org",
    "display_name": "新联络员",
    "password": "a long new password",
}


@pytest.fixture
def link(alliance: Alliance, secretariat: User, giving: Organisation) -> str:
    """An invitation to be liaison officer of the giving member."""
    return invite(alliance=alliance, by=secretariat, organisation=giving)[1]


def test_somebody_without_an_account_opens_one_and_takes_the_seat(
    client: Client, link: str, alliance: Alliance, giving: Organisation
) -> None:
    opened = client.post(link, ACCOUNT)
    taken = client.post(link, {})

    assert (opened["Location"], taken["Location"]) == (link, "/a/historic/")
    assert [u.username for u in liaison_officers(alliance, giving)] == ["new-officer"]


def test_a_weak_password_or_a_taken_name_is_said_beside_the_field(
    client: Client, link: str
) -> None:
    response = client.post(link, ACCOUNT | {"username": "secretariat", "password": "12345678"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"username", "password"}


def test_somebody_signed_in_takes_the_seat_at_once(
    outsider: User,
    link: str,
    alliance: Alliance,
    giving: Organisation,
    client_of: Callable[[User], Client],
) -> None:
    client_of(outsider).post(link, {})

    assert list(liaison_officers(alliance, giving)) == [outsider]


def test_a_link_is_good_for_one_seat(
    outsider: User, viewer: User, link: str, client_of: Callable[[User], Client]
) -> None:
    client_of(outsider).post(link, {})

    again = client_of(viewer).get(link)

    assert again.status_code == 409
    assert "邀请链接无效、已使用或已过期" in again.content.decode()


def test_an_invited_newcomer_describes_its_organisation(
    outsider: User, alliance: Alliance, secretariat: User, client_of: Callable[[User], Client]
) -> None:
    _invitation, path = invite(alliance=alliance, by=secretariat)
    client = client_of(outsider)

    assert client.post(path, {"name": ""}).status_code == 422
    client.post(path, {"name": "花店（示例）", "kind": "merchant", "category": "two_new"})

    membership = alliance.memberships.get(organisation__name="花店（示例）")
    assert membership.state == "applied"
    assert list(liaison_officers(alliance, membership.organisation)) == [outsider]
