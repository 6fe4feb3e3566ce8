"""Reads about residents' matters; every list starts from what the reader may see."""

from .awaiting import BY_DUE, awaited_matters, overdue_matters
from .catalogue import Suggestion, categories_of, responsibility_for, suggest_category
from .places import area_of
from .proposals import proposed_leads
from .rates import Rate, ThreeRates, three_rates
from .rules import matter_rules_of
from .similar import Similar, similar_matters
from .visibility import (
    has_to_do_with_matters,
    matter_by_token,
    matters_visible_to,
    may_read_contact,
    public_matters,
)

__all__ = [
    "BY_DUE",
    "Rate",
    "Similar",
    "Suggestion",
    "ThreeRates",
    "area_of",
    "awaited_matters",
    "categories_of",
    "has_to_do_with_matters",
    "matter_by_token",
    "matter_rules_of",
    "matters_visible_to",
    "may_read_contact",
    "overdue_matters",
    "proposed_leads",
    "public_matters",
    "responsibility_for",
    "similar_matters",
    "suggest_category",
    "three_rates",
]
