"""The built-in authority: its keys, unlocked one at a time, and what it has revoked."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from binglian.domain.refusals import ActionRefused
from binglian.papers.signing.authority import Authority, Revoked
from binglian.papers.signing.keys import unlock

from .models.signing import ROOT, Certificate


def current_certificate(code: str) -> Certificate | None:
    """The certificate with which the code signs now; none when it ran out or was revoked."""
    found = Certificate.objects.filter(code=code, replaced_at=None, revoked_at=None).first()
    return found if found and found.is_current(now()) else None


def authority() -> Authority:
    """The built-in authority with its key; raises ``ActionRefused`` when there is none yet."""
    root = Certificate.objects.filter(code=ROOT, replaced_at=None, revoked_at=None).first()
    if root is None:
        raise ActionRefused(_("平台还没有根证书。第一份协议封印时会自动建立。"))
    return Authority(root.parsed, unlocked(root))


def root_certificates() -> list[x509.Certificate]:
    """Every root the built-in authority ever had: what an old one certified stays valid."""
    return [row.parsed for row in Certificate.objects.filter(code=ROOT)]


def revocations(at: datetime) -> x509.CertificateRevocationList:
    """The list of revoked certificates as it stands, signed by the built-in authority."""
    rows = Certificate.objects.filter(revoked_at__isnull=False).exclude(code=ROOT)
    entries = [
        Revoked(row.serial_number, row.revoked_at, row.is_compromised)
        for row in rows.order_by("revoked_at", "pk")
        if row.revoked_at
    ]
    # A list is numbered by the second, so later ones have greater numbers without a counter.
    return authority().list_revoked(entries, int(at.timestamp()), at)


def unlocked(certificate: Certificate) -> EllipticCurvePrivateKey:
    """The private key of a certificate, for a signature about to be made; never keep it."""
    locked = bytes(certificate.key.locked)
    return unlock(locked, settings.KEY_ENCRYPTION_KEY, certificate.serial_number)
