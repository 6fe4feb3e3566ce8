"""Reads about certificates and signed files."""

import re

from django.db.models import QuerySet
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.governance.models import (
    ROOT,
    AgreementVersion,
    Certificate,
    Signature,
    SignedFile,
)

#: How the origin of a signed agreement begins.
AGREEMENT = "agreement-version:"


def signing_code(organisation: Organisation) -> str:
    """What stands for the organisation in certificates and signature fields.

    The code of its newest certificate; else its credit code; else, where it has none, shares that
    of its parent, or states one that is none or stands in another's certificate, a number of ours.
    """
    known = (
        Certificate.objects.filter(organisation=organisation).order_by("-from_at", "-pk").first()
    )
    if known:
        return known.code
    code = organisation.credit_code
    namesakes = Organisation.objects.filter(credit_code=code).exclude(pk=organisation.pk)
    others = Certificate.objects.filter(code=code).exclude(organisation=organisation)
    # Anybody may type anything as its code: not «root», nor what somebody else signed with.
    is_taken = namesakes.exists() or others.exists()
    is_credit_code = re.fullmatch(r"[0-9A-Z]{18}", code) is not None
    return code if is_credit_code and not is_taken else f"N{organisation.pk:06d}"


def signed_files_visible_to(user: User) -> QuerySet[SignedFile]:
    """Signed files of the alliances the person may see, without their content."""
    files = SignedFile.objects.filter(alliance__in=alliances_visible_to(user))
    return files.defer("content").select_related("alliance")


def origin_of(version: AgreementVersion) -> str:
    """What the signed files of a version are filed under."""
    return f"{AGREEMENT}{version.pk}"


def unsealed_versions() -> list[AgreementVersion]:
    """Versions in force to which somebody has agreed since their document was made."""
    waiting = []
    for version in AgreementVersion.objects.filter(state=AgreementVersion.State.IN_FORCE):
        file = last_signed(origin_of(version))
        agreed = version.signatures.filter(state=Signature.State.SIGNED)
        if file is None or agreed.filter(at__gt=file.sealed_at).exists():
            waiting.append(version)
    return waiting


@crossing_alliances("Its origin names one paper, whichever alliance filed it")
def last_signed(origin: str) -> SignedFile | None:
    """The newest edition of a signed paper; its half a megabyte is read when it is asked for."""
    return SignedFile.objects.filter(origin=origin).defer("content").order_by("-edition").first()


def last_signed_agreement(slug: str) -> SignedFile | None:
    """The agreement of the alliance that was sealed last."""
    files = SignedFile.objects.filter(alliance__slug=slug, origin__startswith=AGREEMENT)
    return files.order_by("-sealed_at", "-pk").first()


def root_certificates_pem() -> str:
    """The platform's own roots, for whoever examines a file elsewhere; old ones too."""
    return "".join(Certificate.objects.filter(code=ROOT).values_list("pem", flat=True))


def revocations_known() -> str:
    """What the list of revoked certificates depends on: who signs it, and what is on it."""
    roots = Certificate.objects.filter(code=ROOT)
    listed = Certificate.objects.filter(revoked_at__isnull=False).count()
    newest = roots.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest}:{listed}"


def certificate_state(certificate: Certificate) -> str:
    """``current``, ``expired``, ``replaced`` or ``revoked``."""
    if certificate.revoked_at:
        return "revoked"
    if certificate.replaced_at:
        return "replaced"
    return "current" if certificate.is_current(now()) else "expired"


def all_certificates() -> QuerySet[Certificate]:
    """Every certificate ever issued, for the operator."""
    return Certificate.objects.select_related("organisation").order_by("code", "-from_at", "-pk")
