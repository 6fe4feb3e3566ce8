"""Keys and time-stamps that come from outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from binglian.papers.agreement import AgreementPaper, Party, typeset
from binglian.papers.refusal import PaperRefused
from binglian.papers.signing.authority import Authority, make_key
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.examining import Trust, examine, is_sound
from binglian.papers.signing.keyrings import Pkcs11Ring, Pkcs12Ring
from binglian.papers.signing.sealing import Party as Signing
from binglian.papers.signing.sealing import sign_all
from binglian.papers.signing.timestamping import HttpTimeStamper
from tests.papers.time_authority import time_authority

PASSWORD = "of the files"


@pytest.fixture
def two(paper: AgreementPaper) -> bytes:
    parties = (Party("A1", "甲"), Party("A2", "乙"))
    return typeset(replace(paper, parties=parties, accessions=()))


@pytest.fixture
def outside() -> Authority:
    return Authority.found("Outside CA", datetime.now(UTC))


@pytest.fixture
def folder(outside: Authority, tmp_path: Path) -> Path:
    """One file for each who signs; their certificates name organisations in their own way."""
    for code in ("A1", "A2", PLATFORM):
        key = make_key()
        certificate = outside.certify(f"Organisation {code}", key.public_key(), datetime.now(UTC))
        content = pkcs12.serialize_key_and_certificates(
            code.encode(),
            key,
            certificate,
            [outside.certificate],
            BestAvailableEncryption(PASSWORD.encode()),
        )
        (tmp_path / f"{code}.p12").write_bytes(content)
    return tmp_path


def test_pkcs12_files_of_an_outside_authority_sign(two, folder, outside, authority):
    ring = Pkcs12Ring(folder, PASSWORD)
    parties = [
        Signing(code, code, ring.signer_of(code), "电子签署", "10:22") for code in ("A1", "A2")
    ]
    seal = Signing(PLATFORM, "平台", ring.signer_of(PLATFORM), "电子封印", "10:23")

    signed = sign_all(two, parties, seal)

    found = examine(signed, Trust((authority.certificate,), (outside.certificate,)))
    assert ([f.problem for f in found], is_sound(found)) == (["", "", ""], True)
    assert not is_sound(examine(signed, Trust((authority.certificate,))))


@pytest.mark.parametrize(
    ("code", "password", "why"),
    [("A3", PASSWORD, "没有 A3 的证书文件"), ("A1", "wrong", "口令不对")],
)
def test_a_file_that_cannot_be_used_is_named(folder, code, password, why):
    with pytest.raises(PaperRefused, match=why):
        Pkcs12Ring(folder, password).signer_of(code)


def test_a_device_that_is_not_there_is_said():
    with pytest.raises(PaperRefused, match="PKCS#11"):
        Pkcs11Ring("/nowhere/pkcs11.so", "token", "1234").signer_of("A1")


def test_time_stamps_of_an_authority_are_the_time_of_the_signatures(
    two, signing: Callable[..., Signing], authority: Authority, pdfsig, tmp_path: Path
):
    with time_authority(tmp_path) as (url, root):
        parties = [signing("A1"), signing("A2")]
        signed = sign_all(two, parties, signing(PLATFORM), HttpTimeStamper(url))

    found = examine(signed, Trust((authority.certificate,), (root,)))
    assert [(f.is_time_stamped, f.problem) for f in found] == [(True, "")] * 3
    assert all(abs(f.signed_at - datetime.now(UTC)) < timedelta(minutes=10) for f in found)
    alone = examine(signed, Trust((authority.certificate,)))
    assert [f.is_time_stamped for f in alone] == [False] * 3
    valid = "Signature Validation: Signature is Valid."
    assert [valid in lines for lines in pdfsig(signed)] == [True] * 3


@pytest.mark.parametrize("url", ["ftp://example.org/tsa", "file:///etc/passwd"])
def test_a_time_stamping_address_is_http(url):
    with pytest.raises(PaperRefused, match="应以 http"):
        HttpTimeStamper(url)


def test_an_authority_that_does_not_answer_is_said(two, signing):
    with pytest.raises(PaperRefused, match="没有应答"):
        sign_all(two, [signing("A1")], signing(PLATFORM), HttpTimeStamper("http://127.0.0.1:9/"))
