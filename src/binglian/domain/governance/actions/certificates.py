"""Certificates issued, replaced and revoked; each act is in the ledger, no key ever is."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.governance.models import ROOT, Certificate, SigningKey
from binglian.domain.governance.queries.signing import signing_code
from binglian.domain.governance.signing_keys import authority
from binglian.domain.ledger.actions import PLATFORM as PLATFORM_CHAIN
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.models import Chain
from binglian.domain.refusals import found_or_refused, refuse_unless
from binglian.papers.signing.authority import Authority, make_key
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.keys import lock

#: Certificates name codes; the authority has one name for all its roots.
ROOT_NAME = "Binglian CA"


@transaction.atomic
def prepare_certificates(*, organisations: list[Organisation], by: User | None) -> None:
    """See to it that the platform and each organisation can sign now.

    Who never had a certificate, or whose certificate ran out, gets one.

    Raises
    ------
    ActionRefused
        An organisation's certificate was revoked: the operator must replace it first.
    """
    _one_at_a_time()
    if not Certificate.objects.filter(code=ROOT).exists():
        _found_authority(by)
    for organisation in (None, *organisations):
        code = signing_code(organisation) if organisation else PLATFORM
        newest = Certificate.objects.filter(code=code).order_by("-from_at", "-pk").first()
        if newest and newest.is_current(now()):
            continue
        facts = {"name": organisation or PLATFORM, "code": code}
        refuse_unless(
            newest is None or newest.revoked_at is None,
            _("“%(name)s”的证书已吊销。请先换发：binglian keys rotate %(code)s。") % facts,
        )
        if newest:
            _retire(newest)
        _issue(code, organisation, by)


@transaction.atomic
def rotate_certificate(*, code: str, by: User | None) -> Certificate:
    """Give the code a new key and certificate; the old key is destroyed.

    What was signed before stays valid: the old certificate is replaced, not revoked.
    ``by`` is ``None`` only for the operator's command line.

    Raises
    ------
    ActionRefused
        The code never had a certificate.
    """
    _require_operator(by)
    _one_at_a_time()
    newest = Certificate.objects.filter(code=code).order_by("-from_at", "-pk").first()
    old = found_or_refused(newest, _("没有代码为 %(code)s 的证书。") % {"code": code})
    if not old.replaced_at and not old.revoked_at:
        _retire(old)
    return _found_authority(by) if code == ROOT else _issue(code, old.organisation, by)


@transaction.atomic
def revoke_certificate(*, serial: str, is_compromised: bool, by: User | None) -> Certificate:
    """Make a certificate worth nothing from now on, and destroy its key.

    What was signed before stays valid by its time; nobody signs for the code until its
    certificate is replaced. ``serial`` may be the beginning of the serial number.

    Raises
    ------
    ActionRefused
        No certificate, or several, begin so; it was revoked before; or it is the root's.
    """
    _require_operator(by)
    _one_at_a_time()
    found = list(Certificate.objects.filter(serial__startswith=serial.lower())[:2])
    refuse_unless(
        len(found) == 1,
        _("序列号以 %(serial)s 开头的证书没有，或不止一张。请写全。") % {"serial": serial},
    )
    certificate = found[0]
    refuse_unless(certificate.code != ROOT, _("根证书不吊销，只更换：binglian keys rotate root。"))
    refuse_unless(not certificate.revoked_at, _("这张证书已吊销。"))
    SigningKey.objects.filter(certificate=certificate).delete()
    certificate.revoked_at, certificate.is_compromised = now(), is_compromised
    certificate.save(update_fields=["revoked_at", "is_compromised"])
    _record(by, "certificate.revoked", certificate)
    return certificate


def _found_authority(by: User | None) -> Certificate:
    founded = Authority.found(ROOT_NAME, now())
    return _keep(ROOT, None, founded.certificate, founded.key, by)


def _issue(code: str, organisation: Organisation | None, by: User | None) -> Certificate:
    key = make_key()
    list_url = f"{settings.SITE_URL}/signing/revoked.crl"
    certified = authority().certify(code, key.public_key(), now(), list_url)
    return _keep(code, organisation, certified, key, by)


def _keep(
    code: str,
    organisation: Organisation | None,
    certified: x509.Certificate,
    key: EllipticCurvePrivateKey,
    by: User | None,
) -> Certificate:
    certificate = Certificate.objects.create(
        code=code,
        organisation=organisation,
        serial=f"{certified.serial_number:x}",
        pem=certified.public_bytes(Encoding.PEM).decode(),
        from_at=certified.not_valid_before_utc,
        until_at=certified.not_valid_after_utc,
    )
    locked = lock(key, settings.KEY_ENCRYPTION_KEY, certified.serial_number)
    SigningKey.objects.create(certificate=certificate, locked=locked)
    _record(by, "certificate.issued", certificate)
    return certificate


def _retire(certificate: Certificate) -> None:
    SigningKey.objects.filter(certificate=certificate).delete()
    certificate.replaced_at = now()
    certificate.save(update_fields=["replaced_at"])


def _record(by: User | None, act: str, certificate: Certificate) -> None:
    change = {"serial": certificate.serial, "is_compromised": certificate.is_compromised}
    record(by, act, certificate, organisation=certificate.organisation, change=change)


def _require_operator(by: User | None) -> None:
    if by is not None:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)


def _one_at_a_time() -> None:
    """Two jobs must not found two authorities: both write to the platform's chain anyway."""
    Chain.objects.get_or_create(name=PLATFORM_CHAIN)
    Chain.objects.select_for_update().get(name=PLATFORM_CHAIN)
