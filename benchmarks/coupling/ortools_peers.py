"""Peers from OR-Tools: CP-SAT, PDLP (a bound), min-cost flow (a bound, and a repaired answer)."""

import math
import time

import numpy as np
from ortools.graph.python import min_cost_flow
from ortools.linear_solver import linear_solver_pb2
from ortools.pdlp import solve_log_pb2, solvers_pb2
from ortools.pdlp.python import pdlp
from ortools.sat.python import cp_model

from binglian.engine.coupling.problem import CouplingProblem, weight_of

from .answer import Answer, DoesNotApplyError
from .greedy import by_priority, serve_in_order
from .highs import dual_bound
from .programme import Programme, formulate, starting_point
from .stock import Stock

FINENESS = 10**8  # points are whole multiples of 1 / FINENESS, rounded up: bounds still hold


def cp_sat(problem: CouplingProblem, seconds: float, threads: int, *, warm: bool) -> Answer:
    """Solve the programme by CP-SAT, from nothing or with the answer by priority as a hint."""
    began = time.perf_counter()
    made = formulate(problem)
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, most, "") for most in made.most]
    for i, (low, high) in enumerate(zip(made.low, made.high, strict=True)):
        a, b = made.start[i], made.start[i + 1]
        terms = cp_model.LinearExpr.weighted_sum(
            [variables[v] for v in made.index[a:b]], list(made.coefficient[a:b])
        )
        if low == high:
            model.add(terms == int(high))
        elif math.isinf(low):
            model.add(terms <= int(high))
        else:
            model.add(terms >= int(low))
    points = [math.ceil(FINENESS * each - 1e-6) for each in made.points]
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, points))
    if warm:
        start = starting_point(made, problem, by_priority(problem))
        for variable, value in zip(variables, start.tolist(), strict=True):
            model.add_hint(variable, round(value))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    written_down = time.perf_counter() - began
    status = solver.solve(model)
    ended = solver.status_name(status)
    bound = made.base + solver.best_objective_bound / FINENESS
    supplies = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        supplies = made.supplies(np.array([solver.value(v) for v in variables], dtype=float))
    # Without any search CP-SAT says 0, which bounds nothing.
    known = math.isfinite(bound) and solver.best_objective_bound != 0
    return Answer(supplies, bound if known else None, ended, written_down)


def pdlp_bound(problem: CouplingProblem, seconds: float, threads: int) -> Answer:
    """Bound by the linear relaxation, solved by PDLP to a relative error of 1e-4.

    As with HiGHS, the bound is worked out from the dual values and holds whatever their error.
    """
    began = time.perf_counter()
    made = formulate(problem)
    programme = pdlp.qp_from_mpmodel_proto(_written(made), relax_integer_variables=True)
    asked = solvers_pb2.PrimalDualHybridGradientParams()
    asked.num_threads = threads
    asked.termination_criteria.time_sec_limit = seconds
    asked.termination_criteria.simple_optimality_criteria.eps_optimal_relative = 1e-4
    written_down = time.perf_counter() - began
    result = pdlp.primal_dual_hybrid_gradient(programme, asked)
    ended = solve_log_pb2.TerminationReason.Name(result.solve_log.termination_reason)
    duals = np.array(result.dual_solution)
    bound = min(dual_bound(made, duals), dual_bound(made, -duals))
    return Answer(None, bound, ended, written_down)


def _written(made: Programme) -> linear_solver_pb2.MPModelProto:
    """Return the relaxation in OR-Tools' own form."""
    written = linear_solver_pb2.MPModelProto(maximize=True)
    for most, points in zip(made.most, made.points, strict=True):
        written.variable.add(lower_bound=0, upper_bound=most, objective_coefficient=points)
    for i, (low, high) in enumerate(zip(made.low, made.high, strict=True)):
        a, b = made.start[i], made.start[i + 1]
        written.constraint.add(
            lower_bound=low,
            upper_bound=high,
            var_index=made.index[a:b],
            coefficient=made.coefficient[a:b],
        )
    return written


def flow(problem: CouplingProblem, seconds: float, threads: int) -> Answer:
    """Relax bundles, lots, limits and money: what is left is a transport problem.

    One thread and no time limit: the method has neither. Its flow is then repaired into a sound
    answer: needs are served by weight, each from the offers that the flow took.
    """
    del seconds, threads
    pairs = problem.pairs
    if len(problem.slots) > 1 or any(need.times > 1 for need in problem.needs):
        raise DoesNotApplyError("a flow knows no slots")
    if (pairs.use != 1).any() or (pairs.fixed > 0).any() or problem.kept:
        raise DoesNotApplyError("a flow takes one unit for one, pays no ties, keeps no promise")
    began = time.perf_counter()
    counts = np.array([len(need.components) for need in problem.needs])
    first = np.cumsum(counts) - counts
    asked = np.array([c.quantity for need in problem.needs for c in need.components])
    worth = np.repeat([weight_of(need) for need in problem.needs], counts)
    gain = worth / (np.repeat(counts, counts) * asked)
    has = np.array([offer.quantity for offer in problem.offers])
    part = first[pairs.need] + pairs.component
    source, sink = 0, 1
    offer_node, part_node = 2 + np.arange(len(has)), 2 + len(has) + np.arange(len(asked))
    graph = min_cost_flow.SimpleMinCostFlow()
    cost = -np.ceil(FINENESS * (gain[part] + pairs.value)).astype(np.int64)
    ways = graph.add_arcs_with_capacity_and_unit_cost(
        offer_node[pairs.offer], part_node[part], np.minimum(has[pairs.offer], asked[part]), cost
    )
    nothing = np.zeros(len(has), dtype=np.int64)
    graph.add_arcs_with_capacity_and_unit_cost(nothing + source, offer_node, has, nothing)
    nothing = np.zeros(len(asked), dtype=np.int64)
    graph.add_arcs_with_capacity_and_unit_cost(part_node, nothing + sink, asked, nothing)
    everything = int(has.sum())
    graph.add_arc_with_capacity_and_unit_cost(source, sink, everything, 0)
    graph.set_node_supply(source, everything)
    graph.set_node_supply(sink, -everything)
    written_down = time.perf_counter() - began
    status = graph.solve()
    if status != graph.OPTIMAL:
        return Answer(None, None, str(status), written_down)
    carried = np.asarray(graph.flows(ways), dtype=np.float64)
    weights = [weight_of(need) for need in problem.needs]
    order = sorted(range(len(weights)), key=lambda n: -weights[n])
    repaired = serve_in_order(Stock(problem), order, carried.tolist())
    return Answer(repaired, -graph.optimal_cost() / FINENESS, "OPTIMAL", written_down)
