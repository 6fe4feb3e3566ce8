"""PyJobShop with OR-Tools, told the problem as its documentation shows."""

import time

from pyjobshop import Model, SolveStatus

from binglian.engine.planning.problem import Link, PlanningProblem, Precedence
from binglian.engine.planning.result import Plan

from .answer import Answer, DoesNotApplyError


def pyjobshop(problem: PlanningProblem, seconds: float, workers: int) -> Answer:
    """Solve by PyJobShop with its own settings; the limit begins once its model is written."""
    _refuse_what_it_cannot_say(problem)
    model, modes = _model(problem)
    began = time.perf_counter()
    result = model.solve(time_limit=seconds, display=False, num_workers=workers)
    answer = Answer(ended=result.status.value, solver_seconds=time.perf_counter() - began)
    if result.best.tasks:
        answer.plan = Plan(
            {task.ref: done.start for task, done in _pairs(problem, result)},
            {task.ref: done.end for task, done in _pairs(problem, result)},
            {task.ref: modes[done.mode] for task, done in _pairs(problem, result)},
        )
        if not _asks_for_dues(problem):
            answer.bound = round(result.lower_bound)
    answer.proved = result.status is SolveStatus.OPTIMAL
    return answer


def _pairs(problem, result):  # type: ignore[no-untyped-def]
    return zip(problem.tasks, result.best.tasks, strict=True)


def _asks_for_dues(problem: PlanningProblem) -> bool:
    return any(project.due is not None for project in problem.projects)


def _refuse_what_it_cannot_say(problem: PlanningProblem) -> None:
    if any(task.due is not None for task in problem.tasks):
        raise DoesNotApplyError("due dates of tasks; it knows those of jobs")
    if any(task.frozen for task in problem.tasks) or problem.current:
        raise DoesNotApplyError("frozen parts and a plan in force")
    if any(one.calendar is not None for one in problem.precedences):
        raise DoesNotApplyError("lags in worked units")
    if any(project.weight != int(project.weight) for project in problem.projects):
        raise DoesNotApplyError("weights that are no whole numbers")


def _model(problem: PlanningProblem) -> tuple[Model, list[str]]:
    """Write the model; return it with the mode refs in its order."""
    model = Model()
    closed = {calendar.ref: list(calendar.closed) for calendar in problem.calendars}
    resources = {
        one.ref: model.add_renewable(one.capacity, breaks=closed.get(one.calendar or ""))
        if one.renewable
        else model.add_consumable(one.capacity)
        for one in problem.resources
    }
    # A task's own calendar is a resource that closes with it, of which it asks nothing.
    offices = {ref: model.add_renewable(1, breaks=breaks) for ref, breaks in closed.items()}
    jobs = {
        one.ref: model.add_job(
            weight=int(one.weight),
            release_date=one.release,
            due_date=one.due,
            **({} if one.deadline is None else {"deadline": one.deadline}),
        )
        for one in problem.projects
    }
    tasks, modes = {}, []
    for task in problem.tasks:
        tasks[task.ref] = model.add_task(
            job=jobs.get(task.project or ""),
            earliest_start=max(task.release, problem.earliest),
            allow_breaks=bool(closed),
            **({} if task.deadline is None else {"latest_end": task.deadline}),
        )
        for mode in task.modes:
            asked = [(resources[demand.resource], demand.amount) for demand in mode.demands]
            if task.calendar is not None:
                asked.append((offices[task.calendar], 0))
            model.add_mode(
                tasks[task.ref],
                [resource for resource, _ in asked],
                mode.duration,
                [amount for _, amount in asked],
            )
            modes.append(mode.ref)
    for precedence in problem.precedences:
        _tie(model, tasks, precedence)
    dear = sum(max(mode.duration for mode in task.modes) for task in problem.tasks)
    model.set_objective(
        weight_makespan=1, weight_total_tardiness=dear if _asks_for_dues(problem) else 0
    )
    return model, modes


def _tie(model: Model, tasks, one: Precedence) -> None:  # type: ignore[no-untyped-def]
    before, after = tasks[one.before], tasks[one.after]
    least, most = {
        Link.FINISH_START: (model.add_end_before_start, model.add_start_before_end),
        Link.START_START: (model.add_start_before_start, model.add_start_before_start),
        Link.FINISH_FINISH: (model.add_end_before_end, model.add_end_before_end),
        Link.START_FINISH: (model.add_start_before_end, model.add_end_before_start),
    }[one.link]
    least(before, after, one.least)
    if one.most is not None:
        most(after, before, -one.most)
