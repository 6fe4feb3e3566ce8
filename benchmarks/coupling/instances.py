"""Known problems of others, said in our words: generalised assignment and knapsacks.

Their files are not part of this repository: put them in a folder, named as published
(``d05100``, ``gapd.txt``, ``mknapcb1.txt`` …), and name it in ``BINGLIAN_PUBLIC_INSTANCES``.
Types C, D and E are also drawn here by their published recipes, so that there is always
something to measure.

Sources: J. E. Beasley (1990), OR-Library, J. Oper. Res. Soc. 41 (gap*, mknapcb*); P. Chu,
J. Beasley (1997), Computers & Oper. Res. 24 (types A–D); M. Laguna et al. (1995), Eur. J. Oper.
Res. 82 (type E); best known values: M. Yagiura, T. Ibaraki, F. Glover (2006), Eur. J. Oper. Res.
169 (D, E); P. Chu, J. Beasley (1998), J. Heuristics 4 (first problems of mknapcb*).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Pairs, Supplies
from binglian.engine.coupling.problem import Component, CouplingProblem, Need, Offer

Ints = npt.NDArray[np.int64]

FOLDER = "BINGLIAN_PUBLIC_INSTANCES"
DEAR = 10  # serving a job is worth this many times the highest cost

#: Least cost known of single-problem files; all but d20200 are proven optimal.
BEST_COST = {
    "d05100": 6353, "d05200": 12742, "d10100": 6347, "d10200": 12430, "d20100": 6185,
    "d20200": 12244, "e05100": 12681, "e05200": 24930, "e10100": 11577, "e10200": 23307,
    "e20100": 8436, "e20200": 22379,
}  # fmt: skip
#: Files of OR-Library that hold several problems: size (agents, jobs) names each.
OF_TYPE = {"gapc.txt": "c", "gapd.txt": "d"}
#: Greatest value known of the problems 1, 2, … of a file.
BEST_VALUE = {
    "mknapcb1": (24381, 24274, 23551, 23534, 23991, 24613, 25591, 23410, 24216, 24411),
}


@dataclass(frozen=True)
class Instance:
    """A known problem in our words; costs are to be low, values high.

    ``base`` turns our objective into theirs: cost = base - objective, value = objective.
    """

    name: str
    problem: CouplingProblem
    is_cost: bool
    base: float = 0.0
    best_known: float | None = None

    def theirs(self, objective: float) -> float:
        """Return the objective, or a bound on it, as the literature counts."""
        return self.base - objective if self.is_cost else objective

    def is_complete(self, supplies: Supplies) -> bool:
        """Return whether every job is done (always true of a knapsack)."""
        return not self.is_cost or len(supplies) == len(self.problem.needs)


def assignment(
    name: str, cost: Ints, takes: Ints, has: Ints, best_known: float | None = None
) -> Instance:
    """Say a generalised assignment problem in our words: agents are offers, jobs are needs.

    Shapes: cost and takes (agents, jobs), has (agents). Each job is a whole need for one unit,
    which takes ``takes[i, j]`` of agent i and adds ``-cost[i, j]`` points.
    """
    agents, jobs = cost.shape
    worth = float(DEAR * cost.max())
    offers = [
        Offer(f"A{i + 1}", f"agent {i + 1}", f"agent {i + 1}", "time", quantity)
        for i, quantity in enumerate(has.tolist())
    ]
    part = (Component("time", 1),)
    needs = [Need(f"J{j + 1}", "owner", f"job {j + 1}", part, weight=worth) for j in range(jobs)]
    need, offer = (table.ravel() for table in np.indices((jobs, agents)))
    fits = takes.T.ravel() <= has[offer]
    need, offer = need[fits], offer[fits]
    fit = np.ones(len(need), dtype=np.float32)
    pairs = Pairs.plain(
        offer.astype(np.int32), need.astype(np.int32), np.zeros(len(need), dtype=np.int32), fit
    )
    points = -cost[offer, need].astype(np.float64)
    pairs = replace(pairs, use=takes[offer, need], value=points)
    problem = CouplingProblem(tuple(offers), tuple(needs), pairs)
    return Instance(name, problem, True, worth * jobs, best_known)


def knapsack(
    name: str, value: Ints, takes: Ints, has: Ints, best_known: float | None = None
) -> Instance:
    """Say a multi-dimensional knapsack in our words: an item is a bundle, a limit an offer.

    Shapes: value (items), takes (limits, items), has (limits).
    """
    limits, items = takes.shape
    offers = [
        Offer(f"L{i + 1}", f"limit {i + 1}", f"limit {i + 1}", f"limit {i + 1}", quantity)
        for i, quantity in enumerate(has.tolist())
    ]
    needs, rows = [], []
    for j in range(items):
        used = [i for i in range(limits) if takes[i, j]]
        parts = tuple(Component(f"limit {i + 1}", int(takes[i, j])) for i in used)
        worth = float(value[j])
        needs.append(Need(f"I{j + 1}", "owner", f"item {j + 1}", parts, weight=worth))
        rows += [(i, j, c) for c, i in enumerate(used)]
    offer, need, component = np.array(rows, dtype=np.int32).T
    pairs = Pairs.plain(offer, need, component, np.ones(len(rows), dtype=np.float32))
    return Instance(
        name, CouplingProblem(tuple(offers), tuple(needs), pairs), False, 0.0, best_known
    )


def drawn_assignment(kind: str, agents: int, jobs: int, *, seed: int) -> Instance:
    """Draw a problem of type C, D or E by its published recipe."""
    pick = np.random.default_rng([seed, agents, jobs, ord(kind)])
    shape = (agents, jobs)
    if kind == "C":
        takes, cost = pick.integers(5, 26, shape), pick.integers(10, 51, shape)
    elif kind == "D":
        takes = pick.integers(1, 101, shape)
        cost = np.maximum(1, 111 - takes + pick.integers(-10, 11, shape))
    else:
        drawn = 1 - 10 * np.log(1 - pick.random(shape))
        cost = np.maximum(1, np.rint(1000 / drawn - 10 * pick.random(shape))).astype(np.int64)
        takes = np.maximum(1, np.rint(drawn)).astype(np.int64)
    has = np.maximum(0.8 * takes.sum(axis=1) / agents, takes.max(axis=1)).astype(np.int64)
    return assignment(f"{kind} {agents}×{jobs} seed {seed}", cost, takes, has)


def drawn_knapsack(items: int, limits: int, *, seed: int, tightness: float = 0.5) -> Instance:
    """Draw a multi-dimensional knapsack by the recipe of Chu and Beasley (1998)."""
    pick = np.random.default_rng([seed, items, limits])
    takes = pick.integers(0, 1001, (limits, items))
    has = (tightness * takes.sum(axis=1)).astype(np.int64)
    value = (takes.sum(axis=0) / limits + 500 * pick.random(items)).astype(np.int64)
    return knapsack(f"knapsack {items}×{limits} seed {seed}", value, takes, has)


def drawn_instances() -> Iterator[Instance]:
    """Draw the problems measured where no files are at hand."""
    for kind in "CDE":
        for agents, jobs in ((5, 100), (10, 200), (20, 400)):
            yield drawn_assignment(kind, agents, jobs, seed=1)
    for limits in (5, 10, 30):
        yield drawn_knapsack(250, limits, seed=1)


def public_instances() -> tuple[list[Instance], str]:
    """Return the problems of the folder named in the environment, and what to say about it."""
    named = os.environ.get(FOLDER)
    if not named:
        return [], f"{FOLDER} is not set: no public instances were measured."
    folder = Path(named)
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not files:
        return [], f"{FOLDER}={named} holds no files: no public instances were measured."
    found = [instance for path in files for instance in read_instances(path)]
    return found, f"{len(found)} public instances in {len(files)} files."


def read_instances(path: Path) -> list[Instance]:
    """Read a file in a format of OR-Library, or of one assignment problem alone.

    Raises
    ------
    ValueError
        The numbers in the file do not add up to either.
    """
    numbers = np.array(path.read_text(encoding="ascii").split(), dtype=np.float64).astype(np.int64)
    name = path.name.removesuffix(".txt")
    if name.startswith("mknap"):
        return list(_knapsacks(name, numbers))
    if len(numbers) == _size(numbers):
        return [_one(name, numbers, BEST_COST.get(name))]
    return list(_several(name, numbers))


def _size(numbers: Ints) -> int:
    agents, jobs = (int(number) for number in numbers[:2])
    return 2 + 2 * agents * jobs + agents


def _one(name: str, numbers: Ints, best_known: float | None) -> Instance:
    agents, jobs = (int(number) for number in numbers[:2])
    cells = agents * jobs
    if len(numbers) < _size(numbers):
        raise ValueError(f"{name}: {len(numbers)} numbers are too few for {agents} × {jobs}")
    cost, takes = numbers[2 : 2 + cells], numbers[2 + cells : 2 + 2 * cells]
    has = numbers[2 + 2 * cells : _size(numbers)]
    shape = (agents, jobs)
    return assignment(name, cost.reshape(shape), takes.reshape(shape), has, best_known)


def _several(name: str, numbers: Ints) -> Iterator[Instance]:
    count, rest = int(numbers[0]), numbers[1:]
    for k in range(1, count + 1):
        if len(rest) < 2:
            raise ValueError(f"{name}: holds {k - 1} problems instead of {count}")
        agents, jobs = (int(number) for number in rest[:2])
        size = _size(rest)
        single = f"{OF_TYPE.get(name + '.txt', name + ' ')}{agents:02d}{jobs}"
        yield _one(single, rest[:size], BEST_COST.get(single))
        rest = rest[size:]


def _knapsacks(name: str, numbers: Ints) -> Iterator[Instance]:
    count, rest = int(numbers[0]), numbers[1:]
    for k in range(count):
        items, limits, optimum = (int(number) for number in rest[:3])
        size = 3 + items + limits * items + limits
        if len(rest) < size:
            raise ValueError(f"{name}: holds {k} problems instead of {count}")
        value, takes = rest[3 : 3 + items], rest[3 + items : size - limits]
        listed: Any = BEST_VALUE.get(name, ())
        best = float(optimum or (listed[k] if k < len(listed) else 0)) or None
        yield knapsack(
            f"{name}-{k + 1}", value, takes.reshape(limits, items), rest[size - limits : size], best
        )
        rest = rest[size:]
