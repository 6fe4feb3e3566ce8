"""Writes prices in their JSON form and reads them back; a price left out is 0."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from binglian.engine.coupling.pairs import Floats
from binglian.engine.coupling.problem import CouplingProblem, Offer
from binglian.engine.coupling.result import CouplingResult, Prices

from .amounts import Measures
from .faults import Code, FormRefused, wrong
from .refs import HasRef, Refs
from .text import parse
from .values import Fields, many, number, row, text

PRICES_SCHEMA = "binglian.coupling.prices/1"
Rows = list[dict[str, Any]]


def write_prices(
    problem: CouplingProblem, result: CouplingResult, measures: Measures, *, fingerprint: str
) -> dict[str, Any]:
    """Return the document of the prices, in points per unit of the problem file."""
    return {
        "schema": PRICES_SCHEMA,
        "problem": fingerprint,
        "price_bound": result.price_bound,
        **price_rows(problem, result.prices, measures),
    }


def price_rows(problem: CouplingProblem, prices: Prices, measures: Measures) -> dict[str, Rows]:
    """Return the prices alone, by refs; those of 0 are left out."""
    return {
        "offers": _offer_rows(problem, prices.offer * measures.scale),
        "organisations": _rows(problem.organisations, prices.effort * measures.effort),
        "budgets": _rows(problem.budgets, prices.budget * measures.money),
    }


def read_prices(content: bytes, problem: CouplingProblem, measures: Measures) -> Prices:
    """Read prices of ``problem``. Raises ``FormRefused`` if these are none."""
    document = parse(content)
    if type(document) is not dict:
        raise wrong(Code.TYPE, document, "$", expected="object")
    if document.get("schema", PRICES_SCHEMA) != PRICES_SCHEMA:
        raise wrong(Code.SCHEMA, document["schema"], "schema", wanted=PRICES_SCHEMA)
    try:
        found = row(price_fields(problem), ("schema",))(document)
    except FormRefused as refused:
        raise refused.from_the_top() from None
    return prices_of(found, problem, measures)


def prices_of(found: Mapping[str, Any], problem: CouplingProblem, measures: Measures) -> Prices:
    """Return the prices that ``price_row_fields`` read, per unit of the problem."""
    none = Prices.none(problem)
    offer, effort, budget = none.offer.copy(), none.effort.copy(), none.budget.copy()
    for o, price in found.get("offers", ()):
        offer[o] = np.array(price) / measures.scale
    for g, price in found.get("organisations", ()):
        effort[g] = price / measures.effort
    for b, price in found.get("budgets", ()):
        budget[b] = price / measures.money
    return Prices(offer, effort, budget)


def price_fields(problem: CouplingProblem) -> Fields:
    """Return the readers of the keys of prices."""
    about = {"schema": text, "problem": text, "price_bound": number()}
    return {**about, **price_row_fields(problem)}


def price_row_fields(problem: CouplingProblem) -> Fields:
    """Return the readers of the prices alone."""
    refs = Refs("offers", problem.offers)

    def price_of_offer(value: Any) -> tuple[int, float | tuple[float, ...]]:
        found = row({"ref": refs.index, "price": _one_or_many}, ("ref", "price"))(value)
        o, price = found["ref"], found["price"]
        if type(price) is tuple and not problem.offers[o].renews:
            raise wrong(Code.TYPE, value["price"], ".price", expected="number")
        if type(price) is tuple and len(price) != problem.slot_count:
            raise wrong(Code.SLOTS, len(price), ".price", wanted=problem.slot_count)
        return o, price

    return {
        "offers": many(price_of_offer),
        "organisations": _named_prices(Refs("organisations", problem.organisations)),
        "budgets": _named_prices(Refs("budgets", problem.budgets)),
    }


def _named_prices(refs: Refs) -> Any:
    read = row({"ref": refs.index, "price": number()}, ("ref", "price"))

    def price(value: Any) -> tuple[int, float]:
        found = read(value)
        return found["ref"], found["price"]

    return many(price)


def _one_or_many(value: Any) -> float | tuple[float, ...]:
    if type(value) is list:
        return tuple(many(number())(value))
    return float(number()(value))


def _offer_rows(problem: CouplingProblem, prices: Floats) -> Rows:
    priced = np.flatnonzero((prices != 0).any(axis=1)).tolist()
    return [
        {"ref": problem.offers[o].ref, "price": _price(problem.offers[o], prices[o])}
        for o in priced
    ]


def _price(offer: Offer, prices: Floats) -> float | list[float]:
    """One number, or one per slot of an offer that renews."""
    return prices.tolist() if offer.renews and len(prices) > 1 else float(prices[0])


def _rows(named: Sequence[HasRef], prices: Floats) -> Rows:
    return [
        {"ref": entry.ref, "price": price}
        for entry, price in zip(named, prices.tolist(), strict=True)
        if price
    ]
