"""An agreement of 23 organisations, a built-in authority, and a judge who is not us."""

import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from binglian.papers.agreement import (
    Accession,
    AgreementPaper,
    Clause,
    Consent,
    Party,
    Promise,
    typeset,
)
from binglian.papers.signing.authority import Authority, make_key
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.keyrings import signer_from
from binglian.papers.signing.sealing import Party as Signing
from binglian.papers.signing.sealing import sign_all
from tools.debian import find_pdfsig
from tools.steps import StepFailed

NOW = datetime(2026, 11, 20, 2, 22, 5, 123456, tzinfo=UTC)
MEMBERS = 22
#: Characters newer than Unicode 3.2, with which a certificate could not be validated.
RARE = "𬭎龘靐鿍公司"


@pytest.fixture(scope="session")
def paper() -> AgreementPaper:
    """22 organisations agreed, one acceded later, one sent a sealed paper, one did not agree."""
    names = [RARE, *(f"第{n}商户服务有限责任公司" for n in range(2, MEMBERS + 1))]
    members = [
        Party(f"N{n:06d}", name, "牵头单位" if n < 3 else "成员单位")
        for n, name in enumerate(names, start=1)
    ]
    others = (
        Party("N000031", "社区居委会", consent=Consent.ON_PAPER, note="扫描件摘要 5e1f"),
        Party("N000032", "律师事务所", consent=Consent.NONE, note="已谢绝"),
    )
    return AgreementPaper(
        alliance="老城片区联盟",
        title="老城片区联盟共建协议",
        number="〔2026〕1号",
        dated=NOW,
        parties=(*members, *others),
        preamble="各方经协商一致，订立本协议。",
        clauses=(
            Clause("宗旨", "共同做好保护更新。\n互通资源。"),
            Clause("效力", "自确认之日起。"),
        ),
        promises=(Promise(1, names[1], "开放会议室", "每周两晚", names[2], date(2026, 12, 31)),),
        accessions=(Accession(Party("N000040", "后来的商户"), date(2026, 12, 1)),),
        digest="3fa9" * 16,
    )


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.found("Binglian CA", NOW)


@pytest.fixture(scope="session")
def signing(authority: Authority) -> Callable[..., Signing]:
    """One who signs, with a new key and certificate."""

    def make(code: str, name: str = "单位", certified_as: str = "") -> Signing:
        key = make_key()
        # Certified now: a signature's own time is that of the clock.
        certificate = authority.certify(certified_as or code, key.public_key(), datetime.now(UTC))
        signer = signer_from(key, certificate, [authority.certificate])
        return Signing(code, name, signer, "电子确认", "2026年11月20日 10:22", "同意全部条款")

    return make


@pytest.fixture(scope="session")
def signed(paper: AgreementPaper, authority: Authority, signing: Callable[..., Signing]) -> bytes:
    """The agreement with 23 signatures and the platform's seal."""
    agreed = [p for p in paper.parties if p.consent is Consent.ELECTRONIC]
    joined = [accession.party for accession in paper.accessions]
    parties = [signing(party.code, party.name) for party in (*agreed, *joined)]
    seal = signing(PLATFORM, "并联平台")
    crl = authority.list_revoked([], 1, NOW)
    return sign_all(typeset(paper), parties, seal, revocations=[crl])


@pytest.fixture(scope="session")
def pdfsig(
    authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[bytes], list[list[str]]]:
    """What poppler's pdfsig says of each signature, line by line; it trusts our authority."""
    try:
        find_pdfsig()
    except StepFailed as absent:
        pytest.skip(f"NOT CHECKED BY pdfsig: {absent}")
    folder = tmp_path_factory.mktemp("pdfsig")
    root, store = folder / "root.pem", f"sql:{folder}"
    root.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    for words in (
        ["-N", "--empty-password"],
        ["-A", "-n", "root", "-t", "CT,C,C", "-i", str(root)],
    ):
        subprocess.run(["certutil", "-d", store, *words], check=True, capture_output=True)

    def ask(pdf: bytes) -> list[list[str]]:
        file = Path(folder / "asked.pdf")
        file.write_bytes(pdf)
        told = subprocess.run(
            ["pdfsig", "-nssdir", store, str(file)], capture_output=True, text=True
        ).stdout
        return [
            [line.strip(" -") for line in part.splitlines()]
            for part in told.split("Signature #")[1:]
        ]

    return ask
