"""Rows known by their refs."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .faults import Code, FormRefused, nearest, wrong
from .values import name

#: Guessing what was meant is kept to lists in which it is quick.
_MOST_COMPARED = 20_000


class HasRef(Protocol):
    """A row with a ref."""

    @property
    def ref(self) -> str: ...


class Refs:
    """Where each ref of a list stands; ``faults`` tells those used twice."""

    def __init__(self, where: str, rows: Sequence[HasRef]) -> None:
        self.where = where
        self.faults: list[FormRefused] = []
        self._index: dict[str, int] = {}
        for i, row in enumerate(rows):
            first = self._index.setdefault(row.ref, i)
            if first != i:
                at = {"first": f"{where}[{first}]", "path": f"{where}[{i}].ref"}
                self.faults.append(wrong(Code.REF_TWICE, row.ref, **at))

    def index(self, value: Any) -> int:
        """Return the position of a ref as the document writes it."""
        found = self._index.get(value) if type(value) is str else None
        return self._look_up(name(value)) if found is None else found

    @property
    def positions(self) -> Mapping[str, int]:
        """Position by ref."""
        return self._index

    def _look_up(self, ref: str) -> int:
        if ref in self._index:
            return self._index[ref]
        near = nearest(ref, self._index) if len(self._index) <= _MOST_COMPARED else ""
        raise wrong(Code.NO_SUCH, ref, where=self.where, near=f'"{near}"' if near else "")
