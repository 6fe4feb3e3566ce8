"""What is owed to everybody's eyes at a site, as it stood at an instant."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from binglian.domain.alliance.models import Alliance
from binglian.domain.checks.models import (
    DonatedGood,
    Donation,
    HandOut,
    IntegrityPromise,
    Observation,
    OpenDay,
    PromiseSignature,
)
from binglian.domain.together import Reader

from .commitments import day_of
from .rewinding import Later, acts_after

_BINDING = (IntegrityPromise.State.SIGNING, IntegrityPromise.State.PUBLISHED)


class SiteBooks:
    """Goods, promises beside contracts, open days, supervisors' words."""

    def __init__(self, as_of: datetime, rows: list[list[Any]]) -> None:
        self._as_of = as_of
        (
            self._donations,
            goods,
            donation_acts,
            #: Entered by then and not yet taken back.
            self.hand_outs,
            self._promises,
            #: Parties that had been asked and had not answered.
            self.unsigned,
            self._open_days,
            open_day_acts,
            self._observations,
        ) = rows
        self._donation_acts, self._open_day_acts = Later(donation_acts), Later(open_day_acts)
        #: Goods by the key of their donation.
        self.goods: dict[int, list[DonatedGood]] = defaultdict(list)
        for good in goods:
            self.goods[good.donation_id].append(good)

    @cached_property
    def donations(self) -> list[Donation]:
        """Entered by then and not yet cancelled."""
        cancelled, later = Donation.State.CANCELLED, self._donation_acts
        return [
            row
            for row in self._donations
            if row.state != cancelled or later.has(row.pk, "donation.cancelled")
        ]

    @cached_property
    def promises(self) -> list[tuple[IntegrityPromise, date]]:
        """Signed by all and public by then, with the day."""
        return [(row, day_of(row.published_at)) for row in self._promises]

    @cached_property
    def open_days(self) -> list[tuple[OpenDay, datetime, str]]:
        """Each day announced by then, with its beginning and state as they stood."""
        later, found = self._open_day_acts, []
        for row in self._open_days:
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
        return [
            (
                row,
                day_of(row.answered_at)
                if row.answered_at and row.answered_at <= self._as_of
                else None,
            )
            for row in self._observations
        ]


def books_at(alliance: Alliance, as_of: datetime) -> Reader[SiteBooks]:
    """All that was owed then, read at once."""
    chain, by_now = alliance.slug, {"entered_at__lte": as_of}
    promises = IntegrityPromise.objects.filter(contract__project__alliance=alliance)
    signatures = PromiseSignature.objects.filter(
        Q(at=None) | Q(at__gt=as_of),
        promise__contract__project__alliance=alliance,
        promise__opened_at__lte=as_of,
        promise__state__in=_BINDING,
    )
    hand_outs = HandOut.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gt=as_of),
        good__donation__alliance=alliance,
        at__lte=as_of,
    )
    observations = alliance.observations.filter(filed_at__lte=as_of)
    rows = yield (
        alliance.donations.filter(**by_now).select_related("donor", "project").order_by("pk"),
        DonatedGood.objects.filter(
            donation__alliance=alliance, donation__entered_at__lte=as_of
        ).order_by("pk"),
        acts_after(as_of, Donation, chain=chain),
        hand_outs.select_related("good__donation", "organisation").order_by("pk"),
        promises.filter(published_at__lte=as_of).select_related("contract").order_by("pk"),
        signatures.select_related("promise__contract", "organisation").order_by("pk"),
        alliance.open_days.filter(**by_now).select_related("project__owner").order_by("pk"),
        acts_after(as_of, OpenDay, chain=chain),
        observations.select_related("project__owner").order_by("pk").defer("photo"),
    )
    return SiteBooks(as_of, rows)
