"""Solving with the judge at hand."""

from typing import Any

from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.solve import solve_coupling


def solved(problem: CouplingProblem, **settings: Any) -> CouplingResult:
    """Solve, and insist on a sound answer."""
    result = solve_coupling(problem, **{"seconds": 20, **settings})
    assert broken_rules(problem, result.supplies) == []
    return result
