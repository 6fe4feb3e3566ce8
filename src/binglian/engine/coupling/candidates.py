"""Which offers fit which components, and why the others do not."""

import math
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

from .problem import Component, Need, Offer, Pair
from .units import same_unit
from .windows import shared_time

EARTH_KM = 6371.0


class Rule(StrEnum):
    """A reason why an offer does not fit a component."""

    KIND = "kind"
    OWN = "own"  # an organisation does not couple with itself
    EXCLUDED = "excluded"  # the offer does not serve this organisation
    RULED_OUT = "ruled_out"  # the need does not want this organisation
    CONDITION = "condition"
    UNIT = "unit"
    TAGS = "tags"
    TIME = "time"
    DISTANCE = "distance"


def find_pairs(
    offers: Sequence[Offer], needs: Sequence[Need], *, most_per_component: int | None = None
) -> tuple[Pair, ...]:
    """Return every pair that breaks no rule, with its fit.

    Offers are looked up by kind and tag, so only plausible pairs are tested. With
    ``most_per_component`` only that many best-fitting offers are kept for each component; the
    bound then holds for the pairs kept.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    by_tag: dict[tuple[str, str], list[int]] = defaultdict(list)
    for o, offer in enumerate(offers):
        by_kind[offer.kind].append(o)
        for tag in offer.tags:
            by_tag[offer.kind, tag].append(o)
    pairs = []
    for n, need in enumerate(needs):
        for c, component in enumerate(need.components):
            if component.tags:
                likely = sorted({o for t in component.tags for o in by_tag[component.kind, t]})
            else:
                likely = by_kind[component.kind]
            found = [
                Pair(o, n, c, fit_of(offers[o], need, component))
                for o in likely
                if not why_not(offers[o], need, component)
            ]
            if most_per_component is not None and len(found) > most_per_component:
                found = sorted(found, key=lambda pair: -pair.fit)[:most_per_component]
            pairs += found
    return tuple(pairs)


def why_not(offer: Offer, need: Need, component: Component) -> tuple[Rule, ...]:
    """Return the rules that keep ``offer`` from serving ``component``; empty if it fits."""
    if offer.kind != component.kind:
        return (Rule.KIND,)
    broken = []
    if offer.organisation == need.organisation:
        broken.append(Rule.OWN)
    if need.organisation in offer.excludes:
        broken.append(Rule.EXCLUDED)
    if offer.organisation in need.rules_out:
        broken.append(Rule.RULED_OUT)
    if offer.conditions & need.refuses:
        broken.append(Rule.CONDITION)
    if offer.unit and component.unit and same_unit(offer.unit) != same_unit(component.unit):
        broken.append(Rule.UNIT)
    if component.tags and not component.tags & offer.tags:
        broken.append(Rule.TAGS)
    if shared_time(offer.windows, need.windows, need.deadline) is None:
        broken.append(Rule.TIME)
    if need.within_km is not None:
        distance = distance_km(offer, need)
        if distance is not None and distance > need.within_km:
            broken.append(Rule.DISTANCE)
    return tuple(broken)


def fit_of(offer: Offer, need: Need, component: Component) -> float:
    """Return how well a fitting offer fits, 0 to 1: half tags, a quarter nearness and preference.

    Nothing asked counts as fully met; an unknown distance counts as 1 km. Rounded to twentieths:
    offers that fit about as well are chosen between by evenness.
    """
    tags = len(component.tags & offer.tags) / len(component.tags) if component.tags else 1.0
    distance = distance_km(offer, need)
    near = 1 / (1 + (1.0 if distance is None else distance))
    preferred = 1.0 if not need.prefers or offer.organisation in need.prefers else 0.0
    return round(20 * (0.5 * tags + 0.25 * near + 0.25 * preferred)) / 20


def distance_km(offer: Offer, need: Need) -> float | None:
    """Return the great-circle distance, or None if either place is unknown."""
    if offer.latitude is None or need.latitude is None:
        return None
    if offer.longitude is None or need.longitude is None:
        return None
    north, south = math.radians(offer.latitude), math.radians(need.latitude)
    across = math.radians(offer.longitude - need.longitude)
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
