"""Who signs for a code: the keys in our database, or those of an outside authority."""

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import now
from pyhanko.sign import Signer

from binglian.papers.refusal import PaperRefused, Said
from binglian.papers.signing.examining import Trust
from binglian.papers.signing.keyrings import KeyRing, Pkcs11Ring, Pkcs12Ring, signer_from
from binglian.papers.signing.timestamping import HttpTimeStamper

from .signing_keys import current_certificate, revocations, root_certificates, unlocked


def key_ring() -> KeyRing:
    """The keys that the settings name."""
    if settings.SIGNING == "pkcs12":
        return Pkcs12Ring(Path(settings.PKCS12_FOLDER), settings.PKCS12_PASSWORD)
    if settings.SIGNING == "pkcs11":
        return Pkcs11Ring(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN)
    return OwnRing()


class OwnRing:
    """Keys of the built-in authority, unlocked one at a time and kept nowhere."""

    def signer_of(self, code: str) -> Signer:
        certificate = current_certificate(code)
        if certificate is None:
            raise PaperRefused(Said("%(code)s 没有可用的证书：请先换发。", code=code))
        issuer = next(root for root in root_certificates() if _has_issued(root, certificate.parsed))
        return signer_from(unlocked(certificate), certificate.parsed, [issuer])


def _has_issued(root: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, ValueError):
        return False
    return True


def trust() -> Trust:
    """Whom this platform believes: its own roots, and those of the operator's file."""
    own = root_certificates()
    lists = (revocations(now()),) if own and settings.SIGNING == "builtin" else ()
    return Trust(tuple(own), outside_roots(), lists)


def outside_roots() -> tuple[x509.Certificate, ...]:
    """The roots in ``BINGLIAN_TRUST``.

    Raises
    ------
    ImproperlyConfigured
        The file is not there or holds no certificates.
    """
    if not settings.TRUST_FILE:
        return ()
    try:
        return tuple(x509.load_pem_x509_certificates(Path(settings.TRUST_FILE).read_bytes()))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"BINGLIAN_TRUST {settings.TRUST_FILE}: {error}") from error


def timestamper() -> HttpTimeStamper | None:
    return HttpTimeStamper(settings.TSA_URL) if settings.TSA_URL else None
