"""Files signed for who confirmed, sealed, kept."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from django.utils.timezone import now

from binglian.domain.governance.actions import prepare_certificates, revoke_certificate
from binglian.domain.governance.actions.sealing import Confirmation, seal_file
from binglian.domain.governance.key_ring import trust
from binglian.domain.governance.models import Certificate, SignedFile
from binglian.domain.governance.queries import (
    last_signed,
    signed_files_visible_to,
    signing_code,
)
from binglian.domain.governance.signing_keys import current_certificate
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.refusals import ActionRefused
from binglian.papers.agreement import AgreementPaper, Clause, Party, typeset
from binglian.papers.signing.authority import Authority, make_key
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.examining import examine, is_sound

pytestmark = pytest.mark.django_db

FROZEN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def pdf(giving, needing) -> bytes:
    parties = tuple(Party(signing_code(one), one.name) for one in (giving, needing))
    return typeset(
        AgreementPaper("联盟", "共建协议", FROZEN, parties, (Clause("宗旨", "互通资源。"),))
    )


@pytest.fixture
def seal(alliance, giving, needing, pdf):
    def make(content: bytes = pdf) -> SignedFile:
        later = Confirmation(giving, now(), "同意")
        earlier = Confirmation(needing, now() - timedelta(days=1), "同意")
        return seal_file(
            alliance=alliance,
            origin="agreement-version:1",
            title="共建协议",
            pdf=content,
            confirmations=[later, earlier],
        )

    return make


def test_a_sealed_file_holds_everybody_in_the_order_of_confirming(seal, giving, needing):
    file = seal()

    found = examine(bytes(file.content), trust())
    codes = [signing_code(needing), signing_code(giving), "platform"]
    assert ([f.code for f in found], is_sound(found)) == (codes, True)
    assert (file.signatures, file.edition) == (3, 1)
    assert file.digest == hashlib.sha256(bytes(file.content)).hexdigest()


def test_the_same_paper_is_sealed_once(seal):
    assert seal() == seal()


def test_a_changed_paper_is_a_new_edition_and_the_old_one_stays(seal, pdf, giving, needing):
    first = seal()
    parties = tuple(Party(signing_code(one), one.name) for one in (giving, needing))
    other = AgreementPaper("联盟", "共建协议", FROZEN, parties, (Clause("宗旨", "另写。"),))

    second = seal(typeset(other))

    assert [(f.pk, f.edition) for f in SignedFile.objects.order_by("pk")] == [
        (first.pk, 1),
        (second.pk, 2),
    ]
    assert last_signed("agreement-version:1") == second


def test_a_revoked_organisation_is_not_signed_for(seal, giving):
    prepare_certificates(organisations=[giving], by=None)
    certificate = current_certificate(signing_code(giving))
    revoke_certificate(serial=certificate.serial, is_compromised=True, by=None)

    with pytest.raises(ActionRefused, match="证书已吊销"):
        seal()


def test_what_was_signed_before_the_revocation_stays_valid(seal, giving):
    file = seal()
    certificate = current_certificate(signing_code(giving))

    revoked = revoke_certificate(serial=certificate.serial, is_compromised=True, by=None)
    # Lists and signatures tell whole seconds; within one, a signature counts as later.
    Certificate.objects.filter(pk=revoked.pk).update(revoked_at=now() + timedelta(seconds=1))

    assert is_sound(examine(bytes(file.content), trust()))


def test_without_their_key_nobody_signs(seal, settings):
    seal()
    settings.KEY_ENCRYPTION_KEY = "lost"

    with pytest.raises(ActionRefused, match="BINGLIAN_KEY_ENCRYPTION_KEY"):
        seal(b"%PDF another paper")


def test_time_stamps_that_do_not_come_are_said(seal, settings):
    settings.TSA_URL = "http://127.0.0.1:9/tsa"

    with pytest.raises(ActionRefused, match="没有应答"):
        seal()
    assert not SignedFile.objects.exists()


@pytest.fixture
def outside(giving, needing, settings, tmp_path) -> Authority:
    """An outside authority that certified everybody who signs; not trusted yet."""
    authority = Authority.found("Outside CA", now())
    for code in (signing_code(giving), signing_code(needing), PLATFORM):
        key = make_key()
        certificate = authority.certify(code, key.public_key(), now())
        content = pkcs12.serialize_key_and_certificates(
            code.encode(),
            key,
            certificate,
            [authority.certificate],
            BestAvailableEncryption(b"of the files"),
        )
        (tmp_path / f"{code}.p12").write_bytes(content)
    settings.SIGNING = "pkcs12"
    settings.PKCS12_FOLDER, settings.PKCS12_PASSWORD = str(tmp_path), "of the files"
    return authority


def test_keys_of_an_outside_authority_seal_once_the_operator_trusts_it(
    seal, outside, settings, tmp_path
):
    with pytest.raises(ActionRefused, match="BINGLIAN_TRUST"):
        seal()
    assert not SignedFile.objects.exists()

    roots = tmp_path / "roots.pem"
    roots.write_bytes(outside.certificate.public_bytes(Encoding.PEM))
    settings.TRUST_FILE = str(roots)
    file = seal()

    assert is_sound(examine(bytes(file.content), trust()))
    assert not Certificate.objects.exists()


def test_the_ledger_knows_the_digest_of_the_file(seal, alliance):
    file = seal()

    entry = LedgerEntry.objects.get(chain=alliance.slug, act="file.sealed")
    assert f'"digest":"{file.digest}"' in entry.change


def test_only_who_may_see_the_alliance_sees_its_files(seal, viewer, outsider):
    file = seal()

    assert list(signed_files_visible_to(viewer)) == [file]
    assert list(signed_files_visible_to(outsider)) == []
