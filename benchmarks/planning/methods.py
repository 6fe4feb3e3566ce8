"""Every method that is measured: ours and its peers."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from binglian.engine.planning.problem import PlanningProblem

from .answer import Answer

OURS = "ours"
PEER = "pyjobshop"
RULE = "rule"

Solve = Callable[[PlanningProblem, float, int], Answer]


@dataclass(frozen=True, slots=True)
class Method:
    """A name for the tables, and the module and function ``solve(problem, seconds, workers)``.

    Modules are loaded when they are run: no method pays for what another one needs.
    """

    label: str
    module: str
    function: str

    def load(self) -> Solve:
        """Return the function."""
        solve: Solve = getattr(import_module(f"benchmarks.planning.{self.module}"), self.function)
        return solve


METHODS = {
    RULE: Method("priority rule LFT", "priority_rule", "by_latest_finish"),
    "cp_sat": Method("OR-Tools CP-SAT", "cp_sat_peer", "cp_sat"),
    PEER: Method("PyJobShop", "pyjobshop_peer", "pyjobshop"),
    OURS: Method("Binglian", "ours", "ours"),
}
