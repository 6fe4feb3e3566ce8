"""From a version in force to the paper that is signed: who agreed, to which words."""

from __future__ import annotations

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.models import AgreementVersion, ClausePledge, Signature
from binglian.domain.governance.queries.signing import signing_code
from binglian.domain.refusals import found_or_refused
from binglian.papers.agreement.paper import (
    Accession,
    AgreementPaper,
    Clause,
    Consent,
    Party,
    Promise,
)
from binglian.papers.dates import day_zh

from .words import PLATFORM_NAME, signature_word_zh


def paper_of(version: AgreementVersion) -> AgreementPaper:
    """The frozen text with everybody who has agreed to it until now; papers are in Chinese.

    Whoever declined or let the time pass is no party and is not named.
    """
    agreement = version.agreement
    frozen_at = found_or_refused(version.frozen_at, _("文本还没有定稿，没有可签的文件。"))
    agreed = agreed_signatures(version)
    bound = {signature.organisation_id for signature in agreed}
    clauses = version.clauses.order_by("number")
    pledges = ClausePledge.objects.filter(clause__version=version, giver__in=bound)
    pledges = pledges.select_related("clause", "giver", "receiver")
    return AgreementPaper(
        alliance=agreement.alliance.name,
        title=version.title,
        number=f"第 {version.number} 版",
        dated=frozen_at,
        digest=version.digest,
        preamble="\n".join(filter(None, [version.preamble, _term(version)])),
        clauses=tuple(Clause(clause.heading, clause.text) for clause in clauses),
        promises=tuple(map(_promise, pledges.order_by("clause__number", "pk"))),
        parties=tuple(_party(one) for one in agreed if not one.is_accession),
        accessions=tuple(
            Accession(_party(one), localdate(one.at)) for one in agreed if one.is_accession
        ),
        word=signature_word_zh(),
        platform=PLATFORM_NAME,
    )


def agreed_signatures(version: AgreementVersion) -> list[Signature]:
    """Who has agreed, in the order of agreeing; scans are left in the database."""
    rows = version.signatures.filter(state=Signature.State.SIGNED).defer("scan")
    return list(rows.select_related("organisation").order_by("at", "pk"))


def _party(signature: Signature) -> Party:
    organisation = signature.organisation
    alliance = signature.version.agreement.alliance
    note = f"盖章原件的扫描件摘要 {signature.scan_digest[:32]}" if signature.is_paper else ""
    return Party(
        code=signing_code(organisation),
        name=organisation.name,
        capacity="牵头单位" if organisation.pk in alliance.lead_ids else "成员单位",
        consent=Consent.ON_PAPER if signature.is_paper else Consent.ELECTRONIC,
        note=note,
    )


def _promise(pledge: ClausePledge) -> Promise:
    return Promise(
        clause=pledge.clause.number,
        giver=pledge.giver.name,
        title=pledge.title,
        target=pledge.target,
        receiver=pledge.receiver.name,
        due_on=pledge.due_on,
    )


def _term(version: AgreementVersion) -> str:
    begins = f"自{day_zh(version.from_on)}起" if version.from_on else "自生效之日起"
    ends = f"至{day_zh(version.until_on)}止" if version.until_on else "长期"
    return f"本协议{begins}{ends}有效；退出应提前{version.notice_days}日提出。"
