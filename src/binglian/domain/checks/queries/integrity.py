"""Contracts and promises: who sees which, and what a signatory agrees to."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import override

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import alliances_visible_to, signed_for_by
from binglian.domain.checks.models import Contract, IntegrityPromise, PromiseSignature
from binglian.domain.checks.promise_text import CONSENT
from binglian.domain.projects.queries import public_projects


def contracts_visible_to(user: User) -> QuerySet[Contract]:
    """Contracts of the alliances in which the person holds a seat."""
    return _whole(Contract.objects.filter(project__alliance__in=alliances_visible_to(user)))


def public_promises(alliance: Alliance) -> QuerySet[IntegrityPromise]:
    """Promises everybody may read: signed by all parties, beside a contract of a public project."""
    shown = public_projects().filter(alliance=alliance)
    promises = IntegrityPromise.objects.filter(
        state=IntegrityPromise.State.PUBLISHED, contract__project__in=shown
    )
    return promises.select_related("contract__project").prefetch_related(_signatures())


def promise_in_force(contract: Contract) -> IntegrityPromise | None:
    """The one being signed or published; else the last that somebody would not sign."""
    kept = list(contract.promises.all())
    standing = [one for one in kept if one.state != IntegrityPromise.State.DECLINED]
    return next(iter(standing or kept), None)


def awaited_of(user: User, promise: IntegrityPromise) -> list[PromiseSignature]:
    """The answers that the person may give now."""
    if promise.state != IntegrityPromise.State.SIGNING:
        return []
    own = signed_for_by(user, promise.contract.project.alliance)
    awaited = promise.signatures.filter(state=PromiseSignature.State.AWAITED, organisation__in=own)
    return list(awaited.select_related("organisation"))


def consents(promise: IntegrityPromise, organisation: Organisation) -> tuple[str, ...]:
    """The sentence a signatory agrees to, in every language of the interface."""
    facts = {"contract": promise.contract.title, "digest": promise.digest[:16]}
    told = []
    for language, _label in settings.LANGUAGES:
        with override(language):
            told.append(str(CONSENT) % {**facts, "organisation": str(organisation)})
    return tuple(told)


def _whole(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    promises = Prefetch(
        "promises", IntegrityPromise.objects.order_by("-pk").prefetch_related(_signatures())
    )
    return contracts.select_related("project__alliance", "project__owner").prefetch_related(
        "parties", promises
    )


def _signatures() -> Prefetch:
    return Prefetch("signatures", PromiseSignature.objects.select_related("organisation"))
