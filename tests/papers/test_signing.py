"""Signatures that hold for other programs, and that report every change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from binglian.papers.agreement import AgreementPaper, Party, typeset
from binglian.papers.refusal import PaperRefused
from binglian.papers.signing.authority import Authority, Revoked
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.examining import Finding, Trust, examine, is_sound
from binglian.papers.signing.sealing import Party as Signing
from binglian.papers.signing.sealing import sign_all
from tests.papers.conftest import MEMBERS, RARE

ALL = MEMBERS + 2  # one who acceded, and the platform


@pytest.fixture(scope="module")
def findings(signed: bytes, authority: Authority) -> list[Finding]:
    return examine(signed, Trust((authority.certificate,)))


@pytest.fixture(scope="module")
def two(paper: AgreementPaper) -> bytes:
    """A small agreement, not signed yet."""
    parties = (Party("A1", "甲"), Party("A2", "乙"))
    return typeset(replace(paper, parties=parties, accessions=()))


@pytest.fixture(scope="module")
def small(two: bytes, signing: Callable[..., Signing]) -> bytes:
    """The same with three signatures."""
    return sign_all(two, [signing("A1", "甲"), signing("A2", "乙")], signing(PLATFORM))


@pytest.fixture(scope="module")
def serial(small: bytes, authority: Authority) -> int:
    """That of the certificate of A2."""
    return int(examine(small, Trust((authority.certificate,)))[1].serial, 16)


def test_pdfsig_finds_all_signatures_valid_and_the_document_signed_as_a_whole(signed, pdfsig):
    told = pdfsig(signed)

    assert len(told) == ALL
    assert [
        lines for lines in told if "Signature Validation: Signature is Valid." not in lines
    ] == []
    assert [
        lines for lines in told if "Certificate Validation: Certificate is Trusted." not in lines
    ] == []
    assert "Total document signed" in told[-1]
    assert "Signer Certificate Common Name: platform" in told[-1]


def test_each_finding_names_organisation_and_time(findings, signed):
    assert len(findings) == ALL
    assert [f.problem for f in findings if f.problem] == []
    assert is_sound(findings)
    assert (findings[0].code, findings[0].name) == ("N000001", RARE)
    assert findings[-1].code == PLATFORM
    assert [f.covers_all for f in findings] == [False] * (ALL - 1) + [True]
    assert all(datetime.now(UTC) - f.signed_at < timedelta(minutes=30) for f in findings)


def test_everybody_signs_in_the_order_given(findings, paper):
    agreed = [p.code for p in paper.parties[:MEMBERS]]

    assert [f.code for f in findings] == [*agreed, "N000040", PLATFORM]


@pytest.mark.parametrize("share", [0.02, 0.1, 0.35, 0.5, 0.6, 0.75, 0.9, 0.99])
def test_one_changed_byte_is_reported_by_pdfsig_and_by_us(small, pdfsig, authority, share):
    place = int(len(small) * share)
    changed = small[:place] + bytes([small[place] ^ 1]) + small[place + 1 :]

    try:
        ours = is_sound(examine(changed, Trust((authority.certificate,))))
    except PaperRefused:
        ours = False
    theirs = [
        lines
        for lines in pdfsig(changed)
        if "Signature Validation: Signature is Valid." in lines and "Total document signed" in lines
    ]

    assert (ours, theirs) == (False, [])


def test_a_digit_added_where_no_signature_looks_is_reported(small, authority):
    padding = small.rindex(b"0000>")
    changed = small[:padding] + b"1" + small[padding + 1 :]

    assert examine(changed, Trust((authority.certificate,)))[-1].problem == "签名之后的填充被改动"


def test_something_added_after_the_seal_is_reported(small, authority):
    writer = IncrementalPdfFileWriter(BytesIO(small))
    writer.root["/Added"] = writer.root["/Type"]
    writer.update_root()
    added = BytesIO()
    writer.write(added)

    found = examine(added.getvalue(), Trust((authority.certificate,)))

    assert not is_sound(found)
    assert {f.problem for f in found[:-1]} == {"签后添加了签名以外的内容"}
    assert found[-1].problem == "平台封印后又添加了内容"


def test_a_signature_in_another_ones_place_is_reported(two, signing, authority):
    parties = [signing("A1"), signing("A2", certified_as="A1")]

    found = examine(sign_all(two, parties, signing(PLATFORM)), Trust((authority.certificate,)))

    assert [f.problem for f in found] == ["", "位置属于 A2，证书却属于 A1", ""]


def test_signatures_of_an_unknown_authority_are_not_trusted(small):
    stranger = Authority.found("Binglian CA", datetime.now(UTC))

    found = examine(small, Trust((stranger.certificate,)))

    assert {(f.is_intact, f.is_trusted) for f in found} == {(True, False)}


def test_a_revoked_certificate_is_worth_nothing_from_then_on(small, serial, authority):
    now = datetime.now(UTC)
    before = authority.list_revoked([Revoked(serial, now - timedelta(days=1))], 2, now)
    after = authority.list_revoked([Revoked(serial, now + timedelta(minutes=1))], 3, now)

    judged = [
        examine(small, Trust((authority.certificate,), revocations=(crl,)))[1].problem[-7:]
        for crl in (before, after)
    ]

    assert judged == ["吊销，签名在其后"[-7:], ""]


def test_a_list_of_revoked_certificates_by_a_stranger_counts_for_nothing(small, serial, authority):
    stranger = Authority.found("Binglian CA", datetime.now(UTC))
    forged = stranger.list_revoked(
        [Revoked(serial, datetime(2026, 1, 1, tzinfo=UTC))], 9, datetime.now(UTC)
    )

    assert is_sound(examine(small, Trust((authority.certificate,), revocations=(forged,))))


def test_nobody_signs_twice_or_without_a_place(two, signing):
    seal = signing(PLATFORM)

    for parties, why in (
        ([signing("A1"), signing("A1")], "没有留给“单位”（A1）的位置，或已签过"),
        ([signing("A3")], "没有留给“单位”（A3）的位置"),
    ):
        with pytest.raises(PaperRefused, match=why):
            sign_all(two, parties, seal)


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.7\nbroken"])
def test_what_is_no_pdf_is_refused(content, authority):
    with pytest.raises(PaperRefused, match="文件读不出来"):
        examine(content, Trust((authority.certificate,)))


def test_a_paper_nobody_signed_is_refused(two, authority):
    with pytest.raises(PaperRefused, match="没有电子签名"):
        examine(two, Trust((authority.certificate,)))
