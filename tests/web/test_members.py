"""Members: finding them, the ways in, and the way out."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import receive_application
from binglian.domain.alliance.imports import read_list
from binglian.domain.alliance.models import Alliance, Application, Membership, Organisation
from binglian.domain.coupling.imports import plan_import
from binglian.domain.governance.models import Decision

MEMBERS = "/a/historic/members/"
FACTS = {"name": "咖啡馆（示例）", "kind": "merchant", "category": "two_new"}


@pytest.fixture
def desk(secretariat: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(secretariat)


def names(client: Client, query: str) -> list[str]:
    return [str(row.organisation) for row in client.get(MEMBERS + query).context["rows"]]


@pytest.mark.parametrize("typed", ["海关后", "haiguanhou", "hgh", "HGH 示例", "社区"])
def test_a_member_is_found_by_characters_pinyin_or_initials(
    desk: Client, needing: Organisation, giving: Organisation, typed: str
) -> None:
    assert names(desk, f"?q={typed}") == ["海关后社区（示例）"]


def test_members_are_filtered_by_category_and_state(
    desk: Client, needing: Organisation, giving: Organisation
) -> None:
    assert names(desk, "?category=builder") == ["建设集团（示例）"]
    assert names(desk, "?state=applied") == []
    assert names(desk, "?category=unknown&q=x") == names(desk, "")


def test_an_organisation_entered_by_hand_waits_for_both_leads(
    desk: Client, alliance: Alliance
) -> None:
    response = desk.post(
        MEMBERS + "new/", FACTS | {"credit_code": "91370000000000000X"}, follow=True
    )

    membership = alliance.memberships.get(organisation__name="咖啡馆（示例）")
    assert membership.state == Membership.State.APPLIED
    # A wrong check digit is warned of and kept.
    assert membership.organisation.credit_code == "91370000000000000X"
    assert "未通过校验位检查" in response.content.decode()


def test_an_organisation_already_known_is_only_put_forward(
    desk: Client, alliance: Alliance
) -> None:
    known = Organisation.objects.create(name="咖啡馆（示例）", kind="merchant")

    desk.post(MEMBERS + "new/", FACTS)

    assert alliance.memberships.get(organisation=known).state == Membership.State.APPLIED


def test_what_is_missing_is_said_beside_the_field(desk: Client, db: None) -> None:
    response = desk.post(MEMBERS + "new/", {"name": "咖啡馆"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"kind", "category"}


def test_one_button_puts_everybody_who_waits_before_both_leads(
    desk: Client, alliance: Alliance
) -> None:
    for name in ("甲", "乙"):
        desk.post(MEMBERS + "new/", FACTS | {"name": name})

    desk.post(MEMBERS + "admission/")

    decision = Decision.objects.get()
    assert len(decision.object_ids) == 2
    assert desk.get(MEMBERS).context["to_put_forward"] == []
    assert desk.post(MEMBERS + "admission/").status_code == 409


def test_an_application_from_outside_is_taken_up(
    client: Client, desk: Client, alliance: Alliance
) -> None:
    response = client.post("/apply/historic/", FACTS | {"email": "office@example.org"}, follow=True)
    assert "申请已收到" in response.content.decode()

    application = Application.objects.get()
    desk.post(f"/a/historic/applications/{application.pk}/take-up/")

    assert alliance.memberships.get(organisation__name=FACTS["name"]).state == "applied"


def test_an_application_is_refused_only_with_a_reason(desk: Client, alliance: Alliance) -> None:
    application = receive_application(alliance=alliance, email="a@example.org", **FACTS)
    address = f"/a/historic/applications/{application.pk}/refuse/"

    assert desk.post(address, {"reason": " "}).status_code == 409
    desk.post(address, {"reason": "不在片区内"})
    application.refresh_from_db()
    assert (application.state, application.reason) == ("refused", "不在片区内")


def test_the_same_application_is_not_taken_twice(client: Client, alliance: Alliance) -> None:
    client.post("/apply/historic/", FACTS | {"email": "office@example.org"})

    again = client.post("/apply/historic/", FACTS | {"email": "office@example.org"})

    assert again.status_code == 409


def test_a_member_leaves_and_a_lead_does_not(
    desk: Client, alliance: Alliance, giving: Organisation
) -> None:
    leaving = alliance.memberships.get(organisation=giving)
    lead = alliance.memberships.get(organisation=alliance.lead_a)

    assert desk.post(f"{MEMBERS}{lead.pk}/withdraw/").status_code == 409
    desk.post(f"{MEMBERS}{leaving.pk}/withdraw/", {"reason": "搬离片区"})

    leaving.refresh_from_db()
    assert (leaving.state, leaving.note) == ("withdrawn", "搬离片区")


def test_an_invitation_link_is_mailed_and_shown_once(
    desk: Client, alliance: Alliance, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = desk.post("/a/historic/invite/", {"email": "cafe@example.org"}, follow=True)
    again = desk.get("/a/historic/invite/")

    link = first.context["new_link"]
    assert link.startswith("http://testserver/join/")
    assert again.context["new_link"] is None
    assert link.replace("http://testserver", "") in mail.outbox[0].body


def test_a_viewer_sees_no_applications_and_no_buttons(
    viewer: User, alliance: Alliance, client_of: Callable[[User], Client]
) -> None:
    receive_application(alliance=alliance, email="a@example.org", **FACTS)
    page = client_of(viewer).get(MEMBERS)

    assert "applications" not in page.context
    assert "a@example.org" not in page.content.decode()


def test_the_exported_list_reads_back_without_a_change(alliance, giving, secretariat, client_of):
    file = client_of(secretariat).get("/a/historic/members/export/?format=csv").content

    reading = read_list(alliance=alliance, kind="members", content=file, filename="members.csv")
    plan = plan_import(alliance, "members", reading, by=secretariat)

    assert [line.verdict.value for line in plan.lines] == ["same"] * 3


def test_one_sender_cannot_flood_an_alliance_with_applications(
    alliance: Alliance, client: Client
) -> None:
    answers = [
        client.post(
            "/apply/historic/", FACTS | {"email": "office@example.org", "name": f"第 {n} 家"}
        ).status_code
        for n in range(11)
    ]

    assert answers == [302] * 10 + [409]
