"""A check of plans that shares no code with the engine."""

from collections import defaultdict

from binglian.engine.planning.problem import Link, PlanningProblem
from binglian.engine.planning.result import Plan


def broken(problem: PlanningProblem, plan: Plan) -> list[str]:
    """Return one sentence per broken rule."""
    found = []
    closed = {
        one.ref: {unit for stretch in one.closed for unit in range(*stretch)}
        for one in problem.calendars
    }
    resources = {one.ref: one for one in problem.resources}
    releases = {one.ref: one.release for one in problem.projects}
    used: dict[str, dict[int, int]] = {ref: defaultdict(int) for ref in resources}
    spent: dict[str, int] = defaultdict(int)
    for task in problem.tasks:
        start, finish = plan.starts[task.ref], plan.finishes[task.ref]
        mode = next(one for one in task.modes if one.ref == plan.modes[task.ref])
        if start < max(task.release, problem.earliest, releases.get(task.project or "", 0)):
            found.append(f"{task.ref} starts before its release")
        calendars = {task.calendar, *(resources[d.resource].calendar for d in mode.demands)}
        off = set().union(*(closed[ref] for ref in calendars if ref is not None))
        worked = [unit for unit in range(start, finish) if unit not in off]
        if len(worked) != mode.duration or (worked and (start in off or finish - 1 in off)):
            found.append(f"{task.ref} is worked {len(worked)} of {mode.duration} units")
        for demand in mode.demands:
            spent[demand.resource] += demand.amount
            for unit in worked:
                used[demand.resource][unit] += demand.amount
    for ref, resource in resources.items():
        over = [t for t, u in used[ref].items() if u > resource.capacity]
        if resource.renewable and over:
            found.append(f"{ref} is overdrawn at {min(over)}")
        if not resource.renewable and spent[ref] > resource.capacity:
            found.append(f"{ref} is overspent")
    for one in problem.precedences:
        before = plan.starts if one.link in (Link.START_START, Link.START_FINISH) else plan.finishes
        after = plan.starts if one.link in (Link.FINISH_START, Link.START_START) else plan.finishes
        between = after[one.after] - before[one.before]
        if between < one.least or (one.most is not None and between > one.most):
            found.append(f"{one.before} → {one.after} is {between} apart")
    return found


def late(problem: PlanningProblem, plan: Plan) -> tuple[int, float]:
    """Return the units beyond deadlines, and the weighted ones beyond due dates."""
    finishes: dict[str, int] = defaultdict(int)
    for task in problem.tasks:
        finish = plan.finishes[task.ref]
        finishes[task.project or ""] = max(finish, finishes[task.project or ""])
    ends = [(one, plan.finishes[one.ref]) for one in problem.tasks]
    ends += [(one, finishes[one.ref]) for one in problem.projects]
    overrun = sum(max(0, end - one.deadline) for one, end in ends if one.deadline is not None)
    lateness = sum(one.weight * max(0, end - one.due) for one, end in ends if one.due is not None)
    return overrun, lateness
