"""Reads about problems a check-up found; every list starts from what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.coupling.models import Need

from .models import CheckupProblem

#: What a table of problems names beside the problem itself.
_WITH = ("alliance", "need__organisation", "settled_by")


def checkups_visible_to(user: User) -> QuerySet[CheckupProblem]:
    """Problems of the alliances in which the person holds a seat."""
    return CheckupProblem.objects.filter(alliance__in=alliances_visible_to(user)).select_related(
        *_WITH
    )


def checkup_of(need: Need) -> CheckupProblem | None:
    """The problem a need comes from, if a check-up found it."""
    return CheckupProblem.objects.filter(need=need).select_related("need", "settled_by").first()


def matching(problems: QuerySet[CheckupProblem], query: str) -> QuerySet[CheckupProblem]:
    """Problems whose words, place or responsible organisation contain every typed word."""
    for term in search_terms(query):
        problems = problems.filter(
            Q(need__search_text__contains=term)
            | Q(need__organisation__search_text__contains=term)
            | Q(indicator__icontains=term)
        )
    return problems


@dataclass(frozen=True, slots=True)
class Found:
    """How many problems of one dimension were found, and how many of them are resolved."""

    dimension: str
    found: int
    resolved: int

    @property
    def label(self) -> str:
        return str(CheckupProblem.Dimension(self.dimension).label)


def found_by_dimension(problems: QuerySet[CheckupProblem]) -> list[Found]:
    """Resolved of found, dimension by dimension, in the order of the dimensions."""
    counted = {
        row["dimension"]: row
        for row in problems.order_by()
        .values("dimension")
        .annotate(found=Count("pk"), resolved=Count("pk", filter=CheckupProblem.RESOLVED))
    }
    return [
        Found(code, counted[code]["found"], counted[code]["resolved"])
        for code in CheckupProblem.Dimension.values
        if code in counted
    ]
