"""Getting in, and how the frame looks to whom."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from binglian.domain.accounts.models import User

PASSWORD = "correct horse battery"


@pytest.mark.parametrize("name", ["giver", "GIVER", "giver@example.org"])
def test_one_signs_in_by_user_name_or_e_mail(client: Client, giver: User, name: str) -> None:
    response = client.post("/login/", {"login": name, "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_wrong_password_is_said_beside_the_form(client: Client, giver: User) -> None:
    response = client.post("/login/", {"login": "giver", "password": "wrong"})

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_whoever_was_sent_to_sign_in_comes_back_to_the_page(client: Client, giver: User) -> None:
    page = client.get("/a/historic/members/")
    response = client.post(page["Location"], {"login": "giver", "password": PASSWORD})

    assert response["Location"] == "/a/historic/members/"


def test_the_people_of_the_demonstration_are_listed_only_there(
    client: Client, db: None, settings: LazySettings
) -> None:
    assert "binglian-demo" not in client.get("/login/").content.decode()

    settings.DEMO, settings.DEMO_PASSWORD = True, "binglian-demo"
    shown = client.get("/login/").content.decode()
    english = client.get("/login/", headers={"accept-language": "en"}).content.decode()
    assert 'value="secretariat"' in shown
    assert "核对存证链" in shown
    assert "check that the record is untouched" in english


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, giver: User) -> None:
    client.post("/password/reset/", {"email": "giver@example.org"})
    (message,) = mail.outbox
    link = next(line for line in message.body.splitlines() if "/password/reset/key/" in line)
    assert message.subject == "设置新密码"
    assert "用户名：giver" in message.body

    form = client.get(link.replace("http://testserver", ""), follow=True)
    password = {"password1": "another long one", "password2": "another long one"}
    client.post(form.request["PATH_INFO"], password)
    assert Client().login(username="giver", password="another long one")


def test_the_page_does_not_tell_which_addresses_have_accounts(client: Client, giver: User) -> None:
    known = client.post("/password/reset/", {"email": "giver@example.org"})
    unknown = client.post("/password/reset/", {"email": "nobody@example.org"})

    assert known["Location"] == unknown["Location"] == "/password/reset/done/"
    assert [message.subject for message in mail.outbox] == ["设置新密码"]


def test_preferences_of_a_signed_in_person_stay_with_the_account(
    giver: User, client_of: Callable[[User], Client]
) -> None:
    client_of(giver).post("/preferences/", {"language": "en", "next": "/roles/"})
    client_of(giver).post("/preferences/", {"care": "1", "next": "/roles/"})

    giver.refresh_from_db()
    assert (giver.language, giver.has_care_mode) == ("en", True)
    page = client_of(giver).get("/roles/").content.decode()
    assert '<html lang="en" data-mode="care">' in page


def test_preferences_of_anybody_else_stay_with_the_browser(client: Client, db: None) -> None:
    client.post("/preferences/", {"language": "en", "next": "/login/"})
    client.post("/preferences/", {"care": "1", "next": "/login/"})

    assert '<html lang="en" data-mode="care">' in client.get("/login/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", ""])
def test_preferences_never_send_anybody_elsewhere(client: Client, db: None, elsewhere: str) -> None:
    response = client.post("/preferences/", {"language": "en", "next": elsewhere})

    assert response["Location"] == "/"


@pytest.mark.parametrize(
    "elsewhere", ["foo", "//evil.example/", "https://evil.example/", "/\\evil"]
)
def test_preferences_lead_nowhere_else(client: Client, db: None, elsewhere: str) -> None:
    response = client.post("/preferences/", {"language": "en", "next": elsewhere})

    assert response.status_code == 302
    assert response.url in ("/", "foo")


def test_no_cache_keeps_what_a_signed_in_person_saw(viewer, client_of):
    assert client_of(viewer).get("/").headers["Cache-Control"] == "private, no-store"
