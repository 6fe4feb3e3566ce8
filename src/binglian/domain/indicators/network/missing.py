"""Ties worth making: two that never met, of which one has what the other asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.engine_adapter import STANDING, Snapshot
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.coupling.queries import adopted_scenarios, weights_of, with_quantity_left
from binglian.domain.together import asked_together

_URGENCY = {Need.Priority.URGENT: 0, Need.Priority.IMPORTANT: 1, Need.Priority.ORDINARY: 2}


@dataclass(frozen=True, slots=True)
class MissingLink:
    """An offer and a need that would bring two organisations together; ``fit`` is 0 … 1."""

    offer: Offer
    need: Need
    fit: float
    #: How many other pairs of rows would fit between the same two.
    others: int

    @property
    def reason(self) -> str:
        facts = {
            "receiver": self.need.organisation,
            "need": self.need.title,
            "giver": self.offer.organisation,
            "offer": self.offer.title,
        }
        said = _("“%(receiver)s”要“%(need)s”，“%(giver)s”有“%(offer)s”；两家还没有合作过。") % facts
        return said + (_("另有 %(n)s 项也合得上。") % {"n": self.others} if self.others else "")


def missing_links(
    alliance: Alliance, met: Collection[tuple[int, int]], *, on: date, most: int = 20
) -> list[MissingLink]:
    """One for each two that never met, the most urgent and best fitting first.

    What fits is what the coupling itself would pair: kind, tags, place, time, conditions, lot. A
    need that somebody is asked to serve already, and an offer that is promised away, are left out.
    ``met``: ids of organisations that did something together, the smaller first.
    """
    enough = Q(renews=True) | Q(left__gte=F("lot"))
    standing = Commitment.objects.filter(alliance=alliance, state__in=STANDING)
    adopted, free_ones, promised = asked_together(
        adopted_scenarios(alliance),
        with_quantity_left(alliance.offers.filter(state="open")).filter(enough).values_list("pk"),
        standing.values_list("component_id", "giver_id", "receiver_id"),
    )
    snapshot = Snapshot(alliance, on, weights=weights_of(adopted))
    free = {pk for (pk,) in free_ones}
    served = {component for component, *_ends in promised}
    known = {tuple(sorted(ends)) for _component, *ends in promised} | set(met)
    found: dict[tuple[int, ...], list[tuple[float, Offer, Need]]] = defaultdict(list)
    for pair in snapshot.problem.pairs:
        offer, need = snapshot.offers[pair.offer], snapshot.needs[pair.need]
        ends = tuple(sorted((offer.organisation_id, need.organisation_id)))
        is_news = ends[0] != ends[1] and ends not in known
        if is_news and offer.pk in free and snapshot.component_at(pair).pk not in served:
            found[ends].append((float(pair.fit), offer, need))
    best = []
    for rows in found.values():
        fit, offer, need = min(rows, key=_promise)
        best.append(MissingLink(offer, need, fit, len(rows) - 1))
    return sorted(best, key=lambda one: _promise((one.fit, one.offer, one.need)))[:most]


def _promise(row: tuple[float, Offer, Need]) -> tuple[int, float, int, int]:
    fit, offer, need = row
    return (_URGENCY[Need.Priority(need.priority)], -fit, need.pk, offer.pk)
