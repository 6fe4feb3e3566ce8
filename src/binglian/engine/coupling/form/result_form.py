"""Writes an answer in its JSON form and reads it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult, Prices, Status

from .amounts import Measures, written
from .faults import Code, FormRefused, wrong
from .prices_form import price_row_fields, price_rows, prices_of
from .refs import Refs
from .text import parse
from .values import MOST, Fields, choice, many, number, row, text, whole

RESULT_SCHEMA = "binglian.coupling.result/1"
_MOST_INDEX = 10**6


@dataclass(frozen=True, slots=True)
class ResultRead:
    """An answer as a file states it; nothing of it is believed yet.

    ``supplies`` are those through pairs of the problem; ``strangers`` are the paths of the others.
    """

    supplies: Supplies
    strangers: tuple[str, ...]
    objective: float | None
    bound: float | None
    price_bound: float | None
    problem: str | None
    prices: Prices | None


def write_result(
    problem: CouplingProblem,
    result: CouplingResult,
    measures: Measures,
    *,
    seed: int,
    fingerprint: str,
) -> dict[str, Any]:
    """Return the document of an answer; ``supplies`` is an iterator, for ``text.lines``.

    ``fingerprint`` tells of which problem file this is the answer.
    """
    return {
        "schema": RESULT_SCHEMA,
        "problem": fingerprint,
        "status": result.status.value,
        "objective": result.objective,
        "bound": result.bound,
        "price_bound": result.price_bound,
        "gap": result.gap,
        "seconds": round(result.seconds, 3),
        "seed": seed,
        "tiers": {
            "served": result.tiers.served,
            "fit": result.tiers.fit,
            "crowding": result.tiers.crowding,
        },
        "prices": price_rows(problem, result.prices, measures),
        "supplies": supply_rows(problem, result.supplies),
    }


def supply_rows(problem: CouplingProblem, supplies: Supplies) -> Iterator[dict[str, Any]]:
    """Yield each supply by refs; without ``slot`` where the problem has none."""
    pairs, is_timed = problem.pairs, bool(problem.slots)
    ends = zip(
        pairs.offer[supplies.pair].tolist(),
        pairs.need[supplies.pair].tolist(),
        pairs.component[supplies.pair].tolist(),
        supplies,
        strict=True,
    )
    for o, n, c, (_, slot, quantity) in ends:
        found: dict[str, Any] = {
            "offer": problem.offers[o].ref,
            "need": problem.needs[n].ref,
            "component": c,
        }
        if is_timed:
            found["slot"] = slot
        found["quantity"] = written(quantity, problem.scale)
        yield found


def read_result(content: bytes, problem: CouplingProblem, measures: Measures) -> ResultRead:
    """Read an answer to ``problem``.

    Raises ``FormRefused`` if it is none: not of the form, or with refs the problem does not have.
    """
    document = parse(content)
    if type(document) is not dict:
        raise wrong(Code.TYPE, document, "$", expected="object")
    if document.get("schema", RESULT_SCHEMA) != RESULT_SCHEMA:
        raise wrong(Code.SCHEMA, document["schema"], "schema", wanted=RESULT_SCHEMA)
    try:
        found = row(result_fields(problem, measures), ("schema", "supplies"))(document)
    except FormRefused as refused:
        raise refused.from_the_top() from None
    supplies, strangers = _through_pairs(problem, found["supplies"])
    rows = found.get("prices")
    prices = None if rows is None else prices_of(rows, problem, measures)
    return ResultRead(
        supplies,
        strangers,
        objective=found.get("objective"),
        bound=found.get("bound"),
        price_bound=found.get("price_bound"),
        problem=found.get("problem"),
        prices=prices,
    )


def result_fields(problem: CouplingProblem, measures: Measures) -> Fields:
    """Return the readers of the keys of a result."""
    figure, tiers = number(), ("served", "fit", "crowding")
    count = whole()
    required = ("offer", "need", "quantity", *(["slot"] if problem.slots else []))
    return {
        "schema": text,
        "problem": text,
        "status": choice({status.value: status for status in Status}),
        "objective": figure,
        "bound": figure,
        "price_bound": figure,
        "gap": figure,
        "seconds": number(0),
        "seed": whole(-MOST),
        "tiers": row(dict.fromkeys(tiers, figure)),
        "counts": row(dict.fromkeys(("supplies", "matches", "unmet"), count)),
        "prices": row(price_row_fields(problem)),
        "supplies": many(row(supply_fields(problem, measures), required)),
        "matches": _not_needed,
        "unmet": _not_needed,
    }


def supply_fields(problem: CouplingProblem, measures: Measures) -> Fields:
    """Return the readers of the keys of a supply."""
    return {
        "offer": Refs("offers", problem.offers).index,
        "need": Refs("needs", problem.needs).index,
        "component": whole(0, _MOST_INDEX),
        "slot": whole(0, _MOST_INDEX),
        # Quantities of 0 and below are for the judge to blame.
        "quantity": lambda value: measures.quantity(value, -MOST),
    }


def _not_needed(value: Any) -> Any:
    return value


def _through_pairs(
    problem: CouplingProblem, rows: Iterable[dict[str, Any]]
) -> tuple[Supplies, tuple[str, ...]]:
    listed = list(rows)
    width = max((len(need.components) for need in problem.needs), default=1)
    pairs = problem.pairs
    known = _key(problem, width, pairs.offer, pairs.need, pairs.component)
    order = np.argsort(known, kind="stable")
    offer, need, component = (
        np.array([item.get(key, 0) for item in listed], dtype=np.int64)
        for key in ("offer", "need", "component")
    )
    wanted = _key(problem, width, offer, need, component)
    place = np.searchsorted(known, wanted, sorter=order)
    pair = order[np.minimum(place, len(order) - 1)] if len(order) else np.full(len(wanted), -1)
    is_known = (component < width) & (pair >= 0)
    is_known[is_known] = known[pair[is_known]] == wanted[is_known]
    chosen = np.flatnonzero(is_known)
    supplies = Supplies.of(
        (int(pair[i]), listed[i].get("slot", 0), listed[i]["quantity"]) for i in chosen.tolist()
    )
    strangers = tuple(f"supplies[{i}]" for i in np.flatnonzero(~is_known).tolist())
    return supplies, strangers


def _key(
    problem: CouplingProblem,
    width: int,
    offer: npt.NDArray[Any],
    need: npt.NDArray[Any],
    component: npt.NDArray[Any],
) -> npt.NDArray[np.int64]:
    ends = need.astype(np.int64) * width + component
    return np.asarray(ends * max(1, len(problem.offers)) + offer, dtype=np.int64)
