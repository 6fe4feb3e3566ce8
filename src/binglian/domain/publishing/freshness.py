"""When a dataset last changed, read from the ledger: there is no act without its record."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.timezone import localtime

from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.ledger.queries import ends_of_chains

from .dataset import Dataset

#: Acts that change every dataset: names of organisations and areas, and what is public at all.
_ALWAYS = ("organisation.", "alliance.")
#: Each kind of act → number in the chain, and time, of the last.
Acts = dict[str, tuple[int, datetime]]
_seen: dict[str, Acts] = {}


def state_of_everything() -> str:
    """Another text after every act anywhere; one small query."""
    return f"{localtime():%Y%m%d}{ends_of_chains()}"


def last_acts(alliance: Alliance) -> Acts:
    """When each kind of act was done last in an alliance.

    Looks only at acts since it was last asked, so a long chain costs no more than a short one.
    """
    known = _seen.get(alliance.slug, {})
    seen = max((number for number, _at in known.values()), default=0)
    rows = LedgerEntry.objects.filter(chain=alliance.slug, number__gt=seen).order_by()
    ends = rows.values("act").annotate(last=Max("number")).values("last")
    since = rows.filter(number__in=ends).values_list("act", "number", "at")
    _seen[alliance.slug] = known | {act: (number, at) for act, number, at in since}
    return _seen[alliance.slug]


def changed_at(dataset: Dataset, alliance: Alliance, acts: Acts | None = None) -> datetime:
    """The last act that changed it; midnight, where it tells of days gone by.

    ``acts`` are :func:`last_acts`, where several datasets are asked about.
    """
    acts = last_acts(alliance) if acts is None else acts
    begins = (*dataset.acts, *_ALWAYS)
    that_count = [last for act, last in acts.items() if act.startswith(begins)]
    found = max(that_count)[1] if that_count else None
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if found is None or (dataset.changes_daily and found < midnight):
        return midnight
    return localtime(found)


def forget() -> None:
    """For tests, where one database follows another."""
    _seen.clear()
