"""An administrator ends the sign-ins of others, as after a theft."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.ledger.models import LedgerEntry

SignIn = Callable[[User], Client]


def is_in(*clients: Client) -> list[bool]:
    return [client.get("/security/").status_code == 200 for client in clients]


def last_act() -> tuple[str, str, str]:
    entry = LedgerEntry.objects.order_by("number").last()
    assert entry is not None
    return entry.user, entry.act, entry.change


def test_an_administrator_signs_somebody_out_everywhere(
    client_of: SignIn, administrator: User, giver: User, receiver: User
) -> None:
    here = client_of(administrator)
    phone, desk, other = client_of(giver), client_of(giver), client_of(receiver)

    answer = here.post(f"/platform/accounts/{giver.pk}/sign-out/", follow=True)

    assert "“giver”已在各处退出登录（2 处）。" in answer.content.decode()
    assert is_in(phone, desk, other, here) == [False, False, True, True]
    assert last_act() == ("administrator", "account.signed_out", '{"sign_ins":2}')


def test_an_administrator_signs_everybody_out_but_stays(
    client_of: SignIn, administrator: User, giver: User, receiver: User
) -> None:
    here, elsewhere = client_of(administrator), client_of(administrator)
    others = [client_of(giver), client_of(receiver)]

    answer = here.post("/platform/sign-out/", follow=True)

    assert "所有人已退出登录（3 处），您这里除外。" in answer.content.decode()
    assert is_in(here, elsewhere, *others) == [True, False, False, False]
    assert last_act() == ("administrator", "account.all_signed_out", '{"sign_ins":3}')


def test_nobody_else_signs_others_out(client_of: SignIn, secretariat: User, giver: User) -> None:
    desk, phone = client_of(secretariat), client_of(giver)

    answers = [
        desk.post(path).status_code
        for path in (f"/platform/accounts/{giver.pk}/sign-out/", "/platform/sign-out/")
    ]

    assert answers == [403, 403]
    assert is_in(phone) == [True]
