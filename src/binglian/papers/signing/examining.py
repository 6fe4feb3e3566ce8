"""Examining a signed paper: who signed, when, whether it still is what was signed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext

from binglian.papers.refusal import PaperRefused, Said

from .codes import PLATFORM, code_of
from .keyrings import as_asn1
from .revisions import first_unexplained

# What it would log about a forged file stands in the finding.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


_NOTHING = ""
#: What is wrong with a sound signature.
SOUND = Said(_NOTHING)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe."""

    #: Roots of the platform, whose certificates name a code.
    own: tuple[x509.Certificate, ...]
    #: Roots of outside authorities, for signatures and for time-stamps.
    outside: tuple[x509.Certificate, ...] = ()
    #: Lists of revoked certificates, beside those kept in the file.
    revocations: tuple[x509.CertificateRevocationList, ...] = ()

    @property
    def roots(self) -> tuple[x509.Certificate, ...]:
        return self.own + self.outside


@dataclass(frozen=True, slots=True)
class Finding:
    """One signature, examined."""

    #: Whose place it is in: a credit code, the platform's own number, or «platform».
    code: str
    #: The name that stands with the place; it was there before anybody signed.
    name: str
    signed_at: datetime | None
    #: Whether ``signed_at`` is the word of a time-stamping authority, not of the signer.
    is_time_stamped: bool
    #: The bytes it signed are unchanged, and the signature fits its certificate.
    is_intact: bool
    #: The certificate is for this code, leads to a trusted root, and was good at ``signed_at``.
    is_trusted: bool
    #: It covers the whole file: nothing was added after it.
    covers_all: bool
    #: The certificate's serial number in hexadecimal.
    serial: str
    #: What is wrong, in words; empty when nothing is.
    problem: Said = SOUND

    @property
    def is_sound(self) -> bool:
        return not self.problem


def examine(pdf: bytes, trust: Trust) -> list[Finding]:
    """Examine each signature in the order of signing; some 80 ms each.

    Raises
    ------
    PaperRefused
        The file is no PDF, is too damaged to be read, or bears no signature.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signatures = list(reader.embedded_regular_signatures)
        crls = [*trust.revocations, *_kept_lists(reader)]
    except Exception as error:  # a forger can make the reader stumble in any way
        raise PaperRefused(
            Said("文件读不出来：不是 PDF，或已损坏、被改动（%(why)s）。", why=error)
        ) from error
    if not signatures:
        raise PaperRefused(Said("文件里没有电子签名。"))
    genuine = [crl for crl in crls if _is_genuine(crl, trust.roots)]
    tampered = first_unexplained(reader)
    return [_find(signature, trust, genuine, tampered) for signature in signatures]


def roots_in(pdf: bytes) -> list[x509.Certificate]:
    """The roots that a file brings along; believing them is for the reader to decide.

    Raises
    ------
    PaperRefused
        The file is no PDF, or is too damaged to be read.
    """
    try:
        kept = DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(pdf)))
        found = [x509.load_der_x509_certificate(one.dump()) for one in kept.load_certs()]
    except NoDSSFoundError:
        return []
    except Exception as error:  # a forger can make the reader stumble in any way
        raise PaperRefused(
            Said("文件读不出来：不是 PDF，或已损坏、被改动（%(why)s）。", why=error)
        ) from error
    return [one for one in found if one.subject == one.issuer]


def is_sound(findings: Sequence[Finding]) -> bool:
    """Whether every signature holds and the last covers the whole file."""
    return all(finding.is_sound for finding in findings) and findings[-1].covers_all


def _find(
    signature: EmbeddedPdfSignature,
    trust: Trust,
    crls: Sequence[x509.CertificateRevocationList],
    tampered: int | None,
) -> Finding:
    code = code_of(signature.field_name)
    name = str(signature.sig_field.get("/TU", ""))
    try:
        said_at = signature.self_reported_timestamp or datetime.now(UTC)
        # A certificate that has run out since was good when it signed.
        then, ever = _context(trust.roots, said_at), _context(trust.roots, None)
        status = validate_pdf_signature(signature, then, ever, skip_diff=True)
        stamped = status.timestamp_validity
        is_time_stamped = bool(stamped and stamped.valid and stamped.intact and stamped.trusted)
        at = stamped.timestamp if stamped and is_time_stamped else said_at
        changed = _changed(status, signature, tampered)
        problem = (
            changed or _untrusted(status, code, trust) or _revoked(status.signing_cert, at, crls)
        )
    except Exception as error:  # as above
        reason = Said("签名读不出来，已损坏或被改动（%(why)s）", why=type(error).__name__)
        return Finding(code, name, None, False, False, False, False, "", reason)
    return Finding(
        code=code,
        name=name,
        signed_at=at,
        is_time_stamped=is_time_stamped,
        is_intact=not changed,
        is_trusted=not problem,
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        serial=f"{status.signing_cert.serial_number:x}",
        problem=problem,
    )


def _changed(
    status: PdfSignatureStatus, signature: EmbeddedPdfSignature, tampered: int | None
) -> Said:
    if not status.intact:
        return Said("内容在签后被改动")
    if not status.valid:
        return Said("签名与证书不符")
    if not _is_exact(signature):
        return Said("签名之后的填充被改动")
    is_last = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    is_seal = code_of(signature.field_name) == PLATFORM
    if is_seal and not is_last:
        return Said("平台封印后又添加了内容")
    if not is_last and status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Said("签名没有覆盖签时的全部内容")
    if tampered is not None and tampered > signature.signed_revision:
        return Said("签后添加了签名以外的内容")
    return SOUND


def _is_exact(signature: EmbeddedPdfSignature) -> bool:
    """Whether the only bytes no signature covers, its own, are its digits and zeros, no more."""
    first, length, rest, _ = map(int, signature.byte_range)
    stream = signature.reader.stream
    stream.seek(first + length)
    written = stream.read(rest - first - length)
    plain = cms.ContentInfo.load(signature.pkcs7_content).dump().hex().encode()
    wanted = b"<" + plain.ljust(len(written) - 2, b"0") + b">"
    return written in (wanted, wanted.upper())


def _untrusted(status: PdfSignatureStatus, code: str, trust: Trust) -> Said:
    if not status.trusted:
        return Said("证书不是由受信任的机构签发，或签时不在有效期内")
    certificate = status.signing_cert
    is_ours = certificate.issuer in [as_asn1(root).subject for root in trust.own]
    owner = certificate.subject.native.get("common_name", "")
    if is_ours and owner != code:
        return Said("位置属于 %(code)s，证书却属于 %(owner)s", code=code or "?", owner=owner)
    return SOUND


def _revoked(
    certificate: asn1_x509.Certificate,
    at: datetime,
    crls: Sequence[x509.CertificateRevocationList],
) -> Said:
    for crl in crls:
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        is_of_issuer = crl.issuer.public_bytes() == certificate.issuer.dump()
        if entry and is_of_issuer and entry.revocation_date_utc <= at:
            revoked_at = f"{entry.revocation_date_utc:%Y-%m-%d %H:%M}"
            return Said("证书已于 %(at)s UTC 吊销，签名在其后", at=revoked_at)
    return SOUND


def _context(roots: Sequence[x509.Certificate], moment: datetime | None) -> ValidationContext:
    """Nothing is fetched from anywhere; revocation is looked up in ``_revoked``."""
    return ValidationContext(
        trust_roots=[as_asn1(root) for root in roots],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _kept_lists(reader: PdfFileReader) -> list[x509.CertificateRevocationList]:
    """The lists of revoked certificates that were kept in the file when it was sealed."""
    try:
        kept = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return []
    return [x509.load_der_x509_crl(one.get_object().data) for one in kept.crls]


def _is_genuine(crl: x509.CertificateRevocationList, roots: Sequence[x509.Certificate]) -> bool:
    for root in roots:
        key = root.public_key()
        if not isinstance(key, EllipticCurvePublicKey | RSAPublicKey):
            continue
        if root.subject == crl.issuer and crl.is_signature_valid(key):
            return True
    return False
