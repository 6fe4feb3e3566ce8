"""A bound in milliseconds: what precedence, calendars and the work of resources say alone."""

from __future__ import annotations

import numpy as np

from .bounds.destructive import energy_bound
from .bounds.windows import Ends, Impossible, usable_modes
from .kernel.compiled import Site
from .network import network_of
from .problem import PlanningProblem


def quick_bound(problem: PlanningProblem) -> int:
    """Return an instant before which no plan ends; 0 where no plan can be.

    No schedule is built and nothing searched, and shortages of capacities are left out, so that
    thousands of tasks take milliseconds; ``solve.solve_plan`` proves more.
    """
    if not problem.tasks:
        return 0
    network = network_of(problem)
    ends = Ends(Site(network), usable_modes(network))
    try:
        heads = ends.heads()
    except Impossible:
        return 0
    bound, _ = energy_bound(ends, heads, ends.horizon(heads), lambda: False)
    return int(network.axis.file_finish(np.array(bound)))
