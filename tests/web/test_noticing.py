"""Who came in, who did not, and what was refused can be read in the log afterwards."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from binglian.domain.accounts.models import User
from tests.observing.conftest import lines  # noqa: F401

Lines = Callable[[], list[dict[str, Any]]]


def test_signing_in_leaves_a_line_and_failing_too(
    giver: User,
    client: Client,
    lines: Lines,  # noqa: F811
) -> None:
    client.post("/login/", {"login": "giver", "password": "hunter2 in the wrong field"})
    client.post("/login/", {"login": "giver", "password": "correct horse battery"})
    client.post("/logout/")

    told = [line["event"] for line in lines() if line["logger"] == "binglian.security"]
    assert told == [
        "sign-in failed, user unknown",
        f"signed in, user {giver.pk}",
        f"signed out, user {giver.pk}",
    ]
    assert not any("wrong field" in str(line) or "giver" in str(line) for line in lines())


def test_what_is_refused_leaves_a_line(
    giver: User,
    client_of: Callable[[User], Client],
    lines: Lines,  # noqa: F811
) -> None:
    client_of(giver).get("/a/historic/members/new/")

    (told,) = [line for line in lines() if line.get("status") == 403]
    assert (told["route"], told["user"]) == ("alliance:member_new", giver.pk)
