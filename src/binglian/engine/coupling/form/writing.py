"""Writes a coupling problem in its JSON form, leaving out what has its default."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Pair
from binglian.engine.coupling.problem import (
    EVERY_DAY,
    MINUTES_A_DAY,
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Window,
)
from binglian.engine.coupling.slots import HALF_DAYS

from .amounts import written
from .entries import DEFAULT_KIND, own_organisation
from .problem_form import HALF_DAYS_WORD, PROBLEM_SCHEMA

_WORDS = {
    "tags", "conditions", "excludes", "only_for", "prefers", "rules_out", "refuses",
}  # fmt: skip


def write_problem(
    problem: CouplingProblem, *, with_pairs: bool = False, most_per_component: int | None = None
) -> dict[str, Any]:
    """Return the document that ``read_problem`` reads as this problem.

    Without ``with_pairs`` the reader finds the pairs again, ``most_per_component`` of them for
    each component; what stated pairs add (use, value, fixed) is then lost.
    """
    scale = problem.scale
    document: dict[str, Any] = {"schema": PROBLEM_SCHEMA}
    if scale != 1:
        document["scale"] = scale
    document["slots"] = HALF_DAYS_WORD if problem.slots == HALF_DAYS else _windows(problem.slots)
    if problem.organisations:
        document["organisations"] = [
            {"ref": row.ref, "effort_limit": row.effort_limit} for row in problem.organisations
        ]
    if problem.budgets:
        document["budgets"] = [{"ref": row.ref, "amount": row.amount} for row in problem.budgets]
    document["offers"] = [_offer(offer, scale) for offer in problem.offers]
    document["needs"] = [_need(need, scale) for need in problem.needs]
    if with_pairs:
        document["pairs"] = _pairs(problem)
    elif most_per_component is not None:
        document["most_per_component"] = most_per_component
    if problem.kept:
        document["kept"] = [_kept(problem, kept) for kept in problem.kept]
    return document


def _offer(offer: Offer, scale: int) -> dict[str, Any]:
    row = _said(offer)
    row["quantity"] = written(offer.quantity, scale)
    if "lot" in row:
        row["lot"] = written(offer.lot, scale)
    for key in ("price", "effort"):
        if key in row:
            row[key] *= scale  # per unit of the file, not per step
    _leave_out(row, "organisation", own_organisation("offer", offer.ref))
    _leave_out(row, "kind", DEFAULT_KIND)
    _leave_out(row, "title", "")
    return row


def _need(need: Need, scale: int) -> dict[str, Any]:
    row = _said(need)
    row["components"] = [_component(component, scale) for component in need.components]
    if need.deadline is not None:
        row["deadline"] = _date(need.deadline)
    _leave_out(row, "organisation", own_organisation("need", need.ref))
    _leave_out(row, "title", "")
    return row


def _component(component: Component, scale: int) -> dict[str, Any]:
    row = _said(component)
    row["quantity"] = written(component.quantity, scale)
    _leave_out(row, "kind", DEFAULT_KIND)
    return row


def _said(entry: Offer | Need | Component) -> dict[str, Any]:
    """Every field that differs from its default, under its own name."""
    row = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if value == field.default:
            continue
        if field.name in _WORDS:
            value = sorted(value)
        elif field.name == "windows":
            value = _windows(value)
        row[field.name] = value
    return row


def _windows(windows: Iterable[Window]) -> list[dict[str, Any]]:
    return [_window(window) for window in windows]


def _window(window: Window) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if window.first_day is not None:
        row["first_on"] = _date(window.first_day)
    if window.last_day is not None:
        row["last_on"] = _date(window.last_day)
    if window.weekdays != EVERY_DAY:
        row["weekdays"] = [bit + 1 for bit in range(7) if window.weekdays >> bit & 1]
    if window.start_minute:
        row["start"] = _time(window.start_minute)
    if window.end_minute != MINUTES_A_DAY:
        row["end"] = _time(window.end_minute)
    return row


def _pairs(problem: CouplingProblem) -> dict[str, list[Any]]:
    """The pairs as columns, those left out in which every row has the default."""
    pairs, scale = problem.pairs, problem.scale
    offers = np.array([offer.ref for offer in problem.offers], dtype=object)
    needs = np.array([need.ref for need in problem.needs], dtype=object)
    columns = {"offer": offers[pairs.offer].tolist(), "need": needs[pairs.need].tolist()}
    values: dict[str, npt.NDArray[Any]] = {
        "component": pairs.component,
        "fit": np.round(pairs.fit.astype(np.float64), 6),
        "use": pairs.use,
        "value": pairs.value * scale,
        "fixed": pairs.fixed,
    }
    defaults = {field.name: field.default for field in fields(Pair)}
    for key, column in values.items():
        if np.any(column != (0 if key == "component" else defaults[key])):
            columns[key] = column.tolist()
    return columns


def _kept(problem: CouplingProblem, kept: Kept) -> dict[str, Any]:
    row = {
        "offer": problem.offers[kept.offer].ref,
        "need": problem.needs[kept.need].ref,
        "component": kept.component,
        "quantity": written(kept.quantity, problem.scale),
        "slot": kept.slot,
    }
    if kept.slot is None:
        del row["slot"]
    return row


def _leave_out(row: dict[str, Any], key: str, default: str) -> None:
    if row.get(key) == default:
        del row[key]


def _date(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
