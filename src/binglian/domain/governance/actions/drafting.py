"""Writing a version of an agreement, until it is frozen."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.governance.agreement_templates import template_of
from binglian.domain.governance.models import (
    Agreement,
    AgreementVersion,
    Clause,
    ClausePledge,
)
from binglian.domain.governance.queries.agreements import (
    version_in_force,
    version_in_the_making,
)
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless


@transaction.atomic
def start_agreement(*, alliance: Alliance, kind: str, by: User, **facts: Any) -> AgreementVersion:
    """A new agreement whose first draft holds the clauses of the template."""
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    _refuse_wrong_term(facts)
    agreement = Agreement.objects.create(alliance=alliance, kind=kind, **facts)
    template = template_of(
        kind, alliance=alliance.name, lead_a=alliance.lead_a.name, lead_b=alliance.lead_b.name
    )
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        preamble=template.preamble,
        drafted_by=by,
        **agreement.terms(),
    )
    for number, one in enumerate(template.clauses, 1):
        Clause.objects.create(
            version=version,
            number=number,
            heading=one.heading,
            text=one.text,
            heading_en=one.heading_en,
            text_en=one.text_en,
        )
    change = {"kind": kind, "title": agreement.title}
    record(by, "agreement.entered", agreement, within=alliance, change=change)
    return version


@transaction.atomic
def begin_version(*, agreement: Agreement, by: User) -> AgreementVersion:
    """The next version, beginning as a copy of the one in force or, without one, of the last."""
    alliance = agreement.alliance
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=alliance)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    refuse_unless(version_in_the_making(agreement) is None, _("已有一版在起草或确认中。"))
    last = found_or_refused(agreement.versions.first(), _("这份协议没有可修改的文本。"))
    source = version_in_force(agreement) or last
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=last.number + 1,
        preamble=source.preamble,
        drafted_by=by,
        **source.terms(),
    )
    for clause in source.clauses.prefetch_related("pledges"):
        pledges = list(clause.pledges.all())
        clause.pk, clause.version = None, version
        clause._state.adding = True
        clause.save()
        for pledge in pledges:
            pledge.pk, pledge.clause = None, clause
            pledge._state.adding = True
            pledge.save()
    record(by, "agreement.version_begun", version, within=alliance, change={"from": source.number})
    return version


@transaction.atomic
def change_agreement(*, version: AgreementVersion, by: User, **facts: Any) -> AgreementVersion:
    """Title, term, periods and the opening words of a version still being written.

    What is in force keeps its own until this version takes its place.
    """
    version = _open_for(version, by)
    agreement, change = version.agreement, {}
    _refuse_wrong_term(facts)
    for field, value in facts.items():
        before = getattr(version, field)
        if before != value:
            change[field] = [before, value]
            setattr(version, field, value)
    if change:
        version.save()
        if version_in_force(agreement) is None:
            adopt_terms(version)
        record(by, "agreement.changed", version, within=agreement.alliance, change=change)
    return version


@transaction.atomic
def save_clause(
    *,
    version: AgreementVersion,
    by: User,
    heading: str,
    text: str,
    clause: Clause | None = None,
    heading_en: str = "",
    text_en: str = "",
) -> Clause:
    """Write a clause; a new one comes last."""
    version = _open_for(version, by)
    refuse_unless(heading.strip() and text.strip(), _("条款要有标题和条文。"))
    if clause is None:
        last = version.clauses.aggregate(last=Max("number"))["last"] or 0
        clause = Clause(version=version, number=last + 1)
    change = {"number": clause.number, "heading": [clause.heading, heading.strip()]}
    if clause.text != text.strip():
        change["text"] = [clause.text, text.strip()]
    clause.heading, clause.text = heading.strip(), text.strip()
    clause.heading_en, clause.text_en = heading_en.strip(), text_en.strip()
    clause.save()
    _record(version, "agreement.clause_written", by, change)
    return clause


@transaction.atomic
def move_clause(*, clause: Clause, by: User, is_up: bool) -> None:
    """A clause changes places with its neighbour."""
    version = _open_for(clause.version, by)
    clause.refresh_from_db()
    other = clause.number - 1 if is_up else clause.number + 1
    neighbour = version.clauses.filter(number=other).first()
    if neighbour is None:
        return
    neighbour.number, clause.number = clause.number, other
    neighbour.save(update_fields=["number"])
    clause.save(update_fields=["number"])
    change = {"heading": clause.heading, "number": [neighbour.number, clause.number]}
    _record(version, "agreement.clause_moved", by, change)


@transaction.atomic
def remove_clause(*, clause: Clause, by: User) -> None:
    """Take a clause out with its pledges; those after it move up."""
    version = _open_for(clause.version, by)
    change = {"number": clause.number, "heading": clause.heading, "text": clause.text}
    number = clause.number
    clause.delete()
    version.clauses.filter(number__gt=number).update(number=F("number") - 1)
    _record(version, "agreement.clause_removed", by, change)


@transaction.atomic
def save_pledge(
    *, clause: Clause, by: User, pledge: ClausePledge | None = None, **facts: Any
) -> ClausePledge:
    """What one member promises another under a clause: measurable, with a day."""
    version = _open_for(clause.version, by)
    members = admitted_organisations(version.agreement.alliance)
    for role in ("giver", "receiver"):
        who: Organisation = facts[role]
        known = members.filter(pk=who.pk).exists()
        refuse_unless(known, _("“%(who)s”不是本联盟成员。") % {"who": who})
    same = facts["giver"] == facts["receiver"]
    refuse_unless(not same, _("承诺单位和评价单位不能是同一个。"))
    refuse_unless(facts["target"].strip(), _("请写明可衡量的目标，例如“全年不少于 4 场”。"))
    pledge = pledge or ClausePledge(clause=clause)
    for field, value in facts.items():
        setattr(pledge, field, value)
    pledge.save()
    change = {"clause": clause.number, **facts}
    _record(version, "agreement.pledge_written", by, change, facts["giver"])
    return pledge


@transaction.atomic
def remove_pledge(*, pledge: ClausePledge, by: User) -> None:
    version = _open_for(pledge.clause.version, by)
    change = {"clause": pledge.clause.number, "title": pledge.title}
    _record(version, "agreement.pledge_removed", by, change, pledge.giver)
    pledge.delete()


def adopt_terms(version: AgreementVersion) -> None:
    """The agreement as a whole goes by the terms of this version from now on."""
    agreement = version.agreement
    for name, value in version.terms().items():
        setattr(agreement, name, value)
    agreement.save()


def _open_for(version: AgreementVersion, by: User) -> AgreementVersion:
    """The version, locked, if this person may write it now."""
    locked = AgreementVersion.objects.select_for_update(of=("self",))
    version = locked.select_related("agreement__alliance").get(pk=version.pk)
    require_permission(by, Permission.DRAFT_AGREEMENTS, within=version.agreement.alliance)
    refuse_unless(version.is_open, _("文本已定稿，不能再改。要修改请起草新的一版。"))
    return version


def _record(
    version: AgreementVersion,
    act: str,
    by: User,
    change: dict[str, Any],
    organisation: Organisation | None = None,
) -> None:
    alliance = version.agreement.alliance
    record(by, act, version, within=alliance, organisation=organisation, change=change)


def _refuse_wrong_term(facts: dict[str, Any]) -> None:
    first, last = facts.get("from_on"), facts.get("until_on")
    refuse_unless(not first or not last or first <= last, _("期限的起止日期颠倒了。"))
