"""Reads about courtyards and historic buildings; every list starts from what one may see."""

from .places import (
    guardians_of,
    matching,
    may_tend,
    places_visible_to,
    public_files,
    public_places,
)
from .spaces import (
    application_by_token,
    applications_visible_to,
    commitment_of,
    landlords_of,
    looks_of,
    may_answer,
    public_spaces,
    spaces_visible_to,
)
from .tables import table_in_force, tables_of

__all__ = [
    "application_by_token",
    "applications_visible_to",
    "commitment_of",
    "guardians_of",
    "landlords_of",
    "looks_of",
    "matching",
    "may_answer",
    "may_tend",
    "places_visible_to",
    "public_files",
    "public_places",
    "public_spaces",
    "spaces_visible_to",
    "table_in_force",
    "tables_of",
]
