"""Reads a coupling problem from its JSON form."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.problem import CouplingProblem, Need, Window
from binglian.engine.coupling.slots import HALF_DAYS, slots_for

from .amounts import Measures, measures_of
from .entries import Entries, window
from .faults import Code, FormRefused, wrong
from .pairs_form import kept_fields, pair_fields, read_kept, read_pairs
from .refs import Refs
from .text import parse
from .values import many, row, text, whole

PROBLEM_SCHEMA = "binglian.coupling.problem/1"
HALF_DAYS_WORD = "half-days"
KEYS = (
    "schema",
    "note",
    "scale",
    "slots",
    "organisations",
    "budgets",
    "offers",
    "needs",
    "pairs",
    "most_per_component",
    "kept",
)
_REQUIRED = ("schema", "offers", "needs")


@dataclass(frozen=True, slots=True)
class ProblemRead:
    """A problem, and how many of its units make one of the file's."""

    problem: CouplingProblem
    measures: Measures


def read_problem(content: bytes) -> ProblemRead:
    """Read a problem; pairs that are not stated are found.

    Raises ``FormRefused`` with the path, the value and the remedy of every fault.
    """
    with _without_collection():
        document = parse(content)
        return _Reading(document).problem()


class _Reading:
    """Goes through the document key by key and gathers the faults."""

    def __init__(self, document: Any) -> None:
        if type(document) is not dict:
            raise wrong(Code.TYPE, document, "$", expected="object")
        if document.get("schema", PROBLEM_SCHEMA) != PROBLEM_SCHEMA:
            raise wrong(Code.SCHEMA, document["schema"], "schema", wanted=PROBLEM_SCHEMA)
        self.document = document
        self.faults: list[FormRefused] = []
        self._try("", row(dict.fromkeys(KEYS, _anything), _REQUIRED), document)
        scale = self._read("scale", whole(1, 10**6), None)
        self.measures = measures_of(document, scale)
        self.entries = Entries(self.measures)

    def problem(self) -> ProblemRead:
        entries = self.entries
        self._read("note", text, "")
        most = self._read("most_per_component", whole(1, 10**6), None)
        slots = self._read("slots", _slots, None)
        organisations = self._read("organisations", many(entries.organisation), ())
        budgets = self._read("budgets", many(entries.budget), ())
        payers = Refs("budgets", budgets or ())
        offers = self._read("offers", _numbered(entries.offer), ())
        needs = self._read("needs", _numbered(entries.need), ())
        known, wanting = Refs("offers", offers or ()), Refs("needs", needs or ())
        for refs in (Refs("organisations", organisations or ()), payers, known, wanting):
            self.faults += refs.faults
        if budgets is not None:
            self._check_budgets(needs, payers)
        self._refuse_faults()  # positions are right only in lists without faults
        if slots is None:
            slots = slots_for(offers, needs)
        fields = pair_fields(known, wanting, self.measures)
        pairs = self._read("pairs", lambda value: read_pairs(value, offers, needs, fields), None)
        fields_of_kept = kept_fields(known, wanting, self.measures)
        kept = self._read(
            "kept", lambda value: read_kept(value, needs, max(1, len(slots)), fields_of_kept), ()
        )
        self._refuse_faults()
        if pairs is None:
            pairs = find_pairs(offers, needs, slots=slots, most_per_component=most)
        problem = CouplingProblem(
            offers, needs, pairs, kept, self.measures.scale, slots, organisations, budgets
        )
        return ProblemRead(problem, self.measures)

    def _read(self, key: str, read: Callable[[Any], Any], default: Any) -> Any:
        """Read one key; return ``default`` if it is left out and None if it has faults."""
        if key not in self.document:
            return default
        return self._try(key, read, self.document.pop(key))

    def _try(self, path: str, read: Callable[[Any], Any], value: Any) -> Any:
        try:
            return read(value)
        except FormRefused as refused:
            self.faults.append(refused.under(path))
            return None

    def _check_budgets(self, needs: tuple[Need, ...] | None, payers: Refs) -> None:
        for i, need in enumerate(needs or ()):
            if need.budget is not None:
                self._try(f"needs[{i}].budget", payers.index, need.budget)

    def _refuse_faults(self) -> None:
        if self.faults:
            raise FormRefused.all_of(self.faults).from_the_top()


def _anything(value: Any) -> Any:
    return value


def _slots(value: Any) -> tuple[Window, ...]:
    if value == HALF_DAYS_WORD:
        return HALF_DAYS
    if type(value) is not list:
        raise wrong(Code.TYPE, value, expected="slots")
    return tuple(many(window)(value))


def _numbered(read: Callable[[Any, int], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return the reader of a list whose rows may go by their position, counted from 1."""

    def read_rows(value: Any) -> tuple[Any, ...]:
        positions = count(1)
        return tuple(many(lambda item: read(item, next(positions)))(value))

    return read_rows


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep Python from searching millions of new rows for circles: there are none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
