"""Organisations join, people take seats, and a handover moves nothing but the seat."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from binglian.domain.accounts.models import Notification
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import (
    accept_invitation,
    appoint,
    change_alliance,
    change_organisation,
    end_appointment,
    enter_organisation,
    found_alliance,
    hand_over,
    invite,
    open_account_by_invitation,
    propose_member,
    receive_application,
    refuse_application,
    refuse_members,
    take_up_application,
    withdraw_member,
)
from binglian.domain.alliance.calendar import add_working_days, is_working_day
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.alliance.queries import (
    alliances_visible_to,
    liaison_officers,
    matching_names,
    members_of,
)
from binglian.domain.alliance.words import Word
from binglian.domain.coupling.desk_queries import desk_of
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused


def token_of(path: str) -> str:
    return path.strip("/").split("/")[-1]


# ---- who sees what -----------------------------------------------------------------------------


def test_an_outsider_sees_no_alliance(alliance, outsider, viewer):
    assert list(alliances_visible_to(outsider)) == []
    assert list(alliances_visible_to(viewer)) == [alliance]


def test_a_liaison_officer_acts_for_one_organisation_only(alliance, giver, giving, needing):
    may = Permission.ANSWER_COMMITMENT
    assert has_permission(giver, may, within=alliance.seat_of(giving))
    assert not has_permission(giver, may, within=alliance.seat_of(needing))


def test_an_organisations_own_permission_is_never_asked_of_the_whole_alliance(alliance, giver):
    with pytest.raises(TypeError):
        has_permission(giver, Permission.EDIT_LISTS, within=alliance)


def test_somebody_switched_off_may_nothing(alliance, secretariat):
    secretariat.is_active = False

    assert not has_permission(secretariat, Permission.VIEW_ALLIANCE, within=alliance)


# ---- founding and words ------------------------------------------------------------------------


def test_only_the_platform_administrator_founds_an_alliance(
    administrator, secretariat, giving, needing
):
    facts = {"slug": "port", "name": "邮轮港片区联盟（示例）", "lead_a": giving, "lead_b": needing}
    with pytest.raises(PermissionDenied):
        found_alliance(by=secretariat, **facts)

    port = found_alliance(by=administrator, founded_on=date(2022, 6, 17), **facts)

    assert [str(m) for m in members_of(port)] == ["建设集团（示例）", "海关后社区（示例）"]


def test_one_body_cannot_be_both_leads(administrator, giving):
    with pytest.raises(ActionRefused, match="同一个单位"):
        found_alliance(by=administrator, slug="x", name="x", lead_a=giving, lead_b=giving)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alliance.objects.create(slug="x", name="x", lead_a=giving, lead_b=giving)


def test_an_alliance_uses_its_own_words(alliance, secretariat):
    change_alliance(alliance=alliance, by=secretariat, kinds=[Word("hall", "礼堂", "Hall")])

    assert [str(word) for word in Alliance.objects.get().kind_words()] == ["礼堂"]


# ---- joining -----------------------------------------------------------------------------------


def test_an_organisation_joins_by_application(alliance, secretariat):
    application = receive_application(
        alliance=alliance,
        name="咖啡馆（示例）",
        kind="merchant",
        category="two_new",
        email="desk@example.org",
    )
    membership = take_up_application(application=application, by=secretariat)

    assert (membership.state, membership.organisation.kind) == ("applied", "merchant")


def test_an_application_is_refused_with_a_reason(alliance, secretariat):
    application = receive_application(
        alliance=alliance,
        name="咖啡馆（示例）",
        kind="merchant",
        category="two_new",
        email="desk@example.org",
    )
    with pytest.raises(ActionRefused, match="原因"):
        refuse_application(application=application, by=secretariat, reason=" ")
    refuse_application(application=application, by=secretariat, reason="不在片区内")

    assert Organisation.objects.filter(name="咖啡馆（示例）").count() == 0


def test_an_invited_organisation_takes_its_seat_by_the_link(alliance, secretariat, giving):
    _invitation, path = invite(alliance=alliance, by=secretariat, organisation=giving)
    user = open_account_by_invitation(
        token=token_of(path),
        username="new-officer",
        email="new@example.org",
        display_name="联络员",
        password="a long enough passphrase",
    )
    accept_invitation(token=token_of(path), by=user)

    assert list(liaison_officers(alliance, giving)) == [user]
    with pytest.raises(ActionRefused, match="已使用"):
        accept_invitation(token=token_of(path), by=user)


def test_a_new_organisation_describes_itself_by_the_link(alliance, secretariat, outsider):
    _invitation, path = invite(alliance=alliance, by=secretariat)
    accept_invitation(
        token=token_of(path), by=outsider, category="two_new", name="书店（示例）", kind="merchant"
    )

    membership = Membership.objects.get(organisation__name="书店（示例）")
    assert membership.state == "applied"
    assert list(liaison_officers(alliance, membership.organisation)) == [outsider]


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_mailed_after_the_commit(alliance, secretariat):
    _invitation, path = invite(alliance=alliance, by=secretariat, email="desk@example.org")

    assert [m.to for m in mail.outbox] == [["desk@example.org"]]
    assert path in mail.outbox[0].body


def test_an_organisation_belongs_to_several_alliances(alliance, administrator, giving, needing):
    port = found_alliance(
        by=administrator, slug="port", name="邮轮港", lead_a=alliance.lead_a, lead_b=needing
    )
    propose_member(alliance=port, organisation=giving, category="builder", by=administrator)

    assert {m.alliance.slug for m in giving.memberships.all()} == {"historic", "port"}


def test_a_lead_body_cannot_leave(alliance, secretariat):
    membership = alliance.memberships.get(organisation=alliance.lead_a)
    with pytest.raises(ActionRefused, match="牵头单位不能退出"):
        withdraw_member(membership=membership, by=secretariat)


def test_leaving_ends_the_seats(alliance, secretariat, giver, giving):
    withdraw_member(
        membership=alliance.memberships.get(organisation=giving), by=secretariat, reason="迁出"
    )

    assert list(liaison_officers(alliance, giving)) == []
    assert list(alliances_visible_to(giver)) == []


# ---- seats -------------------------------------------------------------------------------------


def test_a_handover_leaves_every_obligation_with_the_organisation(
    alliance, giving, giver, outsider, propose
):
    commitment = propose()
    hand_over(alliance=alliance, organisation=giving, leaving=giver, taking_over=outsider, by=giver)

    assert list(desk_of(outsider).asked) == [commitment]
    assert list(desk_of(giver).asked) == []


def test_a_neighbour_cannot_hand_over_our_seat(alliance, giving, giver, receiver, outsider):
    with pytest.raises(PermissionDenied):
        hand_over(
            alliance=alliance, organisation=giving, leaving=giver, taking_over=outsider, by=receiver
        )


def test_a_lead_sits_for_the_lead_body(alliance, administrator, outsider):
    seat = appoint(alliance=alliance, user=outsider, role=Role.LEAD_A, by=administrator)

    assert seat.organisation == alliance.lead_a


def test_the_secretariat_chooses_neither_who_leads_nor_who_stops(
    alliance, secretariat, outsider, lead_a
):
    with pytest.raises(PermissionDenied):
        appoint(alliance=alliance, user=outsider, role=Role.LEAD_B, by=secretariat)
    with pytest.raises(PermissionDenied):
        end_appointment(appointment=alliance.appointments.get(user=lead_a), by=secretariat)


SEATS_OF_TWO_PEOPLE = [
    ("secretariat", Role.LEAD_A),
    ("secretariat", Role.LEAD_B),
    ("secretariat", Role.LIAISON),
    ("lead_a", Role.LEAD_B),
    ("lead_b", Role.SECRETARIAT),
    ("giver", Role.SECRETARIAT),
    ("administrator", Role.LEAD_A),
    ("administrator", Role.LIAISON),
    ("auditor", Role.LEAD_B),
    ("auditor", Role.SECRETARIAT),
]


@pytest.mark.parametrize(("persona", "role"), SEATS_OF_TWO_PEOPLE)
def test_whoever_prepares_a_decision_neither_takes_nor_promises_it(
    alliance, giving, administrator, persona, role, request
):
    user = request.getfixturevalue(persona)
    held = set(alliance.roles_of(user))

    with pytest.raises(ActionRefused):
        appoint(alliance=alliance, user=user, role=role, organisation=giving, by=administrator)

    assert set(alliance.roles_of(user)) == held


def test_the_secretariat_cannot_take_a_seat_by_its_own_invitation(alliance, giving, secretariat):
    _invitation, path = invite(alliance=alliance, organisation=giving, by=secretariat)

    with pytest.raises(ActionRefused, match="不能兼任"):
        accept_invitation(token=token_of(path), by=secretariat)


def test_the_secretariat_cannot_have_a_seat_handed_over_to_itself(
    alliance, giving, giver, secretariat
):
    with pytest.raises(ActionRefused, match="不能兼任"):
        hand_over(
            alliance=alliance,
            organisation=giving,
            leaving=giver,
            taking_over=secretariat,
            by=secretariat,
        )

    assert alliance.seat_of(giving).roles_of(giver) == [Role.LIAISON]


def test_nobody_becomes_a_lead_unseen_by_the_leads(
    alliance, lead_a, lead_b, administrator, outsider
):
    appoint(alliance=alliance, user=outsider, role=Role.LEAD_B, by=administrator)

    told = Notification.objects.values_list("user__username", flat=True)
    assert sorted(told) == ["lead-a", "lead-b"]


def test_nobody_comes_to_sign_for_an_organisation_unseen_by_it(
    alliance, giving, giver, secretariat, outsider
):
    appoint(
        alliance=alliance,
        user=outsider,
        role=Role.SIGNATORY,
        organisation=giving,
        by=secretariat,
    )

    told = giver.notifications.get(key__startswith="signatory:")
    assert told.text_zh.startswith(f"“outsider”现可代表“{giving}”")


def test_the_leads_hear_of_a_signatory_where_the_organisation_has_nobody(
    alliance, giving, lead_a, lead_b, secretariat, outsider
):
    appoint(
        alliance=alliance,
        user=outsider,
        role=Role.SIGNATORY,
        organisation=giving,
        by=secretariat,
    )

    for lead in (lead_a, lead_b):
        assert lead.notifications.filter(key__startswith="signatory:").count() == 1


def test_a_lead_may_also_speak_for_its_own_body(alliance, lead_a, secretariat):
    appoint(
        alliance=alliance,
        user=lead_a,
        role=Role.LIAISON,
        organisation=alliance.lead_a,
        by=secretariat,
    )

    assert set(alliance.roles_of(lead_a)) == {Role.LEAD_A, Role.LIAISON}


def test_a_newcomer_not_admitted_sees_nothing_more(alliance, secretariat, outsider):
    _invitation, path = invite(alliance=alliance, by=secretariat)
    facts = {"name": "新商户（示例）", "kind": "merchant", "category": "other"}
    accept_invitation(token=token_of(path), by=outsider, **facts)

    refuse_members(memberships=alliance.memberships.filter(state="applied"), by=None)

    assert list(alliances_visible_to(outsider)) == []


def test_an_old_link_does_not_bring_a_withdrawn_member_back(
    alliance, giving, secretariat, outsider
):
    _invitation, path = invite(alliance=alliance, organisation=giving, by=secretariat)
    withdraw_member(membership=alliance.memberships.get(organisation=giving), by=secretariat)

    with pytest.raises(ActionRefused, match="已过期"):
        accept_invitation(token=token_of(path), by=outsider)


def test_putting_an_organisation_forward_does_not_allow_rewriting_it(
    alliance, giving, needing, administrator, outsider
):
    other = found_alliance(
        by=administrator, slug="port", name="港片区联盟", lead_a=needing, lead_b=alliance.lead_b
    )
    appoint(alliance=other, user=outsider, role=Role.SECRETARIAT, by=administrator)
    propose_member(alliance=other, organisation=giving, category="other", by=outsider)

    with pytest.raises(ActionRefused, match="其他联盟"):
        change_organisation(organisation=giving, alliance=other, by=outsider, desk="0532-1")


def test_the_ledger_keeps_no_address_of_an_invited_person(alliance, secretariat):
    invite(alliance=alliance, email="someone@example.org", by=secretariat)

    kept = LedgerEntry.objects.get(act="invitation.made")
    assert "someone" not in kept.object_label + kept.change


def test_an_ended_seat_gives_nothing(alliance, secretariat, viewer):
    end_appointment(appointment=alliance.appointments.get(user=viewer), by=secretariat)

    assert list(alliances_visible_to(viewer)) == []


# ---- names and days ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["建设", "jsjt", "jianshe", "Builders", "建设 集团"])
def test_a_member_is_found_by_name_pinyin_and_initials(alliance, giving, needing, typed):
    found = matching_names(members_of(alliance), typed)

    assert [m.organisation for m in found] == [giving]


def test_an_organisation_is_entered_once(alliance, secretariat, giving):
    with pytest.raises(ActionRefused, match="已有名为"):
        enter_organisation(by=secretariat, alliance=alliance, name=giving.name)


def test_a_liaison_officer_corrects_the_own_organisation(alliance, giver, giving, needing):
    change_organisation(organisation=giving, alliance=alliance, by=giver, address="广兴里")
    assert Organisation.objects.get(pk=giving.pk).address == "广兴里"

    with pytest.raises(PermissionDenied):
        change_organisation(organisation=needing, alliance=alliance, by=giver, address="广兴里")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-09-29", 5, "2025-10-13"),
        ("2026-02-11", 5, "2026-02-25"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_working_days_know_holidays_and_make_up_weekends(start, days, end):
    assert add_working_days(date.fromisoformat(start), days) == date.fromisoformat(end)


def test_a_make_up_sunday_is_a_working_day():
    assert is_working_day(date(2026, 1, 4))
