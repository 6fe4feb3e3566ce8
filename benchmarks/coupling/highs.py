"""Peers: HiGHS as a mixed-integer solver, and on the linear relaxation."""

import time

import highspy
import numpy as np
import numpy.typing as npt

from binglian.engine.coupling.pairs import Supplies
from binglian.engine.coupling.problem import CouplingProblem, weight_of

from .answer import Answer
from .greedy import by_priority, serve_in_order
from .programme import Programme, formulate, starting_point
from .stock import Stock

Floats = npt.NDArray[np.float64]


def mip(problem: CouplingProblem, seconds: float, threads: int, *, warm: bool) -> Answer:
    """Solve the programme, from nothing or from the answer by priority."""
    began = time.perf_counter()
    made = formulate(problem)
    solver = _solver(made, seconds, threads, whole=True)
    solver.setOptionValue("mip_rel_gap", 1e-6)
    if warm:
        start = highspy.HighsSolution()
        start.col_value = starting_point(made, problem, by_priority(problem)).tolist()
        solver.setSolution(start)
    written_down = time.perf_counter() - began
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value)
    bound = made.base + info.mip_dual_bound
    return Answer(
        made.supplies(values) if found else None,
        bound if np.isfinite(bound) else None,
        solver.modelStatusToString(solver.getModelStatus()),
        written_down,
    )


def relaxation(problem: CouplingProblem, seconds: float, threads: int, *, method: str) -> Answer:
    """Solve the linear relaxation by ``simplex`` or ``ipm``; round it in order of shares served.

    The bound is worked out from the dual values, so that it holds whenever the solver stopped.
    """
    began = time.perf_counter()
    made = formulate(problem)
    solver = _solver(made, seconds, threads, whole=False)
    solver.setOptionValue("solver", method)
    written_down = time.perf_counter() - began
    solver.run()
    solution = solver.getSolution()
    ended = solver.modelStatusToString(solver.getModelStatus())
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Answer(None, None, ended, written_down)
    duals = np.array(solution.row_dual)
    bound = min(dual_bound(made, duals), dual_bound(made, -duals))
    answer = rounded(problem, made, np.array(solution.col_value))
    return Answer(answer, bound, ended, written_down)


def rounded(problem: CouplingProblem, made: Programme, values: Floats) -> Supplies:
    """Serve needs by the share (then the weight) that the relaxation serves, from its offers."""
    liked = np.zeros(len(problem.pairs))
    for (p, _), x in made.supply_of.items():
        liked[p] = max(liked[p], values[x])
    share = [0.0] * len(problem.needs)
    for variable, (what, *about) in made.meaning.items():
        if what == "served":
            share[about[0]] = float(values[variable])
    weights = [weight_of(need) for need in problem.needs]
    order = sorted(range(len(weights)), key=lambda n: (-round(share[n], 2), -weights[n]))
    return serve_in_order(Stock(problem), order, liked.tolist())


def dual_bound(made: Programme, duals: Floats) -> float:
    """Return the bound that any row multipliers prove: the rest is the best box answer."""
    arrays = made.arrays()
    low, high = arrays["low"], arrays["high"]
    held = np.where(((duals > 0) & np.isfinite(high)) | ((duals < 0) & np.isfinite(low)), duals, 0)
    rows = np.repeat(np.arange(len(low)), np.diff(arrays["start"]))
    reduced = arrays["points"] - np.bincount(
        arrays["index"],
        weights=arrays["coefficient"] * held[rows],
        minlength=len(arrays["points"]),
    )
    side = np.where(held > 0, high, np.where(held < 0, low, 0.0))
    return float(made.base + held @ side + np.maximum(reduced, 0) @ arrays["most"])


def _solver(made: Programme, seconds: float, threads: int, *, whole: bool) -> highspy.Highs:
    arrays = made.arrays()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays["most"]), len(arrays["low"])
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = arrays["points"]
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), arrays["most"]
    lp.row_lower_, lp.row_upper_ = arrays["low"], arrays["high"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = arrays["start"], arrays["index"]
    lp.a_matrix_.value_ = arrays["coefficient"]
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("threads", threads)
    solver.passModel(lp)
    return solver
