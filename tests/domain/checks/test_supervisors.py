"""Residents choose somebody to look at sites; a community names them; answers are on record."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment
from binglian.domain.checks.actions import (
    answer_observation,
    appoint_supervisor,
    decline_nomination,
    file_observation,
    nominate_supervisor,
)
from binglian.domain.checks.queries import (
    community_of,
    nominations_visible_to,
    observations_visible_to,
    public_observations,
)
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused

EMAIL = "resident@example.org"


@pytest.fixture
def nomination(alliance, needing, receiver):
    """The community's liaison officer names somebody."""
    return nominate_supervisor(
        alliance=alliance,
        organisation=needing,
        email=EMAIL,
        chosen_how="居民会议举手推选",
        by=receiver,
    )


@pytest.fixture
def supervisor(nomination, secretariat) -> User:
    return appoint_supervisor(nomination=nomination, by=secretariat)[0]


@pytest.fixture
def observation(supervisor, site):
    return file_observation(project=site, place="北门围挡", text="围挡缺一块。", by=supervisor)


def test_who_is_named_gets_an_account_called_by_the_community(
    supervisor, nomination, alliance, needing
):
    nomination.refresh_from_db()

    assert (nomination.state, nomination.email, supervisor.email) == ("appointed", "", EMAIL)
    assert supervisor.display_name == f"群众监督员（{needing.name} {nomination.pk}）"
    assert community_of(supervisor, alliance) == needing
    assert alliance.roles_of(supervisor) == [Role.SUPERVISOR]


def test_the_ledger_knows_the_community_and_not_the_address(supervisor, alliance):
    assert LedgerEntry.objects.filter(act="supervisor.nominated").count() == 1
    told = LedgerEntry.objects.filter(chain=alliance.slug)
    kept = "".join(f"{one.object_label}{one.change}{one.user}" for one in told)

    assert EMAIL not in kept


def test_somebody_with_an_account_gets_the_seat_and_no_second_account(
    nomination, outsider, alliance, secretariat
):
    User.objects.filter(pk=outsider.pk).update(email=EMAIL)

    assert appoint_supervisor(nomination=nomination, by=secretariat) == (outsider, False)


def test_a_company_names_no_supervisor_and_the_secretariat_confirms(
    alliance, giving, giver, nomination, receiver, secretariat
):
    with pytest.raises(ActionRefused, match="由社区或街道提名"):
        nominate_supervisor(
            alliance=alliance, organisation=giving, email="x@example.org", chosen_how="?", by=giver
        )
    with pytest.raises(PermissionDenied):
        appoint_supervisor(nomination=nomination, by=receiver)
    assert list(nominations_visible_to(giver, alliance)) == []
    assert list(nominations_visible_to(receiver, alliance)) == [nomination]
    decline_nomination(nomination=nomination, reason="已有两位", by=secretariat)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.email) == ("declined", "")


def test_the_same_person_is_not_named_twice(nomination, alliance, needing, receiver):
    with pytest.raises(ActionRefused, match="已经提名"):
        nominate_supervisor(
            alliance=alliance,
            organisation=needing,
            email=EMAIL.upper(),
            chosen_how="再推选",
            by=receiver,
        )


def test_what_a_supervisor_saw_is_answered_in_public(observation, site, giver, viewer, outsider):
    assert list(public_observations(site)) == []
    assert list(observations_visible_to(viewer)) == [observation]
    assert list(observations_visible_to(outsider)) == []

    answer_observation(observation=observation, answer="当天补齐。", is_public=True, by=giver)

    assert [(one.text, one.answer) for one in public_observations(site)] == [
        ("围挡缺一块。", "当天补齐。")
    ]
    with pytest.raises(ActionRefused, match="已答复"):
        answer_observation(observation=observation, answer="再答", is_public=True, by=giver)


def test_an_answer_may_stay_inside(observation, site, giver):
    answer_observation(observation=observation, answer="涉及住户。", is_public=False, by=giver)

    assert list(public_observations(site)) == []


def test_only_supervisors_observe_and_only_the_site_answers(
    observation, site, giver, receiver, supervisor
):
    with pytest.raises(PermissionDenied):
        file_observation(project=site, place="南门", text="扬尘。", by=giver)
    with pytest.raises(PermissionDenied):
        answer_observation(observation=observation, answer="好。", is_public=True, by=receiver)


def test_nobody_answers_their_own_observation(observation, alliance, giving, supervisor, giver):
    Appointment.objects.filter(user=giver).update(user=supervisor)

    with pytest.raises(PermissionDenied):
        answer_observation(observation=observation, answer="好。", is_public=True, by=supervisor)


def test_persons_are_kept_out_of_what_is_said(site, supervisor, observation, giver):
    with pytest.raises(ActionRefused, match="手机号"):
        file_observation(project=site, place="南门", text="工头电话 13900001234", by=supervisor)
    with pytest.raises(ActionRefused, match="手机号"):
        answer_observation(
            observation=observation, answer="请打 13900001234", is_public=True, by=giver
        )
