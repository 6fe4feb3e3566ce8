"""The home page: what each role has to do today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from binglian.domain.accounts.actions import create_user, notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Membership, Organisation, today
from binglian.domain.coupling.actions import accept_commitment, report_delivery
from binglian.domain.coupling.models import Commitment
from binglian.domain.governance.actions import ask_decision
from binglian.web.accounts.alliance_reports import alliance_reports
from binglian.web.accounts.home import work_of
from binglian.web.accounts.next_step import next_step


def shown(user: User) -> dict[str, list[Commitment]]:
    """The sections of a liaison officer's home with their commitments."""
    return {section.key: section.rows for section in work_of(user) or []}


def test_what_is_asked_of_us_and_what_we_wait_for_are_two_sides_of_one_promise(
    giver: User, receiver: User, propose: Callable[..., Commitment]
) -> None:
    commitment = propose()

    assert shown(giver) == {"asked": [commitment]}
    assert shown(receiver) == {"awaited": [commitment]}


def test_a_promise_moves_from_asked_to_due_to_overdue(
    giver: User,
    propose: Callable[..., Commitment],
    make_need: Callable[..., Any],
) -> None:
    this_week = propose(need=make_need(deadline=today() + timedelta(days=3)))
    later = propose(need=make_need(deadline=today() + timedelta(days=30)))
    late = propose(need=make_need(deadline=today() - timedelta(days=1)))
    for commitment in (this_week, later, late):
        accept_commitment(commitment=commitment, by=giver)

    assert shown(giver) == {"overdue": [late], "week": [this_week], "later": [later]}


def test_what_was_delivered_waits_to_be_judged_by_the_side_that_needed_it(
    giver: User,
    receiver: User,
    propose: Callable[..., Commitment],
    client_of: Callable[[User], Client],
) -> None:
    commitment = accept_commitment(commitment=propose(), by=giver)
    report_delivery(commitment=commitment, quantity=1, delivered_on=today(), by=giver)

    assert shown(giver) == {}
    assert shown(receiver) == {"judge": [commitment]}
    assert "待我们评价" in client_of(receiver).get("/").content.decode()


def test_the_page_links_to_each_promise(
    giver: User, propose: Callable[..., Commitment], client_of: Callable[[User], Client]
) -> None:
    commitment = propose()
    page = client_of(giver).get("/").content.decode()

    assert f'href="/a/historic/commitments/{commitment.pk}/"' in page
    assert "等我们答复" in page


def test_who_has_nothing_to_do_is_told_how_to_begin(
    giver: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(giver).get("/").content.decode()

    assert "现在没有等您办的事" in page
    assert 'href="/a/historic/offers/new/"' in page


def test_who_has_no_seat_is_told_how_to_get_one(
    outsider: User, client_of: Callable[[User], Client]
) -> None:
    assert "您还没有任职" in client_of(outsider).get("/").content.decode()


def test_a_lead_is_shown_what_awaits_their_decision_until_they_answer(
    alliance: Alliance, secretariat: User, lead_a: User, client_of: Callable[[User], Client]
) -> None:
    newcomer = Organisation.objects.create(name="新单位")
    membership = Membership.objects.create(
        alliance=alliance, organisation=newcomer, category="other"
    )
    decision = ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )
    address = f"/a/historic/decisions/{decision.pk}/"

    assert f'href="{address}"' in client_of(lead_a).get("/").content.decode()
    client_of(lead_a).post(address, {"lead": "a", "answer": "yes"})
    assert f'href="{address}"' not in client_of(lead_a).get("/").content.decode()


def test_the_secretariat_sees_who_is_late_and_since_when(
    secretariat: User,
    giver: User,
    propose: Callable[..., Commitment],
    make_need: Callable[..., Any],
) -> None:
    late = propose(need=make_need(deadline=today() - timedelta(days=2)))
    accept_commitment(commitment=late, by=giver)

    (report,) = alliance_reports(secretariat)
    assert report.overdue == [late]
    assert report.standing is not None
    assert report.standing.deliveries_overdue == 1


def test_a_viewer_sees_how_the_alliance_stands_and_is_told_to_do_nothing(viewer: User) -> None:
    (report,) = alliance_reports(viewer)

    assert report.standing is not None
    assert report.next_step is None


def test_a_liaison_officer_gets_the_way_in_and_no_figures(giver: User) -> None:
    (report,) = alliance_reports(giver)

    assert (report.standing, report.next_step, report.overdue) == (None, None, [])


def test_the_next_step_goes_along_the_loop(
    alliance: Alliance,
    make_offer: Callable[..., Any],
    make_need: Callable[..., Any],
) -> None:
    steps = [next_step(alliance).url]
    make_offer()
    steps.append(next_step(alliance).url)
    make_need()
    steps.append(next_step(alliance).url)

    assert steps == [
        "/a/historic/import/offers/",
        "/a/historic/import/needs/",
        "/a/historic/runs/",
    ]


def test_a_new_alliance_first_gets_its_people_then_its_members(
    alliance: Alliance, administrator: User
) -> None:
    def first_step(user: User) -> str | None:
        (report,) = alliance_reports(user)
        return report.next_step and report.next_step.url

    assert first_step(administrator) == "/a/historic/seats/new/"

    seats = (Role.SECRETARIAT, Role.LEAD_A, Role.LEAD_B)
    people = [create_user(username=role.value, display_name=role.value) for role in seats]
    for role, user in zip(seats, people, strict=True):
        appoint(alliance=alliance, user=user, role=role, by=administrator)

    assert first_step(administrator) is None
    assert first_step(people[0]) == "/a/historic/import/members/"


def test_opening_the_inbox_counts_as_having_read_it(
    giver: User, client_of: Callable[[User], Client]
) -> None:
    notify([giver], key="k", message="请答复%(what)s", facts={"what": "需求"}, url="/roles/")
    client = client_of(giver)

    assert '<span class="count">1</span>' in client.get("/").content.decode()
    assert "请答复需求" in client.get("/inbox/").content.decode()
    assert '<span class="count">1</span>' not in client.get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_a_longer_list_asks_no_more_of_the_database(
    giver: User,
    secretariat: User,
    propose: Callable[..., Commitment],
    client_of: Callable[[User], Client],
    django_assert_max_num_queries: Any,
    rows: int,
) -> None:
    for _number in range(rows):
        propose()
    client = client_of(giver)

    with django_assert_max_num_queries(28):
        client.get("/")


def test_the_role_table_says_what_the_program_asks(
    giver: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(giver).get("/roles/").content.decode()

    assert "查看和核验台账" in page
    assert page.count('<th scope="row">') == len(Permission)
