"""What is owed to everybody's eyes at a site, as it stood at an instant."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from django.db.models import Q

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.models import (
    Donation,
    HandOut,
    IntegrityPromise,
    Observation,
    OpenDay,
    PromiseSignature,
)

from .commitments import day_of
from .rewinding import Later

_BINDING = (IntegrityPromise.State.SIGNING, IntegrityPromise.State.PUBLISHED)


class SiteBooks:
    """Goods, promises beside contracts, open days, supervisors' words; each kind is read once."""

    def __init__(self, alliance: Alliance, as_of: datetime) -> None:
        self._alliance, self._as_of = alliance, as_of

    @cached_property
    def donations(self) -> list[Donation]:
        """Entered by then and not yet cancelled."""
        later = Later(Donation, self._as_of, chain=self._alliance.slug)
        rows = self._alliance.donations.filter(entered_at__lte=self._as_of)
        rows = rows.select_related("donor", "project").prefetch_related("goods").order_by("pk")
        cancelled = Donation.State.CANCELLED
        return [
            row for row in rows if row.state != cancelled or later.has(row.pk, "donation.cancelled")
        ]

    @cached_property
    def hand_outs(self) -> list[HandOut]:
        """Entered by then and not yet taken back."""
        rows = HandOut.objects.filter(
            Q(taken_back_at=None) | Q(taken_back_at__gt=self._as_of),
            good__donation__alliance=self._alliance,
            at__lte=self._as_of,
        )
        return list(rows.select_related("good__donation", "organisation").order_by("pk"))

    @cached_property
    def promises(self) -> list[tuple[IntegrityPromise, date]]:
        """Signed by all and public by then, with the day."""
        rows = IntegrityPromise.objects.filter(
            contract__project__alliance=self._alliance, published_at__lte=self._as_of
        ).select_related("contract")
        return [(row, day_of(row.published_at)) for row in rows.order_by("pk") if row.published_at]

    @cached_property
    def unsigned(self) -> list[PromiseSignature]:
        """Parties that had been asked and had not answered."""
        rows = PromiseSignature.objects.filter(
            Q(at=None) | Q(at__gt=self._as_of),
            promise__contract__project__alliance=self._alliance,
            promise__opened_at__lte=self._as_of,
            promise__state__in=_BINDING,
        )
        return list(rows.select_related("promise__contract", "organisation").order_by("pk"))

    @cached_property
    def open_days(self) -> list[tuple[OpenDay, datetime, str]]:
        """Each day announced by then, with its beginning and state as they stood."""
        later = Later(OpenDay, self._as_of, chain=self._alliance.slug)
        rows = self._alliance.open_days.filter(entered_at__lte=self._as_of)
        found = []
        for row in rows.select_related("project__owner").order_by("pk"):
            starts_at = later.before(row.pk, "starts_at", row.starts_at)
            starts_at = (
                datetime.fromisoformat(starts_at) if isinstance(starts_at, str) else starts_at
            )
            is_over = not later.has(row.pk, "open_day.held", "open_day.cancelled")
            found.append((row, starts_at, row.state if is_over else OpenDay.State.ANNOUNCED))
        return found

    @cached_property
    def observations(self) -> list[tuple[Observation, date | None]]:
        """Filed by then, with the day of the answer known by then."""
        rows = self._alliance.observations.filter(filed_at__lte=self._as_of)
        return [
            (
                row,
                day_of(row.answered_at)
                if row.answered_at and row.answered_at <= self._as_of
                else None,
            )
            for row in rows.select_related("project__owner").order_by("pk")
        ]
