"""Seats, the alliance's own words, and the platform's pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import seats_in


@pytest.fixture
def desk(secretariat: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(secretariat)


def seats(alliance: Alliance, user: User) -> list[tuple[str, str]]:
    found = seats_in(alliance).filter(user=user)
    return [(seat.role, str(seat.organisation or "")) for seat in found]


def test_an_existing_account_is_seated_by_user_name_or_e_mail(
    desk: Client, alliance: Alliance, outsider: User, giving: Organisation
) -> None:
    desk.post("/a/historic/seats/new/", {"role": "viewer", "person": "outsider"})
    desk.post(
        "/a/historic/seats/new/",
        {"role": "liaison", "organisation": giving.pk, "person": "outsider@example.org"},
    )

    assert seats(alliance, outsider) == [("liaison", giving.name), ("viewer", "")]


def test_no_browser_asks_for_a_new_account_when_an_existing_one_is_named(desk: Client) -> None:
    account = desk.get("/a/historic/seats/new/").context["account"]

    assert "required" not in "".join(str(field) for field in account.visible_fields())


def test_a_person_without_an_account_gets_one_and_a_link_to_set_the_password(
    desk: Client, alliance: Alliance
) -> None:
    facts = {"new-username": "lena", "new-email": "lena@example.org", "new-display_name": "新人"}

    desk.post("/a/historic/seats/new/", {"role": "viewer", **facts})

    user = User.objects.get(username="lena")
    assert seats(alliance, user) == [("viewer", "")]
    assert "/password/reset/key/" in mail.outbox[0].body


def test_lead_seats_are_offered_only_to_the_platform_administrator(
    desk: Client, administrator: User, client_of: Callable[[User], Client]
) -> None:
    def offered(client: Client) -> set[str]:
        form = client.get("/a/historic/seats/new/").context["form"]
        return {value for value, _label in form.fields["role"].choices}

    assert offered(desk) == {
        "secretariat", "liaison", "signatory", "viewer", "reviewer", "inspector", "worker",
        "street",
    }  # fmt: skip
    assert offered(client_of(administrator)) == offered(desk) | {"lead_a", "lead_b"}


def test_a_liaison_officer_without_an_organisation_is_said_beside_the_field(
    desk: Client, outsider: User
) -> None:
    response = desk.post("/a/historic/seats/new/", {"role": "liaison", "person": "outsider"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"organisation"}


def test_a_seat_ended_is_a_seat_no_more(desk: Client, alliance: Alliance, viewer: User) -> None:
    seat = seats_in(alliance).get(user=viewer)

    desk.post(f"/a/historic/seats/{seat.pk}/end/")

    assert seats(alliance, viewer) == []


def settings_form(alliance: Alliance, **changes: Any) -> dict[str, Any]:
    """What the settings page sends back unchanged, but for ``changes``."""
    sent: dict[str, Any] = {"name": alliance.name, "answer_days": 5, "judge_days": 5}
    for prefix, words in (("kinds", alliance.kinds), ("categories", alliance.categories)):
        sent |= {f"{prefix}-TOTAL_FORMS": len(words) + 2, f"{prefix}-INITIAL_FORMS": len(words)}
        for row, word in enumerate(words):
            sent |= {f"{prefix}-{row}-{key}": word[key] for key in ("code", "zh", "en")}
    return sent | changes


def test_words_and_terms_are_the_alliances_own(desk: Client, alliance: Alliance) -> None:
    changes = {
        "answer_days": 3,
        "kinds-0-zh": "会议场所",
        "kinds-1-DELETE": "on",
        "kinds-11-code": "tools",
        "kinds-11-zh": "工具",
    }

    response = desk.post("/a/historic/settings/", settings_form(alliance, **changes))

    alliance.refresh_from_db()
    words = [str(word) for word in alliance.kind_words()]
    assert response.status_code == 302
    assert (alliance.answer_days, words[0], words[-1], len(words)) == (3, "会议场所", "工具", 11)


def test_a_kind_in_use_is_not_struck_off(
    desk: Client, alliance: Alliance, make_offer: Callable[..., Any]
) -> None:
    make_offer(kind="venue")

    response = desk.post(
        "/a/historic/settings/", settings_form(alliance, **{"kinds-0-DELETE": "on"})
    )

    assert response.status_code == 422
    assert "正在使用，不能删除" in response.content.decode()


def test_two_words_of_one_code_are_refused(desk: Client, alliance: Alliance) -> None:
    twice = {"kinds-11-code": "venue", "kinds-10-zh": "又一个"}

    response = desk.post("/a/historic/settings/", settings_form(alliance, **twice))

    assert response.status_code == 422
    assert "代码不能重复" in response.content.decode()


def test_the_administrator_founds_an_alliance_whose_leads_are_new(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    facts = {
        "name": "港区联盟",
        "slug": "port",
        "lead_a_name": "港区专班",
        "lead_a_kind": "department",
        "lead_b_name": "港区街道",
        "lead_b_kind": "subdistrict",
    }

    response = client_of(administrator).post("/platform/alliances/new/", facts)

    founded = Alliance.objects.get(slug="port")
    assert response["Location"] == "/a/port/seats/new/"
    assert (founded.lead_a.name, founded.lead_b.name) == ("港区专班", "港区街道")


def test_one_body_cannot_be_both_leads(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    facts = {"name": "港区联盟", "slug": "port", "lead_a_name": "同一家", "lead_b_name": "同一家"}

    response = client_of(administrator).post("/platform/alliances/new/", facts)

    assert response.status_code == 422
    assert Alliance.objects.count() == 0


def test_the_administrator_opens_accounts_with_platform_roles(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    facts = {
        "username": "second-auditor",
        "email": "second@example.org",
        "display_name": "审计员二",
        "platform_role": "auditor",
    }

    client_of(administrator).post("/platform/accounts/new/", facts)

    assert User.objects.get(username="second-auditor").platform_roles == (Role.AUDITOR,)
    assert "/password/reset/key/" in mail.outbox[0].body


def test_the_overview_counts_members_by_category(
    viewer: User,
    giving: Organisation,
    needing: Organisation,
    client_of: Callable[[User], Client],
) -> None:
    shown = client_of(viewer).get("/a/historic/").context

    assert shown["admitted"] == 4
    assert [(code, count) for code, _label, count in shown["categories"]] == [
        ("functional", 1),
        ("builder", 1),
        ("subdistrict", 1),
        ("community", 1),
    ]
