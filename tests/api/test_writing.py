"""A member's own program: what it may do for its member, once, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from binglian.domain.clients.actions import register_client
from binglian.domain.clients.models import ApiClient
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.models import Matter
from binglian.domain.refusals import ActionRefused

PLACE = "/api/v1/alliances/historic"
OFFER = {"title": "会议室", "kind": "venue", "quantity": 2.5, "unit": "间"}
NEED = {"title": "议事场地", "components": [{"kind": "venue", "quantity": 1}]}


@pytest.fixture
def program(alliance, giving, giver) -> str:
    """The key of a program of the giving member."""
    return register_client(
        alliance=alliance,
        organisation=giving,
        name="资产系统",
        contact="办公电话",
        scopes=["lists", "commitments"],
        per_minute=6000,
        by=giver,
    ).key


@pytest.fixture
def post(client: Client, program: str) -> Any:
    def send(path: str, content: Any, key: str = program, **headers: str) -> Any:
        headers = {"X-API-Key": key} | headers if key else headers
        return client.post(
            f"{PLACE}{path}", content, content_type="application/json", headers=headers
        )

    return send


def test_a_program_enters_an_offer_for_its_member(post, giving, giver) -> None:
    response = post("/own/offers", OFFER)

    offer = Offer.objects.get()
    assert response.status_code == 200
    assert response.json() == {
        "id": offer.pk,
        "number": "R-001",
        "title": "会议室",
        "state": "open",
    }
    assert (offer.organisation, str(offer.quantity)) == (giving, "2.50")
    acts = list(LedgerEntry.objects.order_by("-number").values_list("act", "user")[:2])
    assert acts == [("client.acted", giver.username), ("offer.entered", giver.username)]


def test_what_is_sent_twice_with_one_key_is_done_once(post) -> None:
    first, again = (post("/own/offers", OFFER, **{"Idempotency-Key": "1"}) for _ in range(2))
    other = post("/own/offers", OFFER | {"title": "操场"}, **{"Idempotency-Key": "1"})

    assert first.json() == again.json()
    assert other.status_code == 422  # as the IETF's draft of this header says
    assert Offer.objects.count() == 1


def test_a_key_in_quotation_marks_is_the_same_key(post) -> None:
    keys = ("8e03978e", '"8e03978e"')

    first, again = (post("/own/offers", OFFER, **{"Idempotency-Key": key}) for key in keys)

    assert first.json() == again.json()
    assert Offer.objects.count() == 1


def test_needs_are_entered_and_withdrawn(post, giving) -> None:
    made = post("/own/needs", NEED).json()
    gone = post(f"/own/needs/{made['id']}/withdraw", {})

    assert gone.json()["state"] == "withdrawn"
    assert Need.objects.get().organisation == giving
    assert post(f"/own/needs/{made['id']}/withdraw", {}).status_code == 409


def test_another_members_rows_are_not_there(post, make_need, propose, needing) -> None:
    need = make_need()
    Commitment.objects.filter(pk=propose().pk).update(giver=needing)

    assert post(f"/own/needs/{need.pk}/withdraw", {}).status_code == 404
    assert post(f"/own/commitments/{Commitment.objects.get().pk}/accept", {}).status_code == 404


def test_a_proposal_is_accepted_and_delivered(post, propose, client, program) -> None:
    commitment = propose()
    [shown] = client.get(f"{PLACE}/own/commitments", headers={"X-API-Key": program}).json()["items"]
    assert (shown["id"], shown["state"], shown["is_ours"]) == (commitment.pk, "proposed", True)

    where = f"/own/commitments/{commitment.pk}"
    assert post(f"{where}/accept", {}).json()["state"] == "accepted"
    assert post(f"{where}/accept", {}).status_code == 409
    done = {"quantity": 1, "delivered_on": "2026-03-02"}
    assert post(f"{where}/deliver", done).json()["state"] == "delivered"


def test_a_proposal_is_declined_with_its_reason(post, propose) -> None:
    where = f"/own/commitments/{propose().pk}/decline"

    assert post(where, {"why": " "}).status_code == 422
    assert post(where, {"why": "已借出"}).json()["state"] == "declined"
    assert Commitment.objects.get().explanation == "已借出"


def test_without_a_key_or_with_a_lesser_one_nothing_is_written(
    post, alliance, secretariat, program
) -> None:
    reading = register_client(
        alliance=alliance, name="看板", contact="电话", scopes=["read"], by=secretariat
    ).key

    refused = post("/own/offers", OFFER, key="")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert refused["Content-Type"] == "application/problem+json"
    assert post("/own/offers", OFFER, key=reading).status_code == 403
    assert post("/own/offers", OFFER, key="bl_wrong").status_code == 403
    assert not Offer.objects.exists()


def test_a_program_may_no_more_than_its_officer(post, giver, alliance) -> None:
    alliance.appointments.filter(user=giver).delete()

    assert post("/own/offers", OFFER).status_code == 403
    assert not Offer.objects.exists()


def test_only_an_officer_of_the_member_gives_a_program_its_voice(
    alliance, giving, needing, giver, secretariat
) -> None:
    facts = {"alliance": alliance, "name": "程序", "contact": "电话", "scopes": ["lists"]}

    for by, whose in ((secretariat, giving), (giver, needing), (None, giving)):
        with pytest.raises(PermissionDenied):
            register_client(by=by, organisation=whose, **facts)
    with pytest.raises(ActionRefused, match="联络员"):
        register_client(by=secretariat, **facts)
    assert not ApiClient.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"quantity": -1}, {"quantity": 1.234}, {"quantity": "NaN"}, {"title": " "}),
        *({"title": "长" * 121}, {"longitude": 120}, {"longitude": 181, "latitude": 0}),
        *({"kind": "Venue"}, {"tags": [""]}, {"note": "\0"}),
    ],
)
def test_what_cannot_be_is_named(post, wrong: dict[str, Any]) -> None:
    response = post("/own/offers", OFFER | wrong)

    assert response.status_code == 422
    assert any(
        f"wanted.{name}" in error or "together" in error
        for name in wrong
        for error in response.json()["errors"]
    )


def test_a_kind_the_alliance_does_not_have_is_refused(post) -> None:
    assert post("/own/offers", OFFER | {"kind": "spaceship"}).status_code == 409


def test_a_matter_is_reported(post, app, drains) -> None:
    response = post("/matters", {"text": "积水", "category": "drains"}, key=app.key)

    assert response.status_code == 200
    matter = Matter.objects.get()
    assert (response.json()["number"], matter.source) == (matter.number, "api")
    assert post("/matters", {"text": "积水", "category": "x"}, key=app.key).status_code == 422
