"""Reads about agreements: what one may see, who is bound, who is awaited."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import (
    admitted_organisations,
    alliances_visible_to,
    of_own_organisations,
)
from binglian.domain.governance.differences import NumberedText
from binglian.domain.governance.models import (
    Agreement,
    AgreementVersion,
    ClausePledge,
    Comment,
    Departure,
    Signature,
)
from binglian.domain.governance.promises import Source

Version = AgreementVersion.State
#: What a signatory agrees to.
CONSENT = gettext_noop(
    "本人经“%(organisation)s”授权，已阅读《%(title)s》第 %(number)s 版全文及承诺附表，"
    "代表本单位同意受其约束。文本摘要（SHA-256）：%(digest)s。"
)


def agreements_visible_to(user: User) -> QuerySet[Agreement]:
    """Agreements of the alliances the person may see, newest first."""
    agreements = Agreement.objects.filter(alliance__in=alliances_visible_to(user))
    return agreements.select_related("alliance").prefetch_related("versions")


def versions_visible_to(user: User) -> QuerySet[AgreementVersion]:
    versions = AgreementVersion.objects.filter(agreement__alliance__in=alliances_visible_to(user))
    return versions.select_related("agreement__alliance")


def signatures_visible_to(user: User) -> QuerySet[Signature]:
    """Who signed what, for the members of its alliance; the scans are no part of it."""
    rows = Signature.objects.filter(version__in=versions_visible_to(user).order_by())
    return rows.defer("scan").select_related("version__agreement__alliance")


def comments_of(version: AgreementVersion) -> QuerySet[Comment]:
    return version.comments.select_related("organisation", "by", "answered_by")


def version_in_force(agreement: Agreement) -> AgreementVersion | None:
    return agreement.versions.filter(state=Version.IN_FORCE).first()


def version_in_the_making(agreement: Agreement) -> AgreementVersion | None:
    making = [Version.DRAFT, Version.COMMENTS, Version.SIGNING]
    return agreement.versions.filter(state__in=making).first()


def signatures_of(version: AgreementVersion) -> QuerySet[Signature]:
    """Every answer, in the order they were given; those still awaited last."""
    # The scans are files: nobody needs them to see who has signed.
    rows = version.signatures.defer("scan").select_related("organisation", "by", "confirmed_by")
    return rows.order_by("is_accession", "at", "organisation__name")


def parties_of(version: AgreementVersion) -> QuerySet[Organisation]:
    """The organisations bound by a version: those who signed and have not left since."""
    signed = version.signatures.filter(state=Signature.State.SIGNED)
    left = version.agreement.departures.filter(
        state=Departure.State.LEFT, asked_at__gte=version.frozen_at or version.drafted_at
    )
    parties = Organisation.objects.filter(pk__in=signed.values("organisation"))
    return parties.exclude(pk__in=left.values("organisation"))


def may_accede(version: AgreementVersion, organisation: Organisation) -> bool:
    """Whether a member can join the version in force: it has not signed it in either way."""
    if version.state != Version.IN_FORCE:
        return False
    is_member = admitted_organisations(version.agreement.alliance).filter(pk=organisation.pk)
    answered = version.signatures.filter(organisation=organisation)
    bound = answered.filter(Q(state=Signature.State.SIGNED) | Q(is_accession=True))
    return is_member.exists() and not bound.exists()


def signatures_awaited_from(user: User) -> QuerySet[Signature]:
    """What this person is awaited to sign, for each organisation they may sign for."""
    ours = of_own_organisations(
        user, "version__agreement__alliance", "organisation", Role.SIGNATORY
    )
    if not ours:
        return Signature.objects.none()
    awaited = Signature.objects.filter(
        ours,
        version__in=versions_visible_to(user).order_by().filter(state=Version.SIGNING),
        state=Signature.State.AWAITED,
    )
    return awaited.select_related("version__agreement__alliance", "organisation").defer("scan")


@dataclass(frozen=True, slots=True)
class SigningWords:
    """What stands on the page of a signatory, and is kept with the signature word for word."""

    #: In the reader's language.
    consent: str
    #: The same sentence in every language it may have been read in.
    consents: tuple[str, ...]
    #: In what capacity they sign.
    authority: str


def signing_words(version: AgreementVersion, organisation: Organisation, by: User) -> SigningWords:
    """The consent sentence and the authority of ``by``, who holds the signatory's seat."""
    facts = {
        "number": version.number,
        "digest": version.digest,
    }
    consents = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            names = {"organisation": str(organisation), "title": version.shown_title}
            consents[language] = _(CONSENT) % (facts | names)
    alliance = version.agreement.alliance
    seat = alliance.appointments.current().filter(
        user=by, role=Role.SIGNATORY.value, organisation=organisation
    )
    since = seat.order_by("from_on").values_list("from_on", flat=True).first()
    authority = _("%(organisation)s授权签署人 %(who)s，自 %(since)s 任职") % {
        "who": by,
        "organisation": organisation,
        "since": since,
    }
    reader = get_language() or settings.LANGUAGE_CODE
    return SigningWords(
        consent=consents.get(reader, consents[settings.LANGUAGE_CODE]),
        consents=tuple(consents.values()),
        authority=authority,
    )


def numbered_texts(version: AgreementVersion) -> list[NumberedText]:
    """The opening words, the clauses with their pledges: what is compared between versions."""
    texts = [NumberedText(0, _("前言"), version.preamble)]
    clauses = version.clauses.prefetch_related("pledges__giver", "pledges__receiver")
    for clause in clauses:
        lines = [clause.shown_text]
        for pledge in clause.pledges.all():
            lines.append(
                _("承诺：%(giver)s → %(receiver)s，%(what)s，%(target)s，%(day)s 前")
                % {
                    "giver": pledge.giver,
                    "receiver": pledge.receiver,
                    "what": pledge,
                    "target": pledge.target,
                    "day": pledge.due_on,
                }
            )
        texts.append(NumberedText(clause.number, clause.shown_heading, "\n".join(lines)))
    return texts


def pledge_source(alliance: Alliance, rest: str) -> Source | None:
    """Where a promise with the origin ``clause:rest`` was made: the newest version with it."""
    pledges = ClausePledge.objects.filter(clause__version__agreement__alliance=alliance)
    rows = pledges.exclude(clause__version__state__in=AgreementVersion.OPEN)
    related = rows.select_related("clause__version__agreement__alliance")
    for pledge in related.order_by("-clause__version__number"):
        if pledge.origin == f"clause:{rest}":
            clause = pledge.clause
            label = f"{clause.version.agreement} · {clause}"
            return Source(label=label, url=f"{clause.version.path}#clause-{clause.number}")
    return None
