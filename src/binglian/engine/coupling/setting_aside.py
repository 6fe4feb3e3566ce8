"""Earlier commitments, set aside before the rest is laid out."""

from collections import defaultdict

import numpy as np

from .problem import CouplingProblem


class KeptSupplies:
    """What earlier commitments hold, by the ends they concern."""

    def __init__(self, problem: CouplingProblem) -> None:
        use = _use_of_pairs(problem)
        self.always: dict[tuple[int, int], int] = defaultdict(int)
        self.in_slot: dict[tuple[int, int, int], int] = defaultdict(int)
        self.slots: dict[int, set[int]] = defaultdict(set)
        self.taken: dict[tuple[int, int, int], int] = defaultdict(int)
        self.suppliers: dict[int, set[int]] = defaultdict(set)
        self.part_suppliers: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.lines: list[tuple[int, int, int | None, int]] = []  # offer, need, slot, units of it
        number = numbered([offer.organisation for offer in problem.offers])
        for kept in problem.kept:
            o, n, c = kept.offer, kept.need, kept.component
            units = use.get((o, n, c), 1) * kept.quantity
            if kept.slot is None:
                self.always[n, c] += kept.quantity
            else:
                self.in_slot[n, c, kept.slot] += kept.quantity
                self.slots[n].add(kept.slot)
            self.taken[o, n, c] += units
            self.suppliers[n].add(number[o])
            self.part_suppliers[n, c].add(number[o])
            self.lines.append((o, n, kept.slot, units))


def _use_of_pairs(problem: CouplingProblem) -> dict[tuple[int, int, int], int]:
    if not problem.kept:
        return {}
    kept_needs = np.unique([kept.need for kept in problem.kept])
    chosen = np.flatnonzero(np.isin(problem.pairs.need, kept_needs))
    listed = (problem.pairs[p] for p in chosen.tolist())
    return {(pair.offer, pair.need, pair.component): pair.use for pair in listed}


def numbered(names: list[str]) -> list[int]:
    """Return a number per name, counted from 0 in the order they first appear."""
    number: dict[str, int] = {}
    return [number.setdefault(name, len(number)) for name in names]
