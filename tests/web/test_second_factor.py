"""Who adds or takes away a second factor, and who hears of it."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from binglian.domain.accounts.models import User

CODE = "/security/code/"


@pytest.fixture
def at_desk(giver: User) -> Client:
    """Somebody who has just shown the password again."""
    client = Client()
    client.force_login(giver)
    client.post("/security/password/", {"password": "correct horse battery"})
    return client


def told(user: User) -> list[str]:
    rows = user.notifications.filter(key__startswith="factor:").order_by("id")
    return [row.text_zh[:12] for row in rows]


def test_the_owner_hears_that_a_second_factor_came_and_went(
    at_desk: Client, giver: User, django_capture_on_commit_callbacks: Any
) -> None:
    secret = at_desk.get(CODE).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    with django_capture_on_commit_callbacks(execute=True):
        at_desk.post(CODE, {"code": code})
    with django_capture_on_commit_callbacks(execute=True):
        at_desk.post(f"{CODE}remove/")

    assert told(giver) == ["您的账号新增了签署用的第", "您的账号取消了第二重核验"]
    assert giver.notifications.filter(mailed_at=None).count() == 2


@pytest.mark.parametrize("path", [CODE, "/security/passkeys/new/"])
def test_an_open_session_alone_adds_no_second_factor(
    giver: User, path: str, client: Client
) -> None:
    client.force_login(giver)

    assert client.get(path).url.startswith("/security/password/")
