"""``binglian signout``: what an operator does about a stolen or lost phone."""

from allauth.mfa.models import Authenticator
from django.test import Client

from binglian.command.main import main
from binglian.domain.ledger.models import LedgerEntry


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _acts() -> list[str]:
    return list(LedgerEntry.objects.order_by("number").values_list("act", flat=True))


def test_somebody_is_signed_out_everywhere(giver, receiver, capsys):
    phone, desk, other = _signed_in(giver), _signed_in(giver), _signed_in(receiver)

    assert main(["signout", "giver", "--lang", "zh"]) == 0

    assert capsys.readouterr().out == "已结束 2 处登录。\n"
    assert [one.get("/").status_code for one in (phone, desk, other)] == [302, 302, 200]
    assert _acts()[-1] == "account.signed_out"


def test_a_lost_second_factor_is_removed_and_its_owner_told(giver, receiver, capsys):
    for user in (giver, receiver):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    desk = _signed_in(giver)

    assert main(["signout", "giver", "--lost-second-factor", "--lang", "zh"]) == 0

    assert capsys.readouterr().out == "已移除 1 种第二重核验，各处登录已结束。\n"
    assert desk.get("/").status_code == 302
    assert list(Authenticator.objects.values_list("user", flat=True)) == [receiver.pk]
    assert "第二重核验已由运维人员移除" in giver.notifications.get().text_zh
    assert _acts()[-2:] == ["account.signed_out", "account.factor_removed"]


def test_a_name_nobody_has_is_told(db, capsys):
    assert main(["signout", "nobody", "--lang", "zh"]) == 2
    assert "没有用户名为“nobody”的账号" in capsys.readouterr().err
