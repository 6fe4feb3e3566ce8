"""The keys of offers, needs, components, windows, organisations and budgets, and their readers.

Keys are the fields of the engine's own rows; what is left out has the default of the row.
"""

from typing import Any

from binglian.engine.coupling.problem import (
    EVERY_DAY,
    MINUTES_A_DAY,
    Budget,
    Component,
    Need,
    Offer,
    Organisation,
    Window,
)

from .amounts import Measures, check_product
from .faults import Code, wrong
from .values import (
    Fields,
    above_zero,
    choice,
    day,
    flag,
    many,
    minute,
    name,
    number,
    or_none,
    row,
    text,
    whole,
    words,
)

DEFAULT_KIND = "other"
PRIORITIES = {1: 1, 2: 2, 3: 3, "ordinary": 1, "important": 2, "urgent": 3}
MOST_COUNT = 10**6

WINDOW_FIELDS: Fields = {
    "first_on": or_none(day),
    "last_on": or_none(day),
    "weekdays": many(whole(1, 7), least=1),
    "start": minute,
    "end": minute,
}
_PLACE: Fields = {
    "longitude": or_none(number(-180, 180)),
    "latitude": or_none(number(-90, 90)),
}
_read_window = row(WINDOW_FIELDS)


def window(value: Any) -> Window:
    """Read a window."""
    found = _read_window(value)
    first, last = found.get("first_on"), found.get("last_on")
    if first is not None and last is not None and first > last:
        raise wrong(Code.ENDS_EARLY, first=value["first_on"], last=value["last_on"])
    start, end = found.get("start", 0), found.get("end", MINUTES_A_DAY)
    if start >= end:
        raise wrong(
            Code.ENDS_EARLY, first=value.get("start", "00:00"), last=value.get("end", "24:00")
        )
    days = found.get("weekdays")
    weekdays = EVERY_DAY if days is None else sum(1 << (d - 1) for d in set(days))
    return Window(first, last, weekdays, start, end)


class Entries:
    """Readers of the rows of one document, in its measures."""

    def __init__(self, measures: Measures) -> None:
        intern: dict[Any, frozenset[str]] = {}
        some_words, windows = words(intern), many(window)
        self._measures = measures
        self.offer_fields: Fields = {
            "ref": name,
            "organisation": name,
            "title": text,
            "kind": name,
            "quantity": measures.quantity,
            "tags": some_words,
            "unit": text,
            "lot": measures.some,
            "windows": windows,
            **_PLACE,
            "conditions": some_words,
            "excludes": some_words,
            "only_for": some_words,
            "prefers": some_words,
            "renews": flag,
            "effort": measures.effort_each,
            "price": measures.price,
            "setup_price": measures.sum_of_money,
            "setup_cost": number(0),
            "text": text,
        }
        self.component_fields: Fields = {
            "kind": name,
            "quantity": measures.some,
            "title": text,
            "tags": some_words,
            "unit": text,
            "max_suppliers": or_none(whole(1)),
            "text": text,
        }
        self.need_fields: Fields = {
            "ref": name,
            "organisation": name,
            "title": text,
            "components": many(self._component, least=1),
            "priority": choice(PRIORITIES),
            "beneficiaries": whole(),
            "deadline": or_none(day),
            "windows": windows,
            **_PLACE,
            "within_km": or_none(above_zero),
            "all_or_nothing": flag,
            "max_suppliers": or_none(whole(1)),
            "prefers": some_words,
            "rules_out": some_words,
            "refuses": some_words,
            "times": whole(1, MOST_COUNT),
            "consecutive": flag,
            "weight": or_none(above_zero),
            "waited": whole(0, MOST_COUNT),
            "policy": above_zero,
            "budget": or_none(name),
        }
        self.organisation_fields: Fields = {"ref": name, "effort_limit": measures.effort_limit}
        self.budget_fields: Fields = {"ref": name, "amount": measures.sum_of_money}
        self._read_component = row(self.component_fields, ["quantity"])
        self._read_offer = row(self.offer_fields, ["quantity"])
        self._read_need = row(self.need_fields, ["components"])
        self._read_organisation = row(self.organisation_fields, self.organisation_fields)
        self._read_budget = row(self.budget_fields, self.budget_fields)

    def offer(self, value: Any, position: int) -> Offer:
        """Read an offer; ``position`` counts from 1 and stands for a ref left out."""
        found = self._read_offer(value)
        _check_place(found)
        ref = found.setdefault("ref", str(position))
        found.setdefault("organisation", own_organisation("offer", ref))
        for key in ("effort", "price"):
            if key in found:
                check_product(found[key], found["quantity"], value[key], f".{key}")
        return Offer(**{"title": "", "kind": DEFAULT_KIND, **found})

    def need(self, value: Any, position: int) -> Need:
        """Read a need; ``position`` counts from 1 and stands for a ref left out."""
        found = self._read_need(value)
        _check_place(found)
        ref = found.setdefault("ref", str(position))
        found.setdefault("organisation", own_organisation("need", ref))
        return Need(**{"title": "", **found})

    def organisation(self, value: Any) -> Organisation:
        """Read a limit on the effort of an organisation."""
        return Organisation(**self._read_organisation(value))

    def budget(self, value: Any) -> Budget:
        """Read a budget."""
        return Budget(**self._read_budget(value))

    def _component(self, value: Any) -> Component:
        return Component(**{"kind": DEFAULT_KIND, **self._read_component(value)})


def own_organisation(what: str, ref: str) -> str:
    """Return the organisation of a row that names none: one of its own."""
    return f"{what} {ref}"


def _check_place(found: dict[str, Any]) -> None:
    if (found.get("longitude") is None) != (found.get("latitude") is None):
        raise wrong(Code.HALF_PLACE)
