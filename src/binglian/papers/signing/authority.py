"""The built-in certificate authority: one root, a certificate for each organisation, a list of
revoked ones.

Names in certificates are codes, never the organisation's own name: RFC 3454 knows no character
newer than Unicode 3.2, so a certificate with such a name could not be validated. The real name
stands on the paper and in the field.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.x509.oid import NameOID

ROOT_YEARS = 20
PARTY_YEARS = 3
#: A list is drawn up anew long before this; offline copies stay usable meanwhile.
LIST_DAYS = 30

_SIGNING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
_CERTIFYING = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def make_key() -> EllipticCurvePrivateKey:
    """A new P-256 key."""
    return generate_private_key(SECP256R1())


@dataclass(frozen=True, slots=True)
class Authority:
    """A root certificate with its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    @classmethod
    def found(cls, name: str, at: datetime) -> "Authority":
        """A new root that begins now; ``name`` in plain letters."""
        key = make_key()
        subject = _name(name)
        certificate = (
            _begun(subject, subject, key.public_key(), key.public_key(), at, ROOT_YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_CERTIFYING, critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate, key)

    def certify(
        self, code: str, key: EllipticCurvePublicKey, at: datetime, crl_url: str = ""
    ) -> x509.Certificate:
        """A certificate that begins now, for the organisation with this code.

        Parameters
        ----------
        code
            Credit code or the platform's own number: letters and digits.
        crl_url
            Where the list of revoked certificates can be fetched, if anywhere.
        """
        builder = (
            _begun(
                _name(code),
                self.certificate.subject,
                key,
                self.key.public_key(),
                at,
                PARTY_YEARS,
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_SIGNING, critical=True)
        )
        if crl_url:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], *[None] * 3)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def list_revoked(
        self, revoked: Sequence["Revoked"], number: int, at: datetime
    ) -> x509.CertificateRevocationList:
        """The list as it stands now; ``number`` grows with each list."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at)
            .next_update(at + timedelta(days=LIST_DAYS))
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        for one in revoked:
            reason = x509.ReasonFlags.key_compromise if one.is_compromised else None
            entry = (
                x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(one.at)
            )
            entry = entry.add_extension(
                x509.CRLReason(reason or x509.ReasonFlags.cessation_of_operation), critical=False
            )
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256())


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that is worth nothing from a moment on."""

    serial: int
    at: datetime
    is_compromised: bool = True


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePublicKey,
    issuer_key: EllipticCurvePublicKey,
    at: datetime,
    years: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))  # clocks differ
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
        )
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
