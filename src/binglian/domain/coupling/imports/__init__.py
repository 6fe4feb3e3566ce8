"""From an uploaded list of offers or needs to a plan of what it would do."""

from .needs import need_row, plan_needs
from .offers import offer_row, plan_offers
from .plan import (
    IMPORTERS,
    Importer,
    organisation_by_default,
    plan_import,
    plan_of_draft,
    read_draft,
)

__all__ = [
    "IMPORTERS",
    "Importer",
    "need_row",
    "offer_row",
    "organisation_by_default",
    "plan_import",
    "plan_needs",
    "plan_of_draft",
    "plan_offers",
    "read_draft",
]
