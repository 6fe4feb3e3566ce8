"""Certificates: issued when needed, replaced, revoked; keys stay where they are."""

import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from binglian.domain.governance.actions import (
    prepare_certificates,
    revoke_certificate,
    rotate_certificate,
)
from binglian.domain.governance.models import Certificate, SigningKey
from binglian.domain.governance.queries import certificate_state, signing_code
from binglian.domain.governance.signing_keys import authority, current_certificate, unlocked
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from binglian.papers.refusal import PaperRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def certified(giving) -> Certificate:
    """The certificate of the giving member."""
    prepare_certificates(organisations=[giving], by=None)
    return Certificate.objects.get(organisation=giving)


def states() -> list[tuple[str, str]]:
    rows = Certificate.objects.exclude(code__in=["root", "platform"]).order_by("pk")
    return [(row.code, certificate_state(row)) for row in rows]


def test_the_first_need_founds_the_authority_and_certifies_platform_and_organisation(giving):
    prepare_certificates(organisations=[giving], by=None)
    prepare_certificates(organisations=[giving], by=None)

    codes = sorted(Certificate.objects.values_list("code", flat=True))
    assert codes == sorted(["root", "platform", signing_code(giving)])
    assert SigningKey.objects.count() == 3


def test_an_organisation_signs_as_its_credit_code_or_a_number_of_ours(giving, needing):
    giving.credit_code = "91110000101623741K"
    giving.save()
    assert signing_code(giving) == "91110000101623741K"

    needing.credit_code = giving.credit_code  # a branch that uses its parent's
    needing.save()
    assert signing_code(needing) == f"N{needing.pk:06d}"


@pytest.mark.parametrize("code", ["root", "platform", "ROOT", "N000001", "91110000101623741k"])
def test_nobody_signs_as_the_platform_by_stating_its_name(giving, code):
    giving.credit_code = code
    giving.save()

    assert signing_code(giving) == f"N{giving.pk:06d}"


def test_nobody_signs_with_the_certificate_of_who_stated_the_same_code_before(giving, needing):
    giving.credit_code = "91110000101623741K"
    giving.save()
    prepare_certificates(organisations=[giving], by=None)
    giving.credit_code = ""
    giving.save()

    needing.credit_code = "91110000101623741K"
    needing.save()

    assert signing_code(needing) == f"N{needing.pk:06d}"


def test_an_organisation_keeps_its_code_while_it_has_a_certificate(certified, giving):
    giving.credit_code = "91110000101623741K"
    giving.save()

    assert signing_code(giving) == certified.code


def test_a_key_is_stored_encrypted_and_bound_to_its_certificate(certified, settings):
    plain = unlocked(certified).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert plain[-32:] not in bytes(certified.key.locked)

    settings.KEY_ENCRYPTION_KEY = "another"
    with pytest.raises(PaperRefused, match="打不开证书"):
        unlocked(certified)


def test_no_key_leaves_in_the_ledger_or_an_export(certified):
    locked = bytes(certified.key.locked).hex()
    ledger = json.dumps(list(LedgerEntry.objects.values()), default=str)
    exported = serializers.serialize(
        "json", SigningKey.objects.defer("locked"), fields=["certificate"]
    )

    assert ("PRIVATE" in ledger, locked in ledger, locked in exported) == (False, False, False)


def test_rotation_gives_a_new_key_and_destroys_the_old_one(certified):
    made = rotate_certificate(code=certified.code, by=None)

    assert states() == [(certified.code, "replaced"), (certified.code, "current")]
    assert not SigningKey.objects.filter(certificate=certified).exists()
    assert current_certificate(certified.code) == made


def test_a_revoked_organisation_does_not_sign_until_its_certificate_is_replaced(certified, giving):
    revoke_certificate(serial=certified.serial[:10], is_compromised=True, by=None)

    with pytest.raises(ActionRefused, match="证书已吊销。请先换发"):
        prepare_certificates(organisations=[giving], by=None)
    rotate_certificate(code=certified.code, by=None)
    prepare_certificates(organisations=[giving], by=None)
    assert states() == [(certified.code, "revoked"), (certified.code, "current")]


def test_an_expired_certificate_is_replaced_when_it_is_needed(certified, giving):
    Certificate.objects.filter(pk=certified.pk).update(until_at=certified.from_at)

    prepare_certificates(organisations=[giving], by=None)

    assert states() == [(certified.code, "replaced"), (certified.code, "current")]


def test_the_root_can_be_replaced_and_what_it_certified_still_signs(certified):
    old = authority().certificate
    rotate_certificate(code="root", by=None)

    assert authority().certificate != old
    certified.parsed.verify_directly_issued_by(old)
    assert current_certificate(certified.code) == certified


@pytest.mark.parametrize(
    ("serial", "why"),
    [("", "没有，或不止一张"), ("zzzz", "没有，或不止一张"), ("root", "根证书不吊销，只更换")],
)
def test_what_cannot_be_revoked_is_refused(certified, serial, why):
    if serial == "root":
        serial = Certificate.objects.get(code="root").serial

    with pytest.raises(ActionRefused, match=why):
        revoke_certificate(serial=serial, is_compromised=True, by=None)


def test_nothing_is_revoked_twice(certified):
    revoke_certificate(serial=certified.serial, is_compromised=False, by=None)

    with pytest.raises(ActionRefused, match="已吊销"):
        revoke_certificate(serial=certified.serial, is_compromised=False, by=None)


def test_a_code_that_never_had_a_certificate_is_not_rotated(certified):
    with pytest.raises(ActionRefused, match="没有代码为 X1 的证书"):
        rotate_certificate(code="X1", by=None)


def test_only_the_platform_administrator_replaces_and_revokes(
    certified, secretariat, administrator
):
    for act in (
        lambda by: rotate_certificate(code=certified.code, by=by),
        lambda by: revoke_certificate(serial=certified.serial, is_compromised=True, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(secretariat)
    rotate_certificate(code=certified.code, by=administrator)


def test_every_act_is_in_the_ledger(certified, administrator):
    rotate_certificate(code=certified.code, by=administrator)
    newest = current_certificate(certified.code)
    revoke_certificate(serial=newest.serial, is_compromised=True, by=administrator)

    acts = LedgerEntry.objects.filter(chain="platform", act__startswith="certificate.")
    assert list(acts.values_list("act", "user")) == [
        ("certificate.issued", ""),
        ("certificate.issued", ""),
        ("certificate.issued", ""),
        ("certificate.issued", "administrator"),
        ("certificate.revoked", "administrator"),
    ]


def test_the_database_knows_one_current_certificate_for_a_code(certified):
    copy = Certificate.objects.get(pk=certified.pk)
    copy.pk, copy.serial = None, "ff"

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
