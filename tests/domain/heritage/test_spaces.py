"""Rooms to let are offers; who asks for them becomes a need of the same loop."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.actions import accept_commitment, decline_commitment
from binglian.domain.coupling.models import Commitment
from binglian.domain.heritage.actions import (
    SpaceWish,
    apply_for_space,
    decline_application,
    erase_due_applications,
    read_application_contact,
    save_space,
    take_up_application,
    withdraw_application,
    withdraw_space,
)
from binglian.domain.heritage.models import Place, Space
from binglian.domain.heritage.queries import (
    application_by_token,
    applications_visible_to,
    commitment_of,
    public_spaces,
)
from binglian.domain.ledger.queries import records_of
from binglian.domain.refusals import ActionRefused


def test_a_space_is_an_offer_of_its_owner(room: Space, giving: Organisation):
    offer = room.offer

    assert (offer.kind, offer.organisation, offer.quantity, offer.unit) == (
        "premises",
        giving,
        1,
        "处",
    )
    assert (offer.tags, offer.price, offer.longitude) == (["咖啡", "文创"], 1800, 120.32)
    assert offer.title == "广兴里（示例） · 一层东厢 · 40 ㎡"


def test_only_owner_and_agent_let(courtyard: Place, needing: Organisation, secretariat: User):
    with pytest.raises(ActionRefused, match="不能出租"):
        save_space(place=courtyard, landlord=needing, by=secretariat, area=10)


def test_an_application_becomes_a_need_and_the_owner_is_asked(
    room: Space, wish: SpaceWish, needing: Organisation, secretariat: User, giver: User
):
    application, _token = apply_for_space(space=room, wish=wish)
    commitment = take_up_application(application=application, on_behalf=needing, by=secretariat)

    assert (commitment.state, commitment.giver, commitment.receiver, commitment.run) == (
        "proposed",
        room.offer.organisation,
        needing,
        None,
    )
    need = commitment.component.need
    assert list(need.prefers.all()) == [room.offer.organisation]
    assert need.title == f"{application.number} 咖啡：{room.offer.title}"
    application.refresh_from_db()
    assert (application.state, commitment_of(application)) == ("taken_up", commitment)

    accept_commitment(commitment=commitment, by=giver)

    assert list(public_spaces(room.place.alliance)) == []


def test_a_space_that_was_declined_stays_open_for_others(
    room: Space, wish: SpaceWish, needing: Organisation, secretariat: User, giver: User
):
    application, _token = apply_for_space(space=room, wish=wish)
    commitment = take_up_application(application=application, on_behalf=needing, by=secretariat)
    decline_commitment(commitment=commitment, by=giver, why="业态已满")

    assert list(public_spaces(room.place.alliance)) == [room]


def test_the_owner_does_not_stand_for_the_applicant(
    room: Space, wish: SpaceWish, giving: Organisation, secretariat: User
):
    application, _token = apply_for_space(space=room, wish=wish)

    with pytest.raises(ActionRefused, match="不能替申请人"):
        take_up_application(application=application, on_behalf=giving, by=secretariat)


def test_the_secretariat_sees_all_applications_and_an_owner_its_own(
    alliance: Alliance,
    room: Space,
    wish: SpaceWish,
    secretariat: User,
    giver: User,
    receiver: User,
):
    application, _token = apply_for_space(space=room, wish=wish)
    seen = [set(applications_visible_to(user, alliance)) for user in (secretariat, giver, receiver)]

    assert seen == [{application}, {application}, set()]


def test_the_contact_is_encrypted_and_every_look_recorded(
    room: Space, wish: SpaceWish, giver: User, receiver: User
):
    application, _token = apply_for_space(space=room, wish=wish)

    assert b"13900000000" not in bytes(application.sealed)
    contact = read_application_contact(application=application, reason="约看房", by=giver)
    assert contact == {"name": "掌柜", "phone": "13900000000"}
    assert [r.act for r in records_of(application)] == [
        "space_application.received",
        "space_application.contact_read",
    ]
    with pytest.raises(PermissionDenied):
        read_application_contact(application=application, reason="好奇", by=receiver)


def test_no_name_of_an_applicant_enters_the_ledger(room: Space, wish: SpaceWish):
    application, token = apply_for_space(space=room, wish=wish)
    kept = records_of(application).get()

    assert kept.object_label == application.number
    assert not any(word in str(kept.change) for word in (wish.applicant, "掌柜", "139", token))


def test_the_applicant_takes_everything_back_by_the_secret_link(room: Space, wish: SpaceWish):
    _application, token = apply_for_space(space=room, wish=wish)
    found = application_by_token(token)
    withdrawn = withdraw_application(application=found)

    assert (withdrawn.state, bytes(withdrawn.sealed), withdrawn.text) == ("withdrawn", b"", "")


def test_contacts_are_erased_when_they_are_due(room: Space, wish: SpaceWish):
    application, _token = apply_for_space(space=room, wish=wish)
    day = localdate()

    assert erase_due_applications(today=day + timedelta(days=179)) == 0
    assert erase_due_applications(today=day + timedelta(days=180)) == 1
    application.refresh_from_db()
    assert bytes(application.sealed) == b""


def test_a_declined_applicant_reads_why(room: Space, wish: SpaceWish, giver: User):
    application, _token = apply_for_space(space=room, wish=wish)
    with pytest.raises(ActionRefused, match="请写明原因"):
        decline_application(application=application, reason=" ", by=giver)
    declined = decline_application(application=application, reason="不接油烟", by=giver)

    assert (declined.state, declined.reason) == ("declined", "不接油烟")


def test_nobody_asks_for_what_is_off_the_list(room: Space, wish: SpaceWish, giver: User):
    withdraw_space(space=room, by=giver)

    with pytest.raises(ActionRefused, match="已不在招租"):
        apply_for_space(space=room, wish=wish)


def test_a_hidden_courtyard_lets_nothing_in_public(
    room: Space, courtyard: Place, secretariat: User
):
    courtyard.is_public = False
    courtyard.save()

    assert list(public_spaces(courtyard.alliance)) == []


def test_what_a_machine_may_have_written_reaches_the_secretariat_alone(
    room: Space, wish: SpaceWish, secretariat: User, giver: User
):
    apply_for_space(space=room, wish=wish, doubts=["没有算出凭证"])

    told = [user.notifications.filter(key__startswith="space_application").count()
            for user in (secretariat, giver)]  # fmt: skip
    assert told == [1, 0]


def test_a_commitment_asked_for_directly_fits_what_is_offered(
    room: Space, propose, secretariat: User
):
    other: Commitment = propose()

    assert other.run is not None
