"""Who would lead the matters that wait to be dispatched, for a whole list at once."""

from __future__ import annotations

from collections.abc import Iterable

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.models import Matter, Responsibility
from binglian.domain.places.models import Area


def proposed_leads(alliance: Alliance, matters: Iterable[Matter]) -> dict[int, Organisation]:
    """Matter id → who answers for its likely category by the catalogue, where anybody does.

    The same answer as :func:`~.catalogue.responsibility_for`, in two queries for any number.
    """
    entries = Responsibility.objects.filter(category__alliance=alliance)
    leads: dict[tuple[int | None, int | None], Organisation] = {
        (entry.category_id, entry.area_id): entry.organisation
        for entry in entries.select_related("organisation")
    }
    parents = dict(Area.objects.values_list("pk", "parent"))
    found = {}
    for matter in matters:
        category_id = matter.category_id or matter.proposed_category_id
        area_id = matter.area_id
        while area_id is not None and (category_id, area_id) not in leads:
            area_id = parents.get(area_id)
        if (category_id, area_id) in leads:
            found[matter.pk] = leads[category_id, area_id]
    return found
