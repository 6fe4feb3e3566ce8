"""An independent judge of plans. Imports neither solver nor arrays nor kernel."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from binglian.engine.planning.problem import Link, PlanningProblem
from binglian.engine.planning.result import Plan
from binglian.engine.planning.wording import Wording

from .broken_rule import BrokenRule, Code
from .sharing import broken_budgets, broken_capacities
from .tables import Tables, column, groups
from .working_time import Truths

__all__ = ["BrokenRule", "Code", "MissedDeadline", "broken_rules", "missed_deadlines"]

UNLIMITED = 1 << 62  # units between two ends


def broken_rules(problem: PlanningProblem, plan: Plan) -> list[BrokenRule]:
    """Return every broken hard rule, deadlines aside; an empty list means the plan is sound.

    What is frozen is history: it is counted, never blamed, and where it exceeds a rule by itself
    nothing may be added. A plan that lacks tasks or names modes there are not is judged for that
    alone.
    """
    if malformed := list(_malformed(problem, plan)):
        return malformed
    tables = Tables(problem, plan)
    rules = (_history, _begun, _worked, _apart, broken_capacities, broken_budgets)
    return [broken for rule in rules for broken in rule(tables)]


@dataclass(frozen=True, slots=True)
class MissedDeadline:
    """A task or a project that finishes after its hard deadline; instants."""

    ref: str
    deadline: int
    finish: int
    is_project: bool = False

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        name, late = words.name(self.ref), words.length(self.finish - self.deadline)
        deadline, finish = words.finish(self.deadline), words.finish(self.finish)
        if words.zh:
            kind = "项目" if self.is_project else "任务"
            return f"{kind}{name}的硬期限是 {deadline}，计划 {finish} 完成，超出 {late}。"
        kind = "Project" if self.is_project else "Task"
        return f"{kind} {name} is due by {deadline} but finishes at {finish}, {late} beyond."


def missed_deadlines(problem: PlanningProblem, plan: Plan) -> list[MissedDeadline]:
    """Return the hard deadlines the plan misses: of tasks, then of projects."""
    missed = []
    for task in problem.tasks:
        finish = plan.finishes[task.ref]
        if task.deadline is not None and finish > task.deadline:
            missed.append(MissedDeadline(task.ref, task.deadline, finish))
    last = last_finishes(problem, plan)
    for project in problem.projects:
        finish = last.get(project.ref, 0)
        if project.deadline is not None and finish > project.deadline:
            missed.append(MissedDeadline(project.ref, project.deadline, finish, is_project=True))
    return missed


def last_finishes(problem: PlanningProblem, plan: Plan) -> dict[str, int]:
    """Return when each project that has tasks finishes."""
    last: dict[str, int] = {}
    for task in problem.tasks:
        if task.project is not None:
            last[task.project] = max(last.get(task.project, 0), plan.finishes[task.ref])
    return last


def _malformed(problem: PlanningProblem, plan: Plan) -> Iterator[BrokenRule]:
    listed = {task.ref for task in problem.tasks}
    for ref in {**plan.starts, **plan.finishes, **plan.modes}:
        if ref not in listed:
            yield BrokenRule(Code.UNKNOWN_TASK, (ref,))
    for task in problem.tasks:
        mode = plan.modes.get(task.ref)
        if mode is None or task.ref not in plan.starts or task.ref not in plan.finishes:
            yield BrokenRule(Code.NOT_PLANNED, (task.ref,))
        elif all(mode != one.ref for one in task.modes):
            yield BrokenRule(Code.UNKNOWN_MODE, (task.ref,), modes=(mode,))


def _history(tables: Tables) -> Iterator[BrokenRule]:
    for n, frozen in tables.history():
        who, mode = (tables.refs[n],), tables.modes[n].ref
        start, finish = int(tables.start[n]), int(tables.finish[n])
        if start != frozen.start:
            yield BrokenRule(Code.HISTORY, who, start, frozen.start, what="start")
        if frozen.finish not in (None, finish):
            yield BrokenRule(Code.HISTORY, who, finish, frozen.finish or 0, what="finish")
        if frozen.mode not in (None, mode):
            yield BrokenRule(Code.HISTORY, who, what="mode", modes=(mode, frozen.mode or ""))


def _begun(tables: Tables) -> Iterator[BrokenRule]:
    """No task starts before today, its release, or its project's."""
    problem = tables.problem
    projects = {one.ref: one.release for one in problem.projects}
    release = column(
        max(task.release, projects[task.project] if task.project is not None else 0)
        for task in problem.tasks
    )
    free = ~tables.frozen
    for n in np.flatnonzero(free & (tables.start < release)).tolist():
        start, earliest = int(tables.start[n]), int(release[n])
        yield BrokenRule(Code.RELEASE, (tables.refs[n],), start, earliest)
    late = free & (tables.start >= release) & (tables.start < problem.earliest)
    for n in np.flatnonzero(late).tolist():
        start = int(tables.start[n])
        yield BrokenRule(Code.TODAY, (tables.refs[n],), start, problem.earliest)


def _worked(tables: Tables) -> Iterator[BrokenRule]:
    """Every task starts when it is worked on and finishes once its worked units are done."""
    done = _is_done(tables)
    for number, rows in groups(tables.calendar):
        start, finish = tables.start[rows], tables.finish[rows]
        working = (tables.duration[rows] > 0) & ~tables.frozen[rows]
        shut = working & ~tables.working_time(number).is_open(start)
        for n, at in zip(rows[shut].tolist(), start[shut].tolist(), strict=True):
            yield BrokenRule(Code.CLOSED, (tables.refs[n],), at, at)
        expected = tables.expected_finish(rows, number)
        for i in np.flatnonzero((finish != expected) & ~done[rows]).tolist():
            yield BrokenRule(
                Code.DURATION,
                (tables.refs[rows[i]],),
                int(finish[i]),
                int(expected[i]),
                at=int(start[i]),
            )


def _is_done(tables: Tables) -> Truths:
    done = np.zeros(len(tables.refs), dtype=np.bool_)
    done[[n for n, frozen in tables.history() if frozen.finish is not None]] = True
    return done


def _apart(tables: Tables) -> Iterator[BrokenRule]:
    """The ends that precedences tie are as far apart as they say, unless both are history."""
    ties = tables.problem.precedences
    before = column(tables.row[one.before] for one in ties)
    after = column(tables.row[one.after] for one in ties)
    ends = {"S": tables.start, "F": tables.finish}
    begin, end = np.zeros_like(before), np.zeros_like(after)
    links = np.array([one.link.value for one in ties])
    for link in Link:
        mine = links == link.value
        begin[mine] = ends[link.value[0]][before[mine]]
        end[mine] = ends[link.value[1]][after[mine]]
    judged = ~(tables.frozen[before] & tables.frozen[after])
    for number, rows in groups(column(tables.number((one.calendar,)) for one in ties)):
        units = end[rows] - begin[rows]
        if number:  # worked units are counted forwards only
            time = tables.working_time(number)
            worked = time.worked(end[rows]) - time.worked(begin[rows])
            units = np.where(units < 0, units, worked)
        least = column(ties[p].least for p in rows.tolist())
        most = column(_most(ties[p].most) for p in rows.tolist())
        for wrong, code, limit in (
            (units < least, Code.LEAST, least),
            (units > most, Code.MOST, most),
        ):
            for i in np.flatnonzero(wrong & judged[rows]).tolist():
                tie = ties[rows[i]]
                tasks = (tie.before, tie.after)
                yield BrokenRule(code, tasks, int(units[i]), int(limit[i]), link=tie.link)


def _most(units: int | None) -> int:
    return UNLIMITED if units is None else units
