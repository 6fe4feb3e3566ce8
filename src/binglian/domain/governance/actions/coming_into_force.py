"""When all have answered, or the window has closed, the version takes effect."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import LEADS, OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.models import AgreementVersion, ClausePledge, Signature
from binglian.domain.governance.promises import Promise, promise, release
from binglian.domain.governance.sealing import seal_later
from binglian.domain.ledger.actions import record

from .drafting import adopt_terms

State = AgreementVersion.State
Answer = Signature.State
#: Answers that may still come.
_OPEN = (Answer.AWAITED, Answer.CHECKING)
_IN_FORCE = gettext_noop("《%(agreement)s》已生效，%(count)s 个单位已确认。")
_NOT_CONCLUDED = gettext_noop("《%(agreement)s》未能生效：两个牵头单位没有都确认。")


def settle_if_complete(version: AgreementVersion) -> None:
    """Put the version in force once nobody is awaited any more.

    Without the signatures of both leads there is no agreement. The caller holds the lock.
    """
    if version.signatures.filter(state__in=_OPEN).exists():
        return
    alliance = version.agreement.alliance
    signed = version.signatures.filter(state=Answer.SIGNED)
    if signed.filter(organisation__in=alliance.lead_ids).count() == 2:
        _put_in_force(version)
    else:
        _give_up(version)


@transaction.atomic
def close_windows() -> int:
    """Whoever has not answered by the last day has missed it; returns how many windows closed."""
    closed = AgreementVersion.objects.filter(state=State.SIGNING, sign_until__lt=today())
    rows = closed.select_for_update(of=("self",)).select_related("agreement__alliance")
    count = 0
    for version in rows:
        for signature in version.signatures.filter(state=Answer.AWAITED).defer("scan"):
            signature.state = Answer.MISSED
            signature.save(update_fields=["state"])
            record(
                None,
                "agreement.missed",
                signature,
                within=version.agreement.alliance,
                organisation=signature.organisation,
            )
        settle_if_complete(version)
        count += version.state != State.SIGNING
    return count


@transaction.atomic
def end_expired() -> int:
    """An agreement whose term is over ends; what it promised is still owed."""
    over = AgreementVersion.objects.filter(state=State.IN_FORCE, agreement__until_on__lt=today())
    rows = list(over.select_for_update(of=("self",)).select_related("agreement__alliance"))
    for version in rows:
        _end(version, State.ENDED, "agreement.ended")
    return len(rows)


def take_up(signature: Signature) -> None:
    """What one party pledged enters the commitments; the signed document is made anew."""
    version = signature.version
    for pledge in _pledges_of(version):
        if pledge.giver_id == signature.organisation_id:
            _promise(version, pledge, signature)
    seal_later(version.pk)


def _put_in_force(version: AgreementVersion) -> None:
    agreement = version.agreement
    before = agreement.versions.filter(state=State.IN_FORCE).first()
    if before:
        _end(before, State.SUPERSEDED, "agreement.superseded")
    version.state, version.in_force_at = State.IN_FORCE, now()
    version.save(update_fields=["state", "in_force_at"])
    adopt_terms(version)
    signed = version.signatures.filter(state=Answer.SIGNED).defer("scan").select_related("by")
    by_organisation = {one.organisation_id: one for one in signed}
    change = {"digest": version.digest, "signed": len(by_organisation)}
    record(None, "agreement.in_force", version, within=agreement.alliance, change=change)
    pledges = list(_pledges_of(version))
    for pledge in pledges:
        if pledge.giver_id in by_organisation:
            _promise(version, pledge, by_organisation[pledge.giver_id])
    if before:
        _let_go(before, {pledge.origin for pledge in pledges}, version)
    _tell(version, _IN_FORCE, len(by_organisation), *LEADS, *OF_AN_ORGANISATION)
    seal_later(version.pk)


def _give_up(version: AgreementVersion) -> None:
    _end(version, State.ENDED, "agreement.not_concluded")
    _tell(version, _NOT_CONCLUDED, 0, *LEADS)


def _end(version: AgreementVersion, state: State, act: str) -> None:
    version.state, version.ended_at = state, now()
    version.save(update_fields=["state", "ended_at"])
    record(None, act, version, within=version.agreement.alliance)


def _let_go(before: AgreementVersion, kept: set[str], version: AgreementVersion) -> None:
    """What the earlier text promised and this one no longer does is owed no more."""
    dropped = [p.origin for p in _pledges_of(before) if p.origin not in kept]
    why = _("新文本不再列入：%(version)s") % {"version": version}
    release(version.agreement.alliance, dropped, why, None)


def _promise(version: AgreementVersion, pledge: ClausePledge, signature: Signature) -> None:
    promise(
        Promise(
            alliance=version.agreement.alliance,
            giver=pledge.giver,
            receiver=pledge.receiver,
            title_zh=pledge.title,
            title_en=pledge.title_en,
            target=pledge.target,
            due_on=pledge.due_on,
            origin=pledge.origin,
        ),
        signature.signatory,
    )


def _pledges_of(version: AgreementVersion) -> Iterable[ClausePledge]:
    rows = ClausePledge.objects.filter(clause__version=version)
    return rows.select_related("giver", "receiver", "clause__version")


def _tell(version: AgreementVersion, message: str, count: int, *roles: Role) -> None:
    notify(
        people_with(version.agreement.alliance, Role.SECRETARIAT, *roles),
        key=f"agreement:{version.pk}:{version.state}",
        message=message,
        facts={"agreement": version.title, "count": count},
        url=version.path,
    )
