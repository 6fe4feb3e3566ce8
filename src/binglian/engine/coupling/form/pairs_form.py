"""Stated pairs and kept commitments in the JSON form."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.candidates.finding import why_not
from binglian.engine.coupling.pairs import Pairs
from binglian.engine.coupling.problem import Kept, Need, Offer

from .amounts import Measures
from .faults import Code, FormRefused, wrong
from .refs import Refs
from .values import Fields, Read, many, number, or_none, row, whole

_DEFAULTS = {"component": 0, "fit": 1.0, "use": 1, "value": 0.0, "fixed": 0.0}
_MOST_INDEX = 10**6
Columns = dict[str, Sequence[Any]]


def pair_fields(offers: Refs, needs: Refs, measures: Measures) -> Fields:
    """Return the readers of the keys of a pair."""
    return {
        "offer": offers.index,
        "need": needs.index,
        "component": whole(0, _MOST_INDEX),
        "fit": number(0, 1),
        "use": whole(1),
        "value": measures.per_unit,
        "fixed": number(),
    }


def kept_fields(offers: Refs, needs: Refs, measures: Measures) -> Fields:
    """Return the readers of the keys of a kept commitment."""
    return {
        "offer": offers.index,
        "need": needs.index,
        "component": whole(0, _MOST_INDEX),
        "quantity": measures.some,
        "slot": or_none(whole(0, _MOST_INDEX)),
    }


def read_pairs(value: Any, offers: Sequence[Offer], needs: Sequence[Need], fields: Fields) -> Pairs:
    """Read pairs, as a list of rows or as columns; each must keep the rules of its two rows."""
    if type(value) not in (list, dict):
        raise wrong(Code.TYPE, value, expected="pairs")
    columns = _rows(value, fields) if type(value) is list else _columns(value, fields)
    at = _path_of_row if type(value) is list else _path_of_column
    faults = [
        *_missing_components(columns, needs, at),
        *_twice(columns, len(offers), at),
    ] or list(_against_rules(columns, offers, needs, at))
    if faults:
        raise FormRefused.all_of(faults)
    return Pairs(**{key: np.asarray(columns[key]) for key in fields})


def read_kept(value: Any, needs: Sequence[Need], slots: int, fields: Fields) -> tuple[Kept, ...]:
    """Read kept commitments; ``slots`` is how many slots the problem has."""
    read_row = row(fields, ("offer", "need", "quantity"))

    def read(item: Any) -> Kept:
        kept = Kept(**{"component": 0, **read_row(item)})
        most = len(needs[kept.need].components) - 1
        if kept.component > most:
            raise wrong(Code.RANGE, kept.component, path=".component", least=0, most=most)
        if kept.slot is not None and kept.slot >= slots:
            raise wrong(Code.RANGE, kept.slot, path=".slot", least=0, most=slots - 1)
        return kept

    return tuple(many(read)(value))


def _rows(value: list[Any], fields: Fields) -> Columns:
    listed = many(row(fields, ("offer", "need")))(value)
    columns: Columns = {key: [item[key] for item in listed] for key in ("offer", "need")}
    for key, default in _DEFAULTS.items():
        columns[key] = [item.get(key, default) for item in listed]
    return columns


def _columns(value: dict[Any, Any], fields: Fields) -> Columns:
    readers: dict[str, Read] = {key: many(read) for key, read in fields.items()}
    columns: Columns = row(readers, ("offer", "need"))(value)
    rows = len(columns["offer"])
    for key, default in _DEFAULTS.items():
        columns.setdefault(key, [default] * rows)
    for key, column in columns.items():
        if len(column) != rows:
            raise wrong(Code.LENGTHS, len(column), path=f".{key}", wanted=rows)
    return columns


def _path_of_row(p: int, key: str = "") -> str:
    return f"[{p}].{key}" if key else f"[{p}]"


def _path_of_column(p: int, key: str = "offer") -> str:
    return f".{key or 'offer'}[{p}]"


def _missing_components(columns: Columns, needs: Sequence[Need], at: Any) -> list[FormRefused]:
    most = np.array([len(need.components) for need in needs], dtype=np.int64) - 1
    component, need = _ints(columns["component"]), _ints(columns["need"])
    return [
        wrong(Code.RANGE, int(component[p]), at(p, "component"), least=0, most=int(most[need[p]]))
        for p in np.flatnonzero(component > most[need]).tolist()
    ]


def _twice(columns: Columns, offers: int, at: Any) -> list[FormRefused]:
    most = int(_ints(columns["component"]).max(initial=0)) + 1
    ends = _ints(columns["need"]) * most + _ints(columns["component"])
    ends = ends * max(1, offers) + _ints(columns["offer"])
    _, first, inverse = np.unique(ends, return_index=True, return_inverse=True)
    earlier = first[inverse]
    again = np.flatnonzero(earlier != np.arange(len(ends))).tolist()
    return [wrong(Code.PAIR_TWICE, path=at(p), first=f"pairs{at(int(earlier[p]))}") for p in again]


def _against_rules(
    columns: Columns, offers: Sequence[Offer], needs: Sequence[Need], at: Any
) -> list[FormRefused]:
    faults = []
    ends = zip(columns["offer"], columns["need"], columns["component"], strict=True)
    for p, (o, n, c) in enumerate(ends):
        offer, need = offers[o], needs[n]
        if rules := why_not(offer, need, need.components[c]):
            facts = {"offer": f'"{offer.ref}"', "need": f'"{need.ref}"', "rules": rules}
            faults.append(wrong(Code.PAIR_RULE, path=at(p), **facts))
    return faults


def _ints(column: Sequence[Any]) -> npt.NDArray[np.int64]:
    return np.asarray(column, dtype=np.int64)
