"""When a dataset last changed, read from the ledger: there is no act without its record."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.timezone import localtime

from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import ends_of_chains

from .dataset import Dataset

#: Acts that change every dataset: names of organisations and areas, and what is public at all.
_ALWAYS = ("organisation.", "alliance.")
#: (alliance, dataset) → the last row of the chain that was looked at, and the last that counted.
_seen: dict[tuple[str, str], tuple[int, datetime | None]] = {}


def state_of_everything() -> str:
    """Another text after every act anywhere; one small query."""
    return f"{localtime():%Y%m%d}{ends_of_chains()}"


def changed_at(dataset: Dataset, alliance: Alliance) -> datetime:
    """The last act that changed it; midnight, where it tells of days gone by.

    Looks only at acts since it was last asked, so a long chain costs no more than a short one.
    """
    key = (alliance.slug, dataset.name)
    seen, found = _seen.get(key, (0, None))
    rows = LedgerEntry.objects.filter(chain=alliance.slug, number__gt=seen).order_by("-number")
    end = rows.values_list("number", flat=True).first()
    if end is not None:
        begins = [Q(act__startswith=act) for act in (*dataset.acts, *_ALWAYS)]
        found = rows.filter(reduce(or_, begins)).values_list("at", flat=True).first() or found
        _seen[key] = end, found
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if found is None or (dataset.changes_daily and found < midnight):
        return midnight
    return localtime(found)


def forget() -> None:
    """For tests, where one database follows another."""
    _seen.clear()
