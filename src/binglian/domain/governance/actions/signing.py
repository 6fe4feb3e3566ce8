"""A member signs a frozen text, declines it, or accedes later; each by its own signatory."""

from __future__ import annotations

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
from binglian.domain.governance.queries.agreements import may_accede, signing_words
from binglian.domain.governance.step_up import StepUp, require_fresh
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

from .coming_into_force import settle_if_complete, take_up

State = Signature.State
_ANSWERED = {
    State.SIGNED: gettext_noop("“%(who)s”已确认《%(agreement)s》。"),
    State.DECLINED: gettext_noop("“%(who)s”谢绝确认《%(agreement)s》：%(why)s"),
    "acceded": gettext_noop("“%(who)s”已加入《%(agreement)s》。"),
}


@transaction.atomic
def sign_agreement(
    *,
    version: AgreementVersion,
    organisation: Organisation,
    by: User,
    consent: str,
    step_up: StepUp,
) -> Signature:
    """Sign for an organisation the text as it was frozen.

    ``consent`` is the sentence on the page, word for word.

    Raises
    ------
    PermissionDenied
        ``by`` is no signatory of the organisation.
    ActionRefused
        Not awaited, window closed, another text than the frozen one agreed to, or the second
        factor is older than five minutes.
    """
    version = lock_version(version)
    _require_signatory(version, organisation, by)
    signature = awaited_signature(version, organisation)
    _sign(signature, by, consent, step_up)
    _recorded(signature, "agreement.signed", by)
    _tell(signature, by, _ANSWERED[State.SIGNED])
    settle_if_complete(version)
    return signature


@transaction.atomic
def decline_agreement(
    *, version: AgreementVersion, organisation: Organisation, by: User, why: str
) -> Signature:
    """Say no, with a reason; whoever declined may still accede later."""
    version = lock_version(version)
    _require_signatory(version, organisation, by)
    signature = awaited_signature(version, organisation)
    refuse_unless(why.strip(), _("请写明谢绝的理由。"))
    signature.state, signature.by, signature.at = State.DECLINED, by, now()
    signature.reason = why.strip()
    signature.save(update_fields=["state", "by", "at", "reason"])
    _recorded(signature, "agreement.declined", by, why=why.strip())
    _tell(signature, by, _ANSWERED[State.DECLINED])
    settle_if_complete(version)
    return signature


@transaction.atomic
def accede(
    *,
    version: AgreementVersion,
    organisation: Organisation,
    by: User,
    consent: str,
    step_up: StepUp,
) -> Signature:
    """A member that has not signed the version in force joins it by a sheet of its own."""
    version = lock_version(version)
    _require_signatory(version, organisation, by)
    refuse_unless(may_accede(version, organisation), _("该单位不能加入这一版：未生效或已确认过。"))
    signature = Signature(version=version, organisation=organisation, is_accession=True)
    _sign(signature, by, consent, step_up)
    _recorded(signature, "agreement.acceded", by)
    _tell(signature, by, _ANSWERED["acceded"])
    take_up(signature)
    return signature


def lock_version(version: AgreementVersion) -> AgreementVersion:
    """The version locked: two who sign at once settle it one after the other."""
    rows = AgreementVersion.objects.select_for_update(of=("self",))
    return rows.select_related("agreement__alliance").get(pk=version.pk)


def awaited_signature(version: AgreementVersion, organisation: Organisation) -> Signature:
    """The answer still owed, or a refusal that says why there is none."""
    is_open = version.state == AgreementVersion.State.SIGNING
    refuse_unless(is_open, _("这一版现在不在确认期内。"))
    signature = version.signatures.filter(organisation=organisation).defer("scan").first()
    signature = found_or_refused(
        signature, _("定稿时“%(who)s”还不是成员，生效后可以加入。") % {"who": organisation}
    )
    refuse_unless(
        signature.state == State.AWAITED,
        _("“%(who)s”已答复：%(state)s。")
        % {"who": organisation, "state": signature.get_state_display()},
    )
    return signature


def _require_signatory(version: AgreementVersion, organisation: Organisation, by: User) -> None:
    seat = version.agreement.alliance.seat_of(organisation)
    require_permission(by, Permission.SIGN_FOR_ORGANISATION, within=seat)


def _sign(signature: Signature, by: User, consent: str, step_up: StepUp) -> None:
    require_fresh(step_up)
    words = signing_words(signature.version, signature.organisation, by)
    refuse_unless(
        consent in words.consents, _("页面上的文本不是定稿，请重新打开页面，阅读后再确认。")
    )
    signature.state, signature.by, signature.at = State.SIGNED, by, now()
    signature.consent, signature.authority = consent, words.authority
    signature.digest = signature.version.digest
    signature.method, signature.verified_at = step_up.method, step_up.at
    signature.save()


def _recorded(signature: Signature, act: str, by: User, **change: str) -> None:
    facts = {"digest": signature.digest, "method": signature.method, "consent": signature.consent}
    record(
        by,
        act,
        signature,
        within=signature.version.agreement.alliance,
        organisation=signature.organisation,
        change={key: value for key, value in {**facts, **change}.items() if value},
    )


def _tell(signature: Signature, by: User, message: str) -> None:
    """The secretariat hears, and the organisation's own people, who may know nothing of it."""
    version = signature.version
    alliance, organisation = version.agreement.alliance, signature.organisation
    own = liaison_officers(alliance, organisation) | signatories(alliance, organisation)
    notify(
        (people_with(alliance, Role.SECRETARIAT) | own).exclude(pk=by.pk).distinct(),
        key=f"signature:{signature.pk}:{signature.state}",
        message=message,
        facts={
            "who": organisation.name,
            "agreement": version.title,
            "why": signature.reason,
        },
        url=version.path,
    )
