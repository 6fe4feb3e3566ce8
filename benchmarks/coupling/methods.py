"""Every method that is measured: ours and its peers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import Progress
from binglian.engine.coupling.solve import solve_coupling

from .answer import Answer, Curve
from .greedy import by_priority, first_come
from .highs import mip, relaxation
from .ortools_peers import cp_sat, flow, pdlp_bound

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Method:
    """A name for the tables and ``run(problem, seconds, threads)``."""

    label: str
    run: Callable[[CouplingProblem, float, int], Answer]


def ours(problem: CouplingProblem, seconds: float, threads: int) -> Answer:
    """Solve by Binglian, noting how objective and bound move."""
    began = time.perf_counter()
    curve: Curve = []

    def note(step: Progress) -> None:
        curve.append((round(time.perf_counter() - began, 3), step.objective, step.bound))

    result = solve_coupling(problem, seconds=seconds, threads=threads, progress=note)
    return Answer(
        result.supplies,
        result.bound,
        result.status.value,
        prices=result.prices,
        price_bound=result.price_bound,
        curve=_thinned(curve),
    )


def _in_order(
    order: Callable[[CouplingProblem], Supplies],
    problem: CouplingProblem,
    seconds: float,
    threads: int,
) -> Answer:
    del seconds, threads  # one pass, one thread
    return Answer(order(problem), ended="one pass")


def _thinned(curve: Curve) -> Curve:
    """Keep the steps at which something moved, at most about two hundred."""
    moved = [
        step for before, step in zip([(0, 0, 0), *curve], curve) if step[1:] != before[1:]
    ]
    return moved[:: max(1, len(moved) // 200)] + moved[-1:]


METHODS = {
    "first_come": Method("first come, first served", partial(_in_order, first_come)),
    "by_priority": Method("by priority", partial(_in_order, by_priority)),
    "flow": Method("min-cost flow, repaired", flow),
    "simplex": Method("HiGHS LP (simplex), rounded", partial(relaxation, method="simplex")),
    "ipm": Method("HiGHS LP (IPM), rounded", partial(relaxation, method="ipm")),
    "pdlp": Method("OR-Tools PDLP (bound only)", pdlp_bound),
    "mip_cold": Method("HiGHS MIP", partial(mip, warm=False)),
    "mip_warm": Method("HiGHS MIP, from by priority", partial(mip, warm=True)),
    "cp_cold": Method("CP-SAT", partial(cp_sat, warm=False)),
    "cp_warm": Method("CP-SAT, hint by priority", partial(cp_sat, warm=True)),
    OURS: Method("Binglian", ours),
}
