"""What is turned away at the door, and how the browser is told to guard its reader."""

import io
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.conf import LazySettings, settings
from django.core.cache import cache, caches
from django.core.exceptions import ValidationError
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.passwords import OwnWordsValidator
from binglian.web import guarding


@pytest.mark.parametrize("said", [str(settings.MOST_BYTES_SENT + 1), "9" * 30, "-1", "many"])
def test_more_than_we_take_is_turned_away_unread(client: Client, db: None, said: str) -> None:
    class Unread(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise AssertionError("it was read")

    answer = client.generic(
        "POST", "/p/historic/report/", **{"CONTENT_LENGTH": said, "wsgi.input": Unread()}
    )

    assert answer.status_code == 413
    assert "64 MB" in answer.content.decode()


@pytest.mark.once
@pytest.mark.parametrize(
    "password", ["binglian2026", "Alliance123456", "管理员密码2026", "admin-admin-2026"]
)
def test_words_of_the_house_make_no_password(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        OwnWordsValidator().validate(password)
    assert refused.value.code == "password_of_own_words"


@pytest.mark.once
@pytest.mark.parametrize(
    "password", ["correct horse battery", "院里积水没人管真头疼", "8" * 6 + "31415926"]
)
def test_any_signs_make_a_password_if_there_are_enough(password: str) -> None:
    OwnWordsValidator().validate(password)


@pytest.fixture
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No minute ends while a test counts."""
    monkeypatch.setattr(guarding, "time", SimpleNamespace(time=lambda: 6_000.0))
    caches["local"].clear()
    yield
    caches["local"].clear()


@pytest.mark.usefixtures("_one_minute")
@pytest.mark.parametrize(
    ("path", "often"),
    [("/a/historic/offers/?q=会议室", 8), ("/a/historic/offers/export/?format=csv", 2)],
)
def test_nobody_carries_an_alliance_off_row_by_row(
    giver: User,
    receiver: User,
    client_of: Callable[[User], Client],
    settings: LazySettings,
    path: str,
    often: int,
) -> None:
    settings.API_PER_MINUTE = 8
    desk = client_of(giver)

    answers = [desk.get(path).status_code for _time in range(often)]
    too_often = desk.get(path)

    assert answers == [200] * often
    assert (too_often.status_code, too_often["Retry-After"]) == (429, "60")
    # What is not searched, and others, are not concerned.
    assert desk.get("/a/historic/offers/").status_code == 200
    assert client_of(receiver).get(path).status_code == 200


def test_guessing_a_password_is_stopped_after_a_few_tries(client: Client, giver: User) -> None:
    cache.clear()
    wrong = [client.post("/login/", {"login": "giver", "password": f"wrong {n}"}) for n in range(6)]
    right = {"login": "giver", "password": "correct horse battery"}

    locked = client.post("/login/", right)
    cache.clear()

    assert [answer.status_code for answer in wrong] == [200] * 6
    assert locked.status_code == 200  # not signed in: too many tries
    assert "sessionid" not in client.cookies
