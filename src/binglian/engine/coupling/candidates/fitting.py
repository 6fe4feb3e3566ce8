"""Whether an offer may serve a component, why not, and how well it fits: the definition.

``candidates`` finds the same pairs among millions without asking for each.
"""

import math
from enum import StrEnum

from binglian.engine.coupling.problem import Component, Need, Offer
from binglian.engine.coupling.units import same_unit
from binglian.engine.coupling.windows import shared_time

from .likeness import ALIKE, likeness

EARTH_KM = 6371.0
UNKNOWN_KM = 1.0  # counts as the distance if a place is unknown
STEPS = 20  # fits are rounded to twentieths


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


def why_not(offer: Offer, need: Need, component: Component) -> tuple[Rule, ...]:
    """Return the rules that keep ``offer`` from serving ``component``; empty if it fits."""
    if offer.kind != component.kind:
        return (Rule.KIND,)
    broken = []
    if offer.organisation == need.organisation:
        broken.append(Rule.OWN)
    if need.organisation in offer.excludes or (
        offer.only_for and need.organisation not in offer.only_for
    ):
        broken.append(Rule.EXCLUDED)
    if offer.organisation in need.rules_out:
        broken.append(Rule.RULED_OUT)
    if offer.conditions & need.refuses:
        broken.append(Rule.CONDITION)
    if offer.unit and component.unit and same_unit(offer.unit) != same_unit(component.unit):
        broken.append(Rule.UNIT)
    if component.tags and not component.tags & offer.tags and not _alike(offer, component):
        broken.append(Rule.TAGS)
    if shared_time(offer.windows, need.windows, need.deadline) is None:
        broken.append(Rule.TIME)
    if need.within_km is not None:
        distance = distance_km(offer, need)
        if distance is not None and distance > need.within_km:
            broken.append(Rule.DISTANCE)
    return tuple(broken)


def fit_of(offer: Offer, need: Need, component: Component) -> float:
    """Return how well a fitting offer fits, 0 to 1: half what is asked, a quarter each nearness
    and preference.

    Nothing asked counts as fully met; an unknown distance counts as 1 km. Rounded to twentieths:
    offers that fit about as well are chosen between by evenness.
    """
    distance = distance_km(offer, need)
    near = 1 / (1 + (UNKNOWN_KM if distance is None else distance))
    met, preferred = share_met(offer, component), _preference(offer, need)
    return round(STEPS * (0.5 * met + 0.25 * near + 0.25 * preferred)) / STEPS


def share_met(offer: Offer, component: Component) -> float:
    """Return the share of the tags asked that are there; if none, the likeness of the texts."""
    if component.tags & offer.tags:
        return len(component.tags & offer.tags) / len(component.tags)
    if component.text:
        return likeness(offer.text, component.text)
    return 0.0 if component.tags else 1.0


def distance_km(offer: Offer, need: Need) -> float | None:
    """Return the great-circle distance, or None if either place is unknown."""
    if offer.latitude is None or need.latitude is None:
        return None
    if offer.longitude is None or need.longitude is None:
        return None
    north, south = math.radians(offer.latitude), math.radians(need.latitude)
    up = math.sin((north - south) / 2)
    across = math.sin(math.radians(offer.longitude - need.longitude) / 2)
    half = up * up + math.cos(north) * math.cos(south) * (across * across)
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _alike(offer: Offer, component: Component) -> bool:
    return bool(component.text) and likeness(offer.text, component.text) >= ALIKE


def _preference(offer: Offer, need: Need) -> float:
    """Return the share of the sides with wishes whose wish the other one meets."""
    sides = []
    if need.prefers:
        sides.append(offer.organisation in need.prefers)
    if offer.prefers:
        sides.append(need.organisation in offer.prefers)
    return sum(sides) / len(sides) if sides else 1.0
