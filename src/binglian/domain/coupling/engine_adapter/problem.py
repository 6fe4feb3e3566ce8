"""Turns the lists of an alliance into a coupling problem."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.db.models import Value

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling import policy
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Need, Offer
from binglian.domain.coupling.queries import rounds_waited
from binglian.domain.coupling.rounds import needs_taken
from binglian.domain.coupling.slots import slot_code
from binglian.domain.together import asked_together
from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.problem import Component as EngineComponent
from binglian.engine.coupling.problem import CouplingProblem, Kept, Pair, Window
from binglian.engine.coupling.problem import Need as EngineNeed
from binglian.engine.coupling.problem import Offer as EngineOffer
from binglian.engine.coupling.slots import HALF_DAYS, slots_of_need, slots_of_offer

PRIORITY = {"urgent": 3, "important": 2, "ordinary": 1}
#: An earlier promise holds its place in the next run unless it was declined or given up.
STANDING = (
    Commitment.State.PROPOSED,
    Commitment.State.ACCEPTED,
    Commitment.State.DELIVERED,
    Commitment.State.JUDGED,
)


class Snapshot:
    """The lists of one alliance as they stand now, as a problem the engine can solve.

    ``only``: ids of the needs it is for. ``without``: a run whose promises do not count.
    ``weights``: the leads' factors (``policy``).
    """

    def __init__(
        self,
        alliance: Alliance,
        on: date,
        *,
        only: Collection[int] | None = None,
        without: CouplingRun | None = None,
        weights: policy.Weights | None = None,
    ) -> None:
        open_rows = {"state": "open", "organisation__memberships__alliance": alliance}
        admitted = {"organisation__memberships__state": "admitted"}
        offers = (
            alliance.offers.filter(**open_rows, **admitted)
            .select_related("organisation")
            .order_by("pk")
            .distinct()
        )
        needs = (
            alliance.needs.filter(**open_rows, **admitted)
            .select_related("organisation")
            .prefetch_related("components")
            .order_by("pk")
            .distinct()
        )
        if only is not None:
            needs = needs.filter(pk__in=only)
        standing = Commitment.objects.filter(offer__alliance=alliance, state__in=STANDING)
        self.standing: list[Commitment]  # what was promised before and still binds
        open_offers, open_needs, self.standing, waited = asked_together(
            offers,
            needs,
            standing.exclude(run=without) if without else standing,
            rounds_waited(alliance.needs.filter(state="open"), without=without),
        )
        self.alliance, self.on, self.weights = alliance, on, weights or {}
        self.offers: list[Offer] = [offer for offer in open_offers if not _is_past(offer, on)]
        self.needs: list[Need] = [need for need in open_needs if not _is_past(need, on)]
        #: Needs nobody can serve any more: shown as unmet, not given to the engine.
        self.lapsed: list[Need] = [need for need in open_needs if _is_past(need, on)]
        self.components: list[Component] = [c for n in self.needs for c in n.components.all()]
        self._waited: dict[int, int] = dict(waited)

    @cached_property
    def scale(self) -> int:
        """Units per 1 so that every quantity is a whole number."""
        quantities = [
            *(o.quantity for o in self.offers),
            *(o.lot for o in self.offers),
            *(c.quantity for c in self.components),
            *(c.quantity for c in self.standing),
        ]
        return 1 if all(q == q.to_integral_value() for q in quantities) else 100

    @cached_property
    def slots(self) -> tuple[Window, ...]:
        """Half days where something recurs; otherwise time is as the rows' windows say."""
        recurs = any(o.renews for o in self.offers) or any(n.times > 1 for n in self.needs)
        return HALF_DAYS if recurs else ()

    @cached_property
    def slot_codes(self) -> list[str]:
        """The stored form of each of the engine's slots; one "" where there are none."""
        return [
            slot_code(slot.weekdays.bit_length(), slot.start_minute, slot.end_minute)
            for slot in self.slots
        ] or [""]

    @cached_property
    def problem(self) -> CouplingProblem:
        offers = tuple(self._engine_offer(offer) for offer in self.offers)
        needs = tuple(self._engine_need(need) for need in self.needs)
        slot_of = {code: t for t, code in enumerate(self.slot_codes)}
        kept = tuple(
            Kept(
                self.offer_index[c.end_ids[0]],
                *self.place_of[c.end_ids[1]],
                self.whole(c.quantity),
                slot_of.get(c.slot) if self.slots else None,
            )
            for c in self.standing
            if self._is_inside(c)
        )
        pairs = find_pairs(offers, needs, slots=self.slots)
        return CouplingProblem(offers, needs, pairs, kept, self.scale, self.slots)

    @cached_property
    def _named(self) -> Mapping[tuple[str, int], frozenset[str]]:
        """(field, id of its row) → the organisations by name; one statement for all fields."""
        offers = Offer.excludes.through.objects.filter(
            offer__alliance=self.alliance, offer__state="open"
        ).values_list(Value("excludes"), "offer", "organisation__name")
        needs = [
            getattr(Need, field)
            .through.objects.filter(need__alliance=self.alliance, need__state="open")
            .values_list(Value(field), "need", "organisation__name")
            for field in ("prefers", "rules_out")
        ]
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for field, row, name in offers.union(*needs, all=True):
            found[field, row].add(name)
        return defaultdict(frozenset, {key: frozenset(names) for key, names in found.items()})

    @cached_property
    def offer_index(self) -> dict[int, int]:
        return {offer.pk: i for i, offer in enumerate(self.offers)}

    @cached_property
    def place_of(self) -> dict[int, tuple[int, int]]:
        """Component id → (index of its need, index within the need)."""
        return {
            component.pk: (n, c)
            for n, need in enumerate(self.needs)
            for c, component in enumerate(need.components.all())
        }

    @cached_property
    def pair_index(self) -> dict[tuple[int, int], int]:
        """(offer id, component id) → index of the pair, for pairs the rules allow."""
        return {
            (self.offers[p.offer].pk, self.component_at(p).pk): i
            for i, p in enumerate(self.problem.pairs)
        }

    def amount(self, whole: int) -> Decimal:
        return Decimal(whole) / self.scale

    def whole(self, quantity: Decimal) -> int:
        return int(quantity * self.scale)

    def _is_inside(self, commitment: Commitment) -> bool:
        return commitment.offer_id in self.offer_index and commitment.component_id in self.place_of

    def component_at(self, pair: Pair) -> Component:
        return self.needs[pair.need].components.all()[pair.component]

    @cached_property
    def _used_elsewhere(self) -> Mapping[int, Decimal]:
        """What offers already gave to needs that are no longer on the list.

        Of an offer that renews, what its fullest slot still has to give.
        """
        used: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        renewing = {offer.pk for offer in self.offers if offer.renews}
        for commitment in self.standing:
            renews = commitment.offer_id in renewing
            is_over = renews and commitment.state == Commitment.State.JUDGED
            if commitment.component_id not in self.place_of and not is_over:
                slot = commitment.slot if renews else ""
                used[commitment.end_ids[0]][slot] += commitment.quantity
        return {
            offer: by_slot.pop("", Decimal(0)) + max(by_slot.values(), default=Decimal(0))
            for offer, by_slot in used.items()
        }

    def _engine_offer(self, offer: Offer) -> EngineOffer:
        used = self._used_elsewhere.get(offer.pk, Decimal(0))
        left = max(Decimal(0), offer.quantity - used)
        return EngineOffer(
            ref=offer.number,
            organisation=offer.organisation.name,
            title=offer.title,
            kind=offer.kind,
            quantity=self.whole(left),
            tags=frozenset(offer.tags),
            unit=offer.unit,
            lot=max(1, self.whole(offer.lot)),
            windows=engine_windows(offer.windows, not_before=self.on),
            longitude=_where(offer)[0],
            latitude=_where(offer)[1],
            conditions=frozenset(offer.conditions),
            excludes=self._named["excludes", offer.pk],
            renews=offer.renews,
            # Whole yuan; in parts of a unit a price would not stay whole.
            price=math.ceil(offer.price) if self.scale == 1 else 0,
            text=offer.note,
        )

    def _engine_need(self, need: Need) -> EngineNeed:
        return EngineNeed(
            ref=need.number,
            organisation=need.organisation.name,
            title=need.title,
            components=tuple(
                EngineComponent(
                    kind=c.kind,
                    quantity=self.whole(c.quantity),
                    title=c.title,
                    tags=frozenset(c.tags),
                    unit=c.unit,
                )
                for c in need.components.all()
            ),
            priority=PRIORITY[need.priority],
            beneficiaries=need.beneficiaries,
            deadline=need.deadline.toordinal() if need.deadline else None,
            windows=engine_windows(need.windows, not_before=self.on),
            longitude=_where(need)[0],
            latitude=_where(need)[1],
            within_km=need.within_km,
            all_or_nothing=need.is_all_or_nothing,
            max_suppliers=need.max_suppliers,
            prefers=self._named["prefers", need.pk],
            rules_out=self._named["rules_out", need.pk],
            refuses=frozenset(need.refuses),
            times=need.times,
            consecutive=need.is_consecutive,
            waited=self._waited.get(need.pk, 0),
            policy=self.factor(need, self.weights),
        )

    @staticmethod
    def factor(need: Need, weights: policy.Weights) -> float:
        """The leads' factor on a need."""
        return policy.factor(
            weights,
            kinds=[component.kind for component in need.components.all()],
            organisation=need.organisation.kind,
            priority=need.priority,
        )


def snapshot_of(run: CouplingRun, on: date) -> Snapshot:
    """The lists as they stand now, for the needs the run is for."""
    return Snapshot(run.alliance, on, only=needs_taken(run), weights=run.weights)


def candidates_for(
    snapshot: Snapshot, component_id: int, slot: str = ""
) -> list[tuple[Offer, float]]:
    """The offers that could serve a component (in this slot), best fit first."""
    place = snapshot.place_of.get(component_id)
    if place is None:
        return []
    pairs, offers = snapshot.problem.pairs, snapshot.problem.offers
    rows = np.flatnonzero((pairs.need == place[0]) & (pairs.component == place[1]))
    found = [(pairs[int(p)].offer, pairs[int(p)].fit) for p in rows]
    if slot in snapshot.slot_codes and snapshot.slots:
        t = snapshot.slot_codes.index(slot)
        found = [(o, fit) for o, fit in found if t in slots_of_offer(offers[o], snapshot.slots)]
    listed = [(snapshot.offers[o], fit) for o, fit in found]
    return sorted(listed, key=lambda row: (-row[1], row[0].pk))


def slots_for(snapshot: Snapshot, need_id: int) -> list[str]:
    """The slots in which a need may be met; none where its time need not be fixed.

    It must be fixed where the need recurs or something that renews could serve it.
    """
    n = next((i for i, need in enumerate(snapshot.needs) if need.pk == need_id), None)
    if n is None or not snapshot.slots:
        return []
    pairs = snapshot.problem.pairs
    offers = {int(o) for o in pairs.offer[pairs.need == n]}
    if snapshot.needs[n].times == 1 and not any(snapshot.offers[o].renews for o in offers):
        return []
    suiting = slots_of_need(snapshot.problem.needs[n], snapshot.slots)
    return [snapshot.slot_codes[t] for t in suiting]


def engine_windows(windows: Sequence[Mapping], *, not_before: date) -> tuple[Window, ...]:
    """Stored windows as the engine's, what is past cut off; no window at all means any time."""
    found = []
    for window in windows:
        first, last = _ordinal(window.get("first_on")), _ordinal(window.get("last_on"))
        first = max(first or 0, not_before.toordinal())
        if last is not None and last < first:
            continue
        found.append(
            Window(
                first_day=first,
                last_day=last,
                weekdays=sum(1 << (day - 1) for day in window.get("weekdays") or range(1, 8)),
                start_minute=_minute(window.get("start"), 0),
                end_minute=_minute(window.get("end"), 1440),
            )
        )
    return tuple(found)


def _is_past(row: Offer | Need, on: date) -> bool:
    """Whether its deadline, or every one of its windows, lies before ``on``."""
    if isinstance(row, Need) and row.deadline is not None and row.deadline < on:
        return True
    return bool(row.windows) and not engine_windows(row.windows, not_before=on)


def _ordinal(text: str | None) -> int | None:
    return date.fromisoformat(text).toordinal() if text else None


def _minute(text: str | None, otherwise: int) -> int:
    if not text:
        return otherwise
    hours, minutes = text.split(":")[:2]
    return int(hours) * 60 + int(minutes) or otherwise


def _where(row: Offer | Need) -> tuple[float | None, float | None]:
    """Its own place, or else its organisation's."""
    if row.longitude is not None and row.latitude is not None:
        return row.longitude, row.latitude
    return row.organisation.longitude, row.organisation.latitude
