"""OR-Tools CP-SAT with the model its documentation shows: intervals, cumulatives, makespan."""

import time
from collections import defaultdict
from typing import Any

from ortools.sat.python import cp_model

from binglian.engine.planning.problem import Link, PlanningProblem
from binglian.engine.planning.result import Plan

from .answer import Answer, DoesNotApplyError


def cp_sat(problem: PlanningProblem, seconds: float, workers: int) -> Answer:
    """Solve by CP-SAT with its own settings; the limit begins once the model is written."""
    if problem.calendars:
        raise DoesNotApplyError("calendars; its examples have none for tasks that pause")
    if any(one.due is not None for one in (*problem.tasks, *problem.projects)):
        raise DoesNotApplyError("due dates")
    if any(task.frozen for task in problem.tasks) or problem.current:
        raise DoesNotApplyError("frozen parts and a plan in force")
    model, starts, ends, chosen = _model(problem)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    began = time.perf_counter()
    status = solver.solve(model)
    answer = Answer(ended=solver.status_name(status), solver_seconds=time.perf_counter() - began)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        answer.plan = Plan(
            {ref: solver.value(start) for ref, start in starts.items()},
            {ref: solver.value(end) for ref, end in ends.items()},
            {
                ref: next(mode for mode, taken in modes.items() if solver.value(taken))
                for ref, modes in chosen.items()
            },
        )
        answer.proved = status == cp_model.OPTIMAL
    if status != cp_model.INFEASIBLE:
        answer.bound = max(0, round(solver.best_objective_bound))
    return answer


def _model(problem: PlanningProblem) -> Any:
    model = cp_model.CpModel()
    horizon = _horizon(problem)
    releases = {one.ref: one.release for one in problem.projects}
    starts, ends, chosen = {}, {}, {}
    uses: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    spends: dict[str, list[Any]] = defaultdict(list)
    renewable = {one.ref: one.renewable for one in problem.resources}
    for task in problem.tasks:
        release = max(task.release, problem.earliest, releases.get(task.project or "", 0))
        start = model.new_int_var(release, horizon, "")
        end = model.new_int_var(release, horizon, "")
        taken = {mode.ref: model.new_bool_var("") for mode in task.modes}
        model.add_exactly_one(taken.values())
        for mode in task.modes:
            if len(task.modes) == 1:
                interval = model.new_interval_var(start, mode.duration, end, "")
            else:
                interval = model.new_optional_interval_var(
                    start, mode.duration, end, taken[mode.ref], ""
                )
            for demand in mode.demands:
                if renewable[demand.resource]:
                    uses[demand.resource].append((interval, demand.amount))
                else:
                    spends[demand.resource].append(demand.amount * taken[mode.ref])
        starts[task.ref], ends[task.ref], chosen[task.ref] = start, end, taken
        if task.deadline is not None:
            model.add(end <= task.deadline)
    for one in problem.precedences:
        before = starts if one.link in (Link.START_START, Link.START_FINISH) else ends
        after = starts if one.link in (Link.FINISH_START, Link.START_START) else ends
        model.add(after[one.after] >= before[one.before] + one.least)
        if one.most is not None:
            model.add(after[one.after] <= before[one.before] + one.most)
    for resource in problem.resources:
        if not resource.renewable:
            model.add(sum(spends[resource.ref]) <= resource.capacity)
        elif uses[resource.ref]:
            intervals, amounts = zip(*uses[resource.ref], strict=True)
            model.add_cumulative(intervals, amounts, resource.capacity)
    makespan = model.new_int_var(0, horizon, "")
    model.add_max_equality(makespan, list(ends.values()))
    model.minimize(makespan)
    return model, starts, ends, chosen


def _horizon(problem: PlanningProblem) -> int:
    work = sum(max(mode.duration for mode in task.modes) for task in problem.tasks)
    waits = sum(max(0, one.least) for one in problem.precedences)
    begins = [problem.earliest, *(one.release for one in (*problem.tasks, *problem.projects))]
    return work + waits + max(begins)
