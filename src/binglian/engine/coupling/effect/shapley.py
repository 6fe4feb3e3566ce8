"""Shapley values: what each member of a group adds, on average over all orders of joining.

Reference: J. Castro, D. Gómez, J. Tejada (2009), Polynomial calculation of the Shapley value
based on sampling, Computers & Operations Research 36.
"""

import math
from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from binglian.engine.coupling.pairs import Floats, Ints

Value = Callable[[frozenset[int]], float]


def exact_shares(members: Sequence[int], value: Value) -> Floats:
    """Return the Shapley value of every member; asks for the value of all 2^n groups."""
    count = len(members)
    shares = np.zeros(count)
    for i, member in enumerate(members):
        others = [other for other in members if other != member]
        for size in range(count):
            weight = 1 / (count * math.comb(count - 1, size))
            for group in map(frozenset, combinations(others, size)):
                shares[i] += weight * (value(group | {member}) - value(group))
    return shares


class SampledShares:
    """Estimates from orders drawn at random, each used forwards and backwards.

    An order and its reverse make one sample: what errs high in one tends to err low in the other.
    The estimates of one group always add up to its value.
    """

    def __init__(self, members: Sequence[int], value: Value, seed: int) -> None:
        self.members, self.value = tuple(members), value
        self._chance = np.random.default_rng([seed, *members])
        self._samples: list[Floats] = []

    def draw(self) -> None:
        """Add one sample, for which the value of about 2n groups is asked."""
        order = self._chance.permutation(len(self.members))
        self._samples.append((self._added(order) + self._added(order[::-1])) / 2)

    def shares(self) -> Floats:
        """Return the mean of the samples."""
        mean: Floats = np.array(self._samples).mean(axis=0)
        return mean

    def standard_errors(self) -> Floats:
        """Return the standard error of every mean; two samples at least are needed."""
        spread: Floats = np.array(self._samples).std(axis=0, ddof=1)
        return spread / math.sqrt(len(self._samples))

    def _added(self, order: Ints) -> Floats:
        added = np.zeros(len(order))
        joined: frozenset[int] = frozenset()
        before = self.value(joined)
        for i in map(int, order):
            joined |= {self.members[i]}
            after = self.value(joined)
            added[i], before = after - before, after
        return added
