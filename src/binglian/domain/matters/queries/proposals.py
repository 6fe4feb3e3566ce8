"""Who would lead the matters that wait to be dispatched, for a whole list at once."""

from __future__ import annotations

from collections.abc import Iterable

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.models import Matter, Responsibility
from binglian.domain.places.models import Area

from .rules import matter_rules_of


def proposed_leads(alliance: Alliance, matters: Iterable[Matter]) -> dict[int, Organisation]:
    """Matter id → who answers for its category by the catalogue, where anybody does.

    The category is the one named by a person, else the one proposed, where that is sure enough.
    The same answer as :func:`~.catalogue.responsibility_for`, in three queries for any number.
    """
    entries = Responsibility.objects.filter(category__alliance=alliance)
    leads: dict[tuple[int | None, int | None], Organisation] = {
        (entry.category_id, entry.area_id): entry.organisation
        for entry in entries.select_related("organisation")
    }
    parents = dict(Area.objects.values_list("pk", "parent"))
    sure_from = matter_rules_of(alliance).sure_from
    found = {}
    for matter in matters:
        if not matter.is_category_sure(sure_from):
            continue
        category_id = matter.category_id or matter.proposed_category_id
        area_id = matter.area_id
        while area_id is not None and (category_id, area_id) not in leads:
            area_id = parents.get(area_id)
        if (category_id, area_id) in leads:
            found[matter.pk] = leads[category_id, area_id]
    return found
