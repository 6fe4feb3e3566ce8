"""Reads about evaluations."""

from __future__ import annotations

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import (
    alliances_visible_to,
    of_own_organisations,
    own_organisations,
)
from binglian.domain.governance.evaluation_facts import Facts
from binglian.domain.governance.models import Evaluation, EvaluationSheet
from binglian.domain.ledger.chain import digest_of


def evaluations_visible_to(user: User) -> QuerySet[Evaluation]:
    """Evaluations of the alliances the person may see, latest first."""
    rows = Evaluation.objects.filter(alliance__in=alliances_visible_to(user))
    return rows.select_related("alliance")


def public_evaluations() -> QuerySet[Evaluation]:
    """What both leads have decided to publish."""
    return Evaluation.objects.filter(is_public=True).select_related("alliance")


def sheets_of(evaluation: Evaluation) -> QuerySet[EvaluationSheet]:
    """One sheet for each organisation, by name: never by what they achieved."""
    sheets = evaluation.sheets.select_related("organisation", "evaluation__alliance")
    return sheets.prefetch_related("remarks__organisation").order_by("organisation__name")


def facts_on(sheet: EvaluationSheet) -> Facts:
    return Facts(**sheet.facts)


def own_sheets(user: User, evaluation: Evaluation) -> list[EvaluationSheet]:
    """The sheets of the organisations the person speaks for."""
    own = own_organisations(user, evaluation.alliance)
    return list(sheets_of(evaluation).filter(organisation__in=own))


def may_remark(sheet: EvaluationSheet, organisation: Organisation) -> bool:
    """Whether this organisation had dealings with the other one in the period."""
    return organisation.pk in facts_on(sheet).partners


def evaluation_digest(evaluation: Evaluation) -> str:
    """A digest of everything the evaluation says."""
    sheets = [
        [
            s.organisation_id,
            s.facts,
            s.answer,
            [[r.organisation_id, r.text] for r in s.remarks.all()],
        ]
        for s in sheets_of(evaluation)
    ]
    period = [evaluation.pk, evaluation.title, evaluation.from_on, evaluation.until_on]
    return digest_of({"evaluation": period, "sheets": sheets})


def evaluations_awaiting(user: User) -> QuerySet[EvaluationSheet]:
    """Sheets the person's organisations have not answered, while answers are still taken."""
    ours = of_own_organisations(user, "evaluation__alliance", "organisation")
    if not ours:
        return EvaluationSheet.objects.none()
    waiting = EvaluationSheet.objects.filter(
        ours,
        evaluation__in=evaluations_visible_to(user).order_by(),
        evaluation__state=Evaluation.State.OPEN,
        answered_at=None,
    )
    return waiting.select_related("organisation", "evaluation__alliance")
