"""What a matter is about and whose it is, by the alliance's own catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.engine_adapter import KeywordHit, by_keywords, predicted
from binglian.domain.matters.models import Category, Responsibility
from binglian.domain.places.models import Area

from .rules import matter_rules_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category proposed for a text.

    Attributes
    ----------
    category
        ``None`` where no word speaks for any.
    confidence
        0 … 1.
    because
        The pieces of the text it went by.
    is_sure
        Sure enough, by the alliance's rules, to be filled in; otherwise a person is asked.
    others
        The next likely ones, with their confidence.
    """

    category: Category | None
    confidence: float
    because: tuple[str, ...]
    is_sure: bool
    others: tuple[tuple[Category, float], ...] = ()


def categories_of(alliance: Alliance) -> QuerySet[Category]:
    """The categories in use."""
    return alliance.matter_categories.filter(is_active=True)


def suggest_category(alliance: Alliance, text: str) -> Suggestion:
    """What the text is most likely about."""
    categories = list(categories_of(alliance))
    sure_from = matter_rules_of(alliance).sure_from
    learnt = predicted(alliance.pk, text)
    if learnt is not None:
        by_code = {c.code: c for c in categories}
        ranking = [(by_code[code], share) for code, share in learnt.ranking if code in by_code]
        if ranking:
            (category, share), *others = ranking
            because = learnt.because if category.code == learnt.label else ()
            return Suggestion(category, share, because, share >= sure_from, tuple(others[:3]))
    found = by_keywords(text, {str(c.pk): [c.name_zh, *c.keywords] for c in categories})
    if not found:
        return Suggestion(None, 0.0, (), is_sure=False)
    by_key = {str(c.pk): c for c in categories}
    best, *rest = found
    next_likely = _pairs(by_key, rest[:3])
    is_sure = best.share >= sure_from
    return Suggestion(by_key[best.label], best.share, best.words, is_sure, next_likely)


def responsibility_for(category: Category, area: Area | None) -> Responsibility | None:
    """Who answers for a category in an area: the entry for the narrowest area that holds it."""
    entries = {
        entry.area_id: entry
        for entry in category.responsibilities.select_related("organisation", "area")
    }
    while area is not None:
        if area.pk in entries:
            return entries[area.pk]
        area = area.parent
    return entries.get(None)


def _pairs(
    by_key: dict[str, Category], hits: list[KeywordHit]
) -> tuple[tuple[Category, float], ...]:
    return tuple((by_key[hit.label], hit.share) for hit in hits)
