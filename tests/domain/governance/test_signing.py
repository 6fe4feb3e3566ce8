"""Who may sign, with what proof, and what is kept of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import (
    accede,
    check_paper,
    decline_agreement,
    hand_in_paper,
    sign_agreement,
)
from binglian.domain.governance.models import Signature
from binglian.domain.governance.queries.agreements import signing_words
from binglian.domain.governance.step_up import StepUp
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused

SCAN = b"%PDF-1.7 a sealed sheet"


@pytest.fixture
def version(draft, freeze, members):
    return freeze(draft)


def attempt(version, organisation, by, consent=None):
    return sign_agreement(
        version=version,
        organisation=organisation,
        by=by,
        consent=consent or signing_words(version, organisation, by).consent,
        step_up=StepUp(Signature.Method.TOTP, now()),
    )


def test_a_signature_keeps_who_what_how_and_in_what_capacity(version, giving, sign, signatory_of):
    kept = sign(version, giving)

    assert (kept.by, kept.method, kept.digest) == (signatory_of(giving), "totp", version.digest)
    assert kept.consent.endswith(f"文本摘要（SHA-256）：{version.digest}。")
    assert kept.authority.startswith("建设集团（示例）授权签署人")
    entry = LedgerEntry.objects.get(act="agreement.signed")
    assert (entry.organisation, version.digest in entry.change) == ("建设集团（示例）", True)


@pytest.mark.parametrize(
    "persona", ["giver", "receiver", "secretariat", "lead_a", "viewer", "administrator", "auditor"]
)
def test_nobody_but_the_signatory_signs(version, giving, persona, request):
    with pytest.raises(PermissionDenied):
        attempt(version, giving, request.getfixturevalue(persona))


def test_a_signatory_signs_for_no_neighbour(version, giving, needing, signatory_of):
    with pytest.raises(PermissionDenied):
        attempt(version, needing, signatory_of(giving))


def test_a_proof_older_than_five_minutes_does_not_count(version, giving, sign):
    with pytest.raises(ActionRefused, match="5 分钟"):
        sign(version, giving, at=now() - timedelta(minutes=5, seconds=1))


def test_what_is_agreed_to_is_the_frozen_text(version, giving, signatory_of):
    with pytest.raises(ActionRefused, match="不是定稿"):
        attempt(version, giving, signatory_of(giving), consent="同意")


def test_nobody_signs_twice(version, giving, sign):
    sign(version, giving)

    with pytest.raises(ActionRefused, match="已答复：已确认"):
        sign(version, giving)


def test_nobody_signs_a_draft(draft, giving, sign):
    with pytest.raises(ActionRefused, match="不在确认期内"):
        sign(draft, giving)


def test_declining_needs_a_reason(version, giving, signatory_of):
    with pytest.raises(ActionRefused, match="理由"):
        decline_agreement(version=version, organisation=giving, by=signatory_of(giving), why=" ")


def test_nobody_accedes_before_it_is_in_force_or_twice(version, members, giving, sign):
    with pytest.raises(ActionRefused, match="不能加入"):
        sign(version, giving, act=accede)
    sign(version, *members)
    with pytest.raises(ActionRefused, match="不能加入"):
        sign(version, giving, act=accede)


def test_a_signature_without_consent_cannot_be_stored(version, giving, sign):
    kept = sign(version, giving)

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=kept.pk).update(consent="")


# ---- on paper ----------------------------------------------------------------------------------


@pytest.fixture
def colleague(alliance, viewer):
    """A second person of the secretariat."""
    alliance.appointments.create(user=viewer, role=Role.SECRETARIAT.value, from_on=today())
    return viewer


@pytest.fixture
def paper(version, giving, secretariat):
    return hand_in_paper(
        version=version, organisation=giving, scan=SCAN, scan_name="盖章页.pdf", by=secretariat
    )


def test_a_sealed_paper_counts_once_another_person_has_compared_it(paper, colleague, secretariat):
    with pytest.raises(ActionRefused, match="另一人"):
        check_paper(signature=paper, by=secretariat, is_right=True)

    kept = check_paper(signature=paper, by=colleague, is_right=True)

    assert (kept.state, kept.by, kept.confirmed_by) == ("signed", secretariat, colleague)
    assert (bytes(kept.scan), kept.digest) == (SCAN, paper.version.digest)


def test_a_paper_that_does_not_fit_is_awaited_again(paper, colleague):
    kept = check_paper(signature=paper, by=colleague, is_right=False, why="缺第二页")

    assert (kept.state, kept.scan, kept.method) == ("awaited", None, "")


def test_what_is_no_scan_is_refused(version, giving, secretariat):
    with pytest.raises(ActionRefused, match="PDF、JPG 或 PNG"):
        hand_in_paper(
            version=version, organisation=giving, scan=b"MZ", scan_name="a.exe", by=secretariat
        )


def test_a_neighbour_hands_in_no_paper(version, giving, needing, signatory_of):
    with pytest.raises(PermissionDenied):
        hand_in_paper(
            version=version,
            organisation=giving,
            scan=SCAN,
            scan_name="a.pdf",
            by=signatory_of(needing),
        )


@pytest.mark.parametrize("minutes", [6, -6])
def test_a_proof_of_another_time_is_none(version, giving, signatory_of, minutes):
    by = signatory_of(giving)

    with pytest.raises(ActionRefused, match="重新核验"):
        sign_agreement(
            version=version,
            organisation=giving,
            by=by,
            consent=signing_words(version, giving, by).consent,
            step_up=StepUp(Signature.Method.TOTP, now() - timedelta(minutes=minutes)),
        )


def test_an_organisation_hears_of_a_paper_in_its_name(
    version, giving, giver, secretariat, signatory_of
):
    signatory = signatory_of(giving)
    hand_in_paper(
        version=version, organisation=giving, scan=SCAN, scan_name="scan.pdf", by=secretariat
    )

    told = [
        who.notifications.filter(text_zh__contains="如非贵单位所交").count()
        for who in (giver, signatory, secretariat)
    ]
    assert told == [1, 1, 0]


def test_an_organisation_hears_what_was_signed_in_its_name(
    version, giving, giver, sign, signatory_of
):
    sign(version, giving)

    told = [
        who.notifications.filter(text_zh__startswith=f"“{giving}”已确认").count()
        for who in (giver, signatory_of(giving))
    ]
    assert told == [1, 0]
