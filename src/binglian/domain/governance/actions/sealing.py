"""Files signed for those who confirmed, sealed by the platform, and kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.key_ring import key_ring, timestamper, trust
from binglian.domain.governance.models import SignedFile
from binglian.domain.governance.queries.signing import last_signed, signing_code
from binglian.domain.governance.signing_keys import revocations
from binglian.domain.governance.words import PLATFORM_NAME, signature_word_zh
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import ActionRefused
from binglian.papers.dates import moment_zh
from binglian.papers.refusal import PaperRefused, Said
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.examining import examine
from binglian.papers.signing.keyrings import KeyRing
from binglian.papers.signing.sealing import Party, sign_all

from .certificates import prepare_certificates


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That an organisation agreed, as it enters the signed file."""

    organisation: Organisation
    at: datetime
    #: What it agreed to, in one line.
    reason: str = ""


def seal_file(
    *,
    alliance: Alliance,
    origin: str,
    title: str,
    pdf: bytes,
    confirmations: Sequence[Confirmation],
) -> SignedFile:
    """Sign a typeset paper for everybody who confirmed, in order, and seal it.

    Asked twice with the same paper, it answers with the file it has. Takes some 50 ms for each
    signature, so only jobs call it; it must not run inside a transaction.

    Parameters
    ----------
    origin
        What the paper is of, e.g. ``agreement-version:12``; each sealing is a new edition.
    pdf
        From ``papers.agreement.typeset``, with a field for each who confirmed.

    Raises
    ------
    ActionRefused
        A certificate was revoked or leads to nobody trusted, a key cannot be used, or the
        time-stamps do not come.
    """
    source = hashlib.sha256(pdf).hexdigest()
    known = last_signed(origin)
    if known and known.source_digest == source:
        return known
    ordered = sorted(confirmations, key=lambda one: (one.at, one.organisation.pk))
    is_ours = settings.SIGNING == "builtin"
    if is_ours:
        prepare_certificates(organisations=[one.organisation for one in ordered], by=None)
    try:
        ring, moment = key_ring(), now()
        parties = [_party(one, ring) for one in ordered]
        seal = Party(
            PLATFORM, PLATFORM_NAME, ring.signer_of(PLATFORM), "电子封印", _read(moment), title
        )
        lists = [revocations(moment)] if is_ours else []
        signed = sign_all(pdf, parties, seal, timestamper(), lists)
        if not is_ours:
            _refuse_unsound(signed)
    except PaperRefused as refusal:
        raise ActionRefused(refusal.said.through(gettext)) from refusal
    return _kept(alliance, origin, title, source, signed, len(parties) + 1)


@transaction.atomic
def _kept(
    alliance: Alliance, origin: str, title: str, source: str, content: bytes, signatures: int
) -> SignedFile:
    # Two jobs that sealed the same paper: the first stands.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    known = last_signed(origin)
    if known and known.source_digest == source:
        return known
    file = SignedFile.objects.create(
        alliance=alliance,
        origin=origin,
        edition=known.edition + 1 if known else 1,
        title=title,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        source_digest=source,
        signatures=signatures,
        sealed_at=now(),
    )
    change = {"digest": file.digest, "signatures": signatures, "edition": file.edition}
    record(None, "file.sealed", file, within=alliance, change=change)
    return file


def _refuse_unsound(signed: bytes) -> None:
    """An outside certificate may have run out, or come from nobody the operator trusts."""
    for finding in examine(signed, trust()):
        if finding.problem:
            raise PaperRefused(
                Said(
                    "“%(name)s”的证书未获承认：不在有效期内，或不是由 BINGLIAN_TRUST "
                    "列出的机构签发。请更换证书，或补上机构的根证书。",
                    name=finding.name,
                )
            )


def _party(one: Confirmation, ring: KeyRing) -> Party:
    code = signing_code(one.organisation)
    word = f"电子{signature_word_zh()}"
    return Party(code, one.organisation.name, ring.signer_of(code), word, _read(one.at), one.reason)


def _read(moment: datetime) -> str:
    return moment_zh(localtime(moment))
