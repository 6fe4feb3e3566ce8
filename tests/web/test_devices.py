"""Where somebody is signed in, and what ends it."""

import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.governance.actions import delegate_decisions
from binglian.domain.governance.models import Lead
from binglian.web.accounts import lifetimes
from binglian.web.accounts.devices import device_name

PASSWORD = "correct horse battery"
PHONE = "Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/120.0 Mobile MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0"


def sign_in(name: str, user_agent: str = DESK) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/login/", {"login": name, "password": PASSWORD})
    return client


def at_desk(name: str) -> Client:
    """Somebody who has just shown the password again."""
    client = sign_in(name)
    client.post("/security/password/", {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_each_sign_in_is_listed_this_one_first(giver: User) -> None:
    phone, desk = sign_in("giver", PHONE), at_desk("giver")

    shown = desk.get("/security/devices/").context["devices"]

    assert [(one.name, one.is_here) for one in shown] == [
        ("Edge · Windows", True),
        ("微信 · 鸿蒙", False),
    ]
    assert is_in(phone)


def test_one_device_is_signed_out_from_another(giver: User) -> None:
    phone, desk = sign_in("giver", PHONE), at_desk("giver")
    elsewhere = desk.get("/security/devices/").context["devices"][1].session.pk

    desk.post(f"/security/devices/{elsewhere}/end/")

    assert (is_in(phone), is_in(desk)) == (False, True)


def test_all_others_are_signed_out_at_once(giver: User) -> None:
    phone, pad, desk = sign_in("giver", PHONE), sign_in("giver"), at_desk("giver")

    desk.post("/security/devices/end/")

    assert [is_in(one) for one in (phone, pad, desk)] == [False, False, True]


def test_nobody_ends_the_sign_in_of_another(giver: User, receiver: User) -> None:
    desk, stranger = at_desk("giver"), at_desk("receiver")
    session = desk.get("/security/devices/").context["devices"][0].session.pk

    answer = stranger.post(f"/security/devices/{session}/end/")

    assert (answer.status_code, is_in(desk)) == (404, True)


def test_an_open_session_alone_ends_no_other(giver: User) -> None:
    """Somebody at an unlocked desk must not throw its owner out everywhere."""
    phone, desk = sign_in("giver", PHONE), sign_in("giver")
    session = phone.session.session_key

    answers = [desk.post(f"/security/devices/{what}") for what in ("end/", "1/end/")]

    assert [answer.url for answer in answers] == ["/security/devices/"] * 2
    assert desk.get("/security/devices/").url.startswith("/security/password/")
    assert (is_in(phone), phone.session.session_key) == (True, session)


def test_a_new_password_ends_every_other_session(giver: User) -> None:
    phone, desk = sign_in("giver", PHONE), sign_in("giver")
    new = "quite another long one"

    desk.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (is_in(phone), is_in(desk)) == (False, True)


def test_an_account_that_is_closed_is_out_at_once(giver: User) -> None:
    desk = sign_in("giver")

    User.objects.filter(pk=giver.pk).update(is_active=False)

    assert not is_in(desk)


def test_what_was_signed_out_stays_out(giver: User) -> None:
    """The session is gone in the database, not only in the browser."""
    desk = sign_in("giver")
    kept = desk.cookies[settings.SESSION_COOKIE_NAME].value

    desk.post("/logout/")

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(thief)


def _as_if(client: Client, *, began: float, used: float) -> None:
    """The sign-in began, and was last used, so many minutes ago."""
    session, at = client.session, time.time()
    session[lifetimes.KEY] = (at - began * 60, at - used * 60)
    session.save()


@pytest.mark.parametrize(
    ("began", "used", "stays"),
    [(59, 59, True), (61, 61, False), (719, 1, True), (721, 1, False)],
)
def test_a_sign_in_ends_after_an_hour_without_use_and_after_twelve_anyhow(
    giver: User, began: int, used: int, stays: bool
) -> None:
    desk = sign_in("giver")
    _as_if(desk, began=began, used=used)

    assert is_in(desk) == stays
    assert is_in(desk) == stays  # what was used counts from now on, what ended has ended


def test_a_form_sent_too_late_leads_back_to_its_page(giver: User) -> None:
    desk = sign_in("giver")
    _as_if(desk, began=300, used=61)

    answer = desk.post("/inbox/", headers={"referer": "http://testserver/account/"})

    assert answer.url == "/login/?next=http%3A//testserver/account/"
    told = desk.get(answer.url).content.decode()
    assert "已有 60 分钟没有操作" in told
    assert "没有提交" in told


def test_signing_in_makes_a_new_session(client: Client, giver: User) -> None:
    """One planted before (fixation) is worth nothing afterwards."""
    client.get("/login/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    client.post("/login/", {"login": "giver", "password": PASSWORD})

    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(thief)


@pytest.mark.once
@pytest.mark.parametrize("told", ["", "curl/8.0", "<script>alert(1)</script>"])
def test_a_program_that_tells_nothing_is_an_unknown_device(told: str) -> None:
    assert device_name(told) == "未知设备"


@pytest.mark.parametrize("who", ["lead_a", "lead_b", "administrator"])
def test_who_decides_or_administers_first_sets_up_a_second_factor(
    who: str,
    request: pytest.FixtureRequest,
    client_of: Callable[[User], Client],
    settings: LazySettings,
) -> None:
    settings.SECOND_FACTOR = "leads"
    person = client_of(request.getfixturevalue(who))

    answers = [person.get(path).status_code for path in ("/", "/a/historic/", "/roles/")]
    acts = person.post("/a/historic/members/new/", {"name": "新单位"}).url

    assert answers == [302, 302, 302]
    assert acts == "/security/"
    # What is needed to set one up, and to leave, is open.
    assert person.get("/security/").status_code == 200
    assert person.get("/security/code/").url.startswith("/security/password/")
    assert person.post("/logout/").url == "/login/"


def test_who_decides_in_a_leads_place_needs_one_too(
    alliance, lead_a, giver, client_of, settings
) -> None:
    settings.SECOND_FACTOR = "leads"
    colleague = User.objects.create(username="colleague", email="colleague@example.org")
    Appointment.objects.create(
        alliance=alliance,
        user=colleague,
        role="viewer",
        organisation=alliance.lead_a,
        from_on=today(),
    )
    assert client_of(colleague).get("/").status_code == 200

    delegate_decisions(
        alliance=alliance,
        lead=Lead.A,
        delegate=colleague,
        from_on=today(),
        until_on=today(),
        by=lead_a,
    )

    assert client_of(colleague).get("/").url == "/security/"


def test_others_are_asked_for_one_only_where_everybody_is(giver, client_of, settings) -> None:
    settings.SECOND_FACTOR = "leads"
    assert client_of(giver).get("/").status_code == 200

    settings.SECOND_FACTOR = "everybody"
    assert client_of(giver).get("/").url == "/security/"
