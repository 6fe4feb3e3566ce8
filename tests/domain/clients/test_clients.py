"""Programs get a key and lose it."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.actions import Registered, register_client, revoke_client
from binglian.domain.clients.models import ApiClient
from binglian.domain.clients.queries import client_of_key, clients_visible_to
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


def _register(alliance: Alliance | None, by: User | None, **facts: object) -> Registered:
    good = {"name": "随手拍", "contact": "desk@example.org", "scopes": ["read", "report"]}
    return register_client(alliance=alliance, by=by, **(good | facts))


def test_a_key_is_told_once_and_only_its_digest_is_kept(alliance, secretariat) -> None:
    made = _register(alliance, secretariat)

    row = ApiClient.objects.values().get()

    assert [value for value in row.values() if made.key in str(value)] == []
    assert made.key not in repr(made)
    assert row["beginning"] == made.key[:9]
    assert client_of_key(made.key) == made.client
    assert client_of_key(made.key + "x") is None


def test_a_revoked_key_opens_nothing(alliance, secretariat) -> None:
    made = _register(alliance, secretariat)

    revoke_client(client=made.client, by=secretariat)

    assert client_of_key(made.key) is None
    with pytest.raises(ActionRefused, match="已停用"):
        revoke_client(client=made.client, by=secretariat)


def test_keys_of_an_alliance_are_its_secretariats_those_of_all_the_administrators(
    alliance, secretariat, administrator, giver, viewer
) -> None:
    ours, everywhere = _register(alliance, secretariat), _register(None, administrator)

    for person in (giver, viewer):
        with pytest.raises(PermissionDenied):
            _register(alliance, person)
        with pytest.raises(PermissionDenied):
            revoke_client(client=ours.client, by=person)
        assert list(clients_visible_to(person, alliance)) == []
    with pytest.raises(PermissionDenied):
        _register(None, secretariat)
    with pytest.raises(PermissionDenied):
        revoke_client(client=everywhere.client, by=secretariat)
    assert list(clients_visible_to(secretariat, alliance)) == [ours.client]
    assert list(clients_visible_to(secretariat, None)) == []
    assert list(clients_visible_to(administrator, None)) == [everywhere.client]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": " "}, "名称"),
        ({"contact": ""}, "联系窗口"),
        ({"scopes": []}, "权限"),
        ({"scopes": ["everything"]}, "权限"),
        ({"per_minute": 0}, "每分钟次数"),
        ({"per_minute": 6001}, "每分钟次数"),
    ],
)
def test_what_is_missing_is_named(alliance, secretariat, facts, said) -> None:
    with pytest.raises(ActionRefused, match=said):
        _register(alliance, secretariat, **facts)


def test_both_acts_are_recorded_without_the_key(alliance, secretariat) -> None:
    made = _register(alliance, secretariat)
    revoke_client(client=made.client, by=secretariat)

    entries = LedgerEntry.objects.filter(act__startswith="client.").order_by("number")

    assert [entry.act for entry in entries] == ["client.registered", "client.revoked"]
    assert [made.key in str(entry.change) for entry in entries] == [False, False]
