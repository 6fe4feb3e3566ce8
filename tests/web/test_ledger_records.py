"""One row of the ledger on screen, and the proof that its reader takes away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Membership, Organisation, today
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Agreement, AgreementVersion, Decision, Signature
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import Checkpoint, LedgerEntry
from binglian.domain.ledger.proofs import examine
from binglian.domain.ledger.queries import records_of


@pytest.fixture
def decision(alliance: Alliance, secretariat: User) -> Decision:
    newcomer = Membership.objects.create(
        alliance=alliance, organisation=Organisation.objects.create(name="新单位"), category="other"
    )
    return ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[newcomer.pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )


def page(entry: LedgerEntry, what: str = "") -> str:
    return f"/a/{entry.chain}/ledger/{entry.number}/{what}"


def test_a_member_takes_away_the_proof_of_a_decision(
    decision: Decision, viewer: User, client_of: Callable[[User], Client]
) -> None:
    entry = records_of(decision).get()
    client = client_of(viewer)

    client.post(page(entry, "seal/"))
    response = client.get(page(entry, "proof/"))

    examined = examine(response.content.decode())
    assert [(row.record["act"], examined.is_sound) for row in examined.rows] == [
        ("decision.asked", True)
    ]
    assert response["Content-Disposition"] == (
        f'attachment; filename="historic-{entry.number}.proof.json"'
    )


def test_one_file_holds_all_that_was_done_with_an_object(
    decision: Decision, viewer: User, lead_a: User, client_of: Callable[[User], Client]
) -> None:
    answer = {"lead": "a", "answer": "yes", "note": ""}
    client_of(lead_a).post(f"/a/historic/decisions/{decision.pk}/", answer)
    first, second = records_of(decision)
    client_of(viewer).post(page(second, "seal/"))

    response = client_of(viewer).get(page(first, "proof/?all=1"))

    examined = examine(response.content.decode())
    acts = [row.record["act"] for row in examined.rows]
    assert (acts, examined.findings) == (["decision.asked", "decision.approved"], ())


def test_sealing_twice_signs_one_checkpoint(
    decision: Decision, viewer: User, client_of: Callable[[User], Client]
) -> None:
    entry = records_of(decision).get()
    for _click in range(2):
        client_of(viewer).post(page(entry, "seal/"))

    assert Checkpoint.objects.count() == 1


def test_other_rows_are_for_those_who_may_read_the_ledger(
    alliance: Alliance,
    secretariat: User,
    viewer: User,
    outsider: User,
    auditor: User,
    client_of: Callable[[User], Client],
) -> None:
    appoint(alliance=alliance, user=outsider, role=Role.VIEWER, by=secretariat)
    entry = LedgerEntry.objects.get(act="appointment.made")

    found = {who: client_of(who).get(page(entry)).status_code for who in (viewer, auditor)}

    assert found == {viewer: 403, auditor: 200}


def test_a_row_leads_to_its_object(
    decision: Decision, auditor: User, client_of: Callable[[User], Client]
) -> None:
    context: Any = client_of(auditor).get(page(records_of(decision).get())).context

    assert context["link"] == f"/a/historic/decisions/{decision.pk}/"


def test_a_signature_is_proven_to_every_member_from_the_agreements_page(
    alliance: Alliance, giving: Organisation, viewer: User, client_of: Callable[[User], Client]
) -> None:
    signature = signed_by(giving, alliance, viewer)
    with transaction.atomic():
        entry = record(viewer, "agreement.signed", signature, within=alliance, organisation=giving)

    page_of_version = client_of(viewer).get(signature.version.path).content.decode()
    row = client_of(viewer).get(page(entry))

    assert f'href="{page(entry)}"' in page_of_version
    assert row.context["link"] == signature.version.path


def signed_by(organisation: Organisation, alliance: Alliance, by: User) -> Signature:
    version = AgreementVersion.objects.create(
        agreement=Agreement.objects.create(alliance=alliance, title="共建协议"),
        number=1,
        state=AgreementVersion.State.SIGNING,
        digest="ab" * 32,
        frozen_at=now(),
        sign_until=today(),
        drafted_by=by,
    )
    return Signature.objects.create(
        version=version,
        organisation=organisation,
        state=Signature.State.SIGNED,
        by=by,
        at=now(),
        authority="授权",
        consent="同意",
        digest=version.digest,
        method=Signature.Method.TOTP,
        verified_at=now(),
    )
