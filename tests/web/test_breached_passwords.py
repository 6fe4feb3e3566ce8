"""A password that a breach made public is refused where one is set, from a file of the operator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.passwords import is_breached

PUBLIC = [f"made public {number}" for number in range(200)]


def digests(*passwords: str) -> list[str]:
    """As the list has them: in capitals, sorted."""
    return sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in passwords)


def written(path: Path, lines: list[str], end: str) -> Path:
    path.write_bytes("".join(line + end for line in lines).encode())
    return path


@pytest.mark.once
@pytest.mark.parametrize("count", [0, 1, 2, 3, 200])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_exactly_what_stands_in_the_file_is_found(tmp_path: Path, count: int, end: str) -> None:
    lines = [
        f"{digest}:{'7' * (number % 9 + 1)}"
        for number, digest in enumerate(digests(*PUBLIC[:count]))
    ]
    file = written(tmp_path / "pwned.txt", lines, end)

    assert [one for one in PUBLIC if is_breached(one, file)] == PUBLIC[:count]


@pytest.mark.once
def test_digests_alone_without_a_last_line_end_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "pwned.txt"
    file.write_text("\n".join(one.lower() for one in digests(*PUBLIC)))

    assert [one for one in PUBLIC if not is_breached(one, file)] == []
    assert not is_breached("correct horse battery", file)


def test_a_new_password_that_was_made_public_is_refused_in_words(
    tmp_path: Path, settings, giver: User, client_of: Callable[[User], Client]
) -> None:
    settings.BREACHED_PASSWORDS = written(tmp_path / "pwned.txt", digests(*PUBLIC), ":1\r\n")
    client = client_of(giver)

    answers = []
    for new in (PUBLIC[7], "院里积水没人管真头疼极了"):
        typed = {"oldpassword": "correct horse battery", "password1": new, "password2": new}
        answers.append(client.post("/password/change/", typed))

    assert [answer.status_code for answer in answers] == [200, 302]
    assert "这个密码出现在已公开的泄露名单里，请换一个。" in answers[0].content.decode()
    giver.refresh_from_db()
    assert giver.check_password("院里积水没人管真头疼极了")
