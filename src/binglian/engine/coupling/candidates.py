"""Which offers fit which components, and why the others do not."""

from collections.abc import Sequence

from .fitting import Rule, distance_km, fit_of, share_met, why_not
from .pairs import Pair, Pairs
from .problem import Need, Offer, Window
from .slots import slots_of_need, slots_of_offer

__all__ = ["Rule", "distance_km", "find_pairs", "fit_of", "share_met", "why_not"]


def find_pairs(
    offers: Sequence[Offer],
    needs: Sequence[Need],
    *,
    slots: tuple[Window, ...] = (),
    most_per_component: int | None = None,
) -> Pairs:
    """Return every pair that breaks no rule and shares a slot, with its fit."""
    by_kind: dict[str, list[int]] = {}
    for o, offer in enumerate(offers):
        by_kind.setdefault(offer.kind, []).append(o)
    there = [set(slots_of_offer(offer, tuple(slots))) for offer in offers]
    rows: list[Pair] = []
    for n, need in enumerate(needs):
        suits = set(slots_of_need(need, tuple(slots)))
        for c, component in enumerate(need.components):
            found = [
                Pair(o, n, c, fit_of(offers[o], need, component))
                for o in by_kind.get(component.kind, ())
                if there[o] & suits and not why_not(offers[o], need, component)
            ]
            if most_per_component is not None and len(found) > most_per_component:
                found = sorted(found, key=lambda pair: -pair.fit)[:most_per_component]
            rows += found
    return Pairs.of(rows)
