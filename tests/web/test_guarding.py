"""What is turned away at the door, and how the browser is told to guard its reader."""

import io

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from binglian.domain.accounts.passwords import OwnWordsValidator


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
