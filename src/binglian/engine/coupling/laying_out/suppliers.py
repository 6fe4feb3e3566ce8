"""How many organisations may serve one need, and which of them do already."""

import numpy as np

from binglian.engine.coupling.market import Flags
from binglian.engine.coupling.pairs import Indexes, Ints

from .rows import Rows

FEW = 3  # suppliers of one part that the dual function counts exactly


class Suppliers:
    """``limit`` (needs) and ``part_limit`` (parts): how many more may come; -1: any number."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.problem, self.kept = rows, rows.problem, rows.kept
        self.limit, self.part_limit = self._limits()

    def _limits(self) -> tuple[Indexes, Indexes]:
        """Return how many more organisations each need, and each part, may take (-1: any)."""
        needs = self.problem.needs
        limit = np.array([_or_none(need.max_suppliers) for need in needs], dtype=np.int32)
        part_limit = np.array(
            [
                _or_none(_smaller(component.max_suppliers, need.max_suppliers))
                for need in needs
                for component in need.components
            ],
            dtype=np.int32,
        )
        for n, known in self.kept.suppliers.items():
            if limit[n] >= 0:
                limit[n] = max(0, limit[n] - len(known))
        for (n, c), known in self.kept.part_suppliers.items():
            part = self.rows.component_start[n] + c
            if part_limit[part] >= 0:
                part_limit[part] = max(0, part_limit[part] - len(known))
        return limit, part_limit

    def few_organisations(self) -> Flags:
        """Return for each need that is whole how few may serve it, where one or two may."""
        limit = self.limit
        few = np.where((limit == 1) | (limit == 2), limit, 0).astype(np.uint8) * self.rows.whole
        few[list(self.kept.suppliers)] = 0
        return few

    def few(self) -> Flags:
        """Return for each part how few may serve it, where so few may that it matters."""
        part_limit = self.part_limit
        few = np.where((part_limit >= 1) & (part_limit <= FEW), part_limit, 0).astype(np.uint8)
        for n, c in self.kept.part_suppliers:
            few[self.rows.component_start[n] + c] = 0
        return few

    def known(self, chosen: Ints) -> Flags:
        """Return for these pairs whether their organisation serves the need, and the part."""
        flags = np.zeros(len(chosen), dtype=np.uint8)
        if not self.kept.suppliers:
            return flags
        pairs = self.problem.pairs
        for i, p in enumerate(chosen.tolist()):
            n, c = int(pairs.need[p]), int(pairs.component[p])
            organisation = int(self.rows.organisation[pairs.offer[p]])
            flags[i] = (organisation in self.kept.suppliers.get(n, ())) + 2 * (
                organisation in self.kept.part_suppliers.get((n, c), ())
            )
        return flags


def _smaller(one: int | None, other: int | None) -> int | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _or_none(limit: int | None) -> int:
    return -1 if limit is None else limit
