"""Who adds or takes away a second factor, and who hears of it."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import LazySettings
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


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def told(user: User) -> list[str]:
    rows = user.notifications.filter(key__startswith="factor:").order_by("id")
    return [row.text_zh[:12] for row in rows]


def test_the_owner_hears_that_a_second_factor_came_and_went(
    at_desk: Client, giver: User, django_capture_on_commit_callbacks: Any
) -> None:
    secret = at_desk.get(CODE).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        at_desk.post(CODE, {"code": code_of(secret)})
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


def test_a_lead_with_a_second_factor_works_and_without_its_code_does_not(
    lead_a: User, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR = "leads"
    desk = Client()
    desk.post("/login/", {"login": "lead-a", "password": "correct horse battery"})
    assert desk.get("/").url == "/security/"
    desk.post("/security/password/", {"password": "correct horse battery"})
    secret = desk.get(CODE).context["form"].secret
    desk.post(CODE, {"code": code_of(secret)})
    assert desk.get("/").status_code == 200

    code = code_of(secret)
    answers = []
    for _time in range(2):
        elsewhere = Client()
        elsewhere.post("/login/", {"login": "lead-a", "password": "correct horse battery"})
        # The password alone opens nothing any more.
        assert elsewhere.get("/").url.startswith("/login/")
        answers.append(elsewhere.post("/login/code/", {"code": code}).status_code)

    # A code is good once: who looks over a shoulder comes too late.
    assert answers == [302, 200]
    assert elsewhere.get("/").url.startswith("/login/")
