"""A sealed sheet of paper stands in for one signatory: one person hands it in, another checks."""

import hashlib

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with, signatories
from binglian.domain.governance.models import AgreementVersion, Signature
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .coming_into_force import settle_if_complete
from .signing import awaited_signature, lock_version

#: Bytes; a page photographed with a phone has about four million.
LARGEST_SCAN = 10_000_000
#: How a scan begins, so that it is what its name says.
_BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HANDED_IN = gettext_noop("“%(who)s”交来《%(agreement)s》盖章纸质件，请另一人核对。")
#: Told to the organisation: no paper stands in for it unseen.
_IN_YOUR_NAME = gettext_noop(
    "已收到“%(who)s”对《%(agreement)s》的盖章纸质件，核对后即为贵单位的确认。"
    "如非贵单位所交，请立即告知牵头单位。"
)


@transaction.atomic
def hand_in_paper(
    *, version: AgreementVersion, organisation: Organisation, scan: bytes, scan_name: str, by: User
) -> Signature:
    """The secretariat, or the signatory, uploads a scan of the sealed sheet."""
    version = lock_version(version)
    _require_keeper(version, organisation, by)
    signature = awaited_signature(version, organisation)
    refuse_unless(scan, _("请选择扫描件。"))
    refuse_unless(len(scan) <= LARGEST_SCAN, _("扫描件不能超过 10 MB，请压缩后再传。"))
    refuse_unless(scan.startswith(_BEGINNINGS), _("扫描件须为 PDF、JPG 或 PNG 文件。"))
    signature.state, signature.by, signature.at = Signature.State.CHECKING, by, now()
    signature.method, signature.verified_at = Signature.Method.PAPER, now()
    signature.scan, signature.scan_name = scan, scan_name[:200]
    signature.scan_digest = hashlib.sha256(scan).hexdigest()
    signature.save()
    _record(signature, "agreement.paper_handed_in", by, {"scan": signature.scan_digest})
    notify(
        people_with(version.agreement.alliance, Role.SECRETARIAT).exclude(pk=by.pk),
        key=f"signature:{signature.pk}:{signature.scan_digest[:16]}",
        message=_HANDED_IN,
        facts={"who": organisation.name, "agreement": version.title},
        url=f"{version.path}paper/{organisation.pk}/",
    )
    _tell_organisation(signature, by)
    return signature


@transaction.atomic
def check_paper(*, signature: Signature, by: User, is_right: bool, why: str = "") -> Signature:
    """A second person compares scan and text; what does not fit is awaited again."""
    version = lock_version(signature.version)
    alliance = version.agreement.alliance
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    signature = Signature.objects.select_related("organisation").get(pk=signature.pk)
    is_waiting = signature.state == Signature.State.CHECKING
    refuse_unless(is_waiting, _("没有待复核的纸质件。"))
    refuse_unless(signature.by_id != by.pk, _("交来的人不能自己复核，请由另一人核对。"))
    refuse_unless(is_right or why.strip(), _("请写明哪里不符。"))
    if is_right:
        signature.state, signature.confirmed_by = Signature.State.SIGNED, by
        signature.digest, signature.authority = version.digest, str(_("单位盖章"))
        signature.consent = str(_("盖章纸质件，与定稿核对一致。"))
        signature.save()
        _record(signature, "agreement.paper_confirmed", by, {"digest": version.digest})
        settle_if_complete(version)
        return signature
    signature.state, signature.by, signature.at = Signature.State.AWAITED, None, None
    signature.method, signature.verified_at, signature.scan = "", None, None
    signature.scan_name = signature.scan_digest = ""
    signature.save()
    _record(signature, "agreement.paper_returned", by, {"why": why.strip()})
    return signature


def _tell_organisation(signature: Signature, by: User) -> None:
    alliance, organisation = signature.version.agreement.alliance, signature.organisation
    own = liaison_officers(alliance, organisation) | signatories(alliance, organisation)
    notify(
        own.exclude(pk=by.pk).distinct(),
        key=f"signature:{signature.pk}:paper:{signature.scan_digest[:16]}",
        message=_IN_YOUR_NAME,
        facts={"who": organisation.name, "agreement": signature.version.agreement.title},
        url=signature.version.path,
    )


def _require_keeper(version: AgreementVersion, organisation: Organisation, by: User) -> None:
    """The secretariat enters what came by post; else only the organisation's own signatory."""
    alliance = version.agreement.alliance
    is_secretariat = Role.SECRETARIAT in alliance.roles_of(by)
    what = Permission.DRAFT_AGREEMENTS if is_secretariat else Permission.SIGN_FOR_ORGANISATION
    within = alliance if is_secretariat else alliance.seat_of(organisation)
    require_permission(by, what, within=within)


def _record(signature: Signature, act: str, by: User, change: dict[str, str]) -> None:
    record(
        by,
        act,
        signature,
        within=signature.version.agreement.alliance,
        organisation=signature.organisation,
        change=change,
    )
