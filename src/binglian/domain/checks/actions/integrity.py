"""Contracts are entered, their parties promise, and the promise is public once all have signed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers, signatories
from binglian.domain.checks.models import Contract, IntegrityPromise, PromiseSignature
from binglian.domain.checks.queries.integrity import consents
from binglian.domain.governance.step_up import StepUp, require_fresh
from binglian.domain.projects.models import Project
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import note, require_keeping

State = IntegrityPromise.State
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TO_SIGN = gettext_noop("请签署《%(contract)s》的廉洁承诺。")
_PUBLISHED = gettext_noop("《%(contract)s》的廉洁承诺各方均已签署，现已公示。")
_DECLINED = gettext_noop("“%(who)s”未签署《%(contract)s》的廉洁承诺：%(why)s")


@transaction.atomic
def enter_contract(
    *,
    project: Project,
    number: str,
    title: str,
    subject: str,
    signed_on: date,
    digest: str,
    parties: Iterable[Organisation],
    by: User,
) -> Contract:
    """Enter a contract of a project; of its file only the SHA-256 ``digest`` (hexadecimal).

    Raises
    ------
    ActionRefused
        Number taken, something missing, fewer than two parties, a party that could not sign
        because it is no member, a day to come, or no SHA-256.
    """
    require_keeping(by, project)
    Project.objects.select_for_update().get(pk=project.pk)
    number, title, subject = number.strip(), title.strip(), subject.strip()
    digest = digest.strip().lower()
    refuse_unless(number and title and subject, _("请填写合同编号、名称和标的。"))
    taken = project.contracts.filter(number=number).exists()
    refuse_unless(not taken, _("本项目已有编号“%(number)s”的合同。") % {"number": number})
    refuse_unless(_SHA256.fullmatch(digest), _("文件指纹须是 64 位十六进制的 SHA-256。"))
    refuse_unless(signed_on <= today(), _("签订日期不能晚于今天。"))
    named = list(dict.fromkeys(parties))
    refuse_unless(len(named) > 1, _("合同至少有两个当事单位。"))
    members = set(admitted_organisations(project.alliance))
    for party in named:
        refuse_unless(
            party in members,
            _("“%(name)s”还不是本联盟成员，不能在这里签署。请先邀请它加入。")
            % {"name": party.name},
        )
    contract = Contract.objects.create(
        project=project,
        number=number,
        title=title,
        subject=subject,
        signed_on=signed_on,
        digest=digest,
        entered_by=by,
    )
    contract.parties.set(named)
    change = {"number": number, "digest": digest, "parties": [party.name for party in named]}
    note(by, "contract.entered", contract, project, change)
    return contract


@transaction.atomic
def open_promise(*, contract: Contract, text: str, by: User) -> IntegrityPromise:
    """Lay a promise before every party of the contract (送签)."""
    contract = _locked(contract)
    require_keeping(by, contract.project)
    refuse_unless(text.strip(), _("请写明承诺内容。"))
    standing = contract.promises.exclude(state=State.DECLINED).exists()
    refuse_unless(not standing, _("这份合同已有廉洁承诺。"))
    promise = IntegrityPromise.objects.create(
        contract=contract, text=_one_kind_of_break(text), opened_by=by
    )
    alliance = contract.project.alliance
    for party in contract.parties.all():
        PromiseSignature.objects.create(promise=promise, organisation=party)
        notify(
            signatories(alliance, party) | liaison_officers(alliance, party),
            key=f"promise:{promise.pk}:{party.pk}",
            message=_TO_SIGN,
            facts={"contract": contract.title},
            url=_path(promise),
        )
    note(by, "promise.opened", promise, contract.project, {"digest": promise.digest})
    return promise


@transaction.atomic
def sign_promise(
    *,
    promise: IntegrityPromise,
    organisation: Organisation,
    by: User,
    consent: str,
    step_up: StepUp,
) -> PromiseSignature:
    """Sign for one party what stands there; the last one's signature makes it public.

    ``consent`` is the sentence on the page, word for word.

    Raises
    ------
    PermissionDenied
        ``by`` is no signatory of the organisation.
    ActionRefused
        Not awaited, another text agreed to, or the second factor is older than five minutes.
    """
    signature = _awaited(promise, organisation, by)
    promise, contract = signature.promise, signature.promise.contract
    require_fresh(step_up)
    refuse_unless(
        consent in consents(promise, organisation),
        _("页面上的文本已有变化，请重新打开页面，阅读后再签署。"),
    )
    signature.state, signature.by, signature.at = PromiseSignature.State.SIGNED, by, now()
    signature.consent, signature.digest = consent, promise.digest
    signature.method = step_up.method
    signature.save()
    change = {"digest": signature.digest, "method": signature.method, "consent": consent}
    note(by, "promise.signed", signature, contract.project, change, organisation)
    if not promise.signatures.exclude(state=PromiseSignature.State.SIGNED).exists():
        promise.state, promise.published_at = State.PUBLISHED, now()
        promise.save(update_fields=["state", "published_at"])
        note(None, "promise.published", promise, contract.project, {"digest": promise.digest})
        _tell_parties(promise, _PUBLISHED, by)
    return signature


@transaction.atomic
def decline_promise(
    *, promise: IntegrityPromise, organisation: Organisation, why: str, by: User
) -> PromiseSignature:
    """One party will not sign these words, and says why; others may then be proposed."""
    signature = _awaited(promise, organisation, by)
    promise = signature.promise
    refuse_unless(why.strip(), _("请写明不签署的原因。"))
    signature.state, signature.by, signature.at = PromiseSignature.State.DECLINED, by, now()
    signature.reason = why.strip()[:200]
    signature.save()
    promise.state = State.DECLINED
    promise.save(update_fields=["state"])
    change = {"why": signature.reason}
    note(by, "promise.declined", signature, promise.contract.project, change, organisation)
    _tell_parties(promise, _DECLINED, by, who=organisation.name, why=signature.reason)
    return signature


def _awaited(promise: IntegrityPromise, organisation: Organisation, by: User) -> PromiseSignature:
    _locked(promise.contract)
    rows = PromiseSignature.objects.select_related("promise__contract__project__alliance")
    signature = found_or_refused(
        rows.filter(promise=promise, organisation=organisation).first(),
        _("“%(who)s”不是这份合同的当事单位。") % {"who": organisation},
    )
    seat = signature.promise.contract.project.alliance.seat_of(organisation)
    require_permission(by, Permission.SIGN_FOR_ORGANISATION, within=seat)
    refuse_unless(signature.promise.state == State.SIGNING, _("这份承诺已不在签署中。"))
    refuse_unless(
        signature.state == PromiseSignature.State.AWAITED,
        _("“%(who)s”已答复。") % {"who": organisation},
    )
    return signature


def _tell_parties(promise: IntegrityPromise, message: str, by: User, **facts: str) -> None:
    contract = promise.contract
    alliance = contract.project.alliance
    for party in {*contract.parties.all(), contract.project.owner}:
        own = liaison_officers(alliance, party) | signatories(alliance, party)
        notify(
            own.exclude(pk=by.pk).distinct(),
            key=f"promise:{promise.pk}:{promise.state}",
            message=message,
            facts={"contract": contract.title, **facts},
            url=_path(promise),
        )


def _path(promise: IntegrityPromise) -> str:
    slug = promise.contract.project.alliance.slug
    return f"/a/{slug}/contracts/{promise.contract_id}/"


def _locked(contract: Contract) -> Contract:
    """The contract locked: two who sign at once settle it one after the other."""
    rows = Contract.objects.select_for_update(of=("self",))
    return rows.select_related("project__alliance", "project__owner").get(pk=contract.pk)


def _one_kind_of_break(text: str) -> str:
    """A form sends breaks of its own; what is signed has one kind."""
    return "\n".join(text.strip().splitlines())
