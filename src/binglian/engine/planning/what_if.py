"""The same problem with something different, and what two plans differ in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .problem import Mode, PlanningProblem, Precedence, Resource, Task
from .result import Plan

__all__ = ["Changes", "Move", "changed", "moves_between"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different, by ref.

    ``durations``: worked units, in every mode. ``modes``: the only mode allowed. ``removed``: tasks
    that take no time and no capacity any more; what stood around them keeps its order.
    ``capacities``, ``deadlines``, ``dues`` (None: none any more) replace those there are.
    """

    durations: Mapping[str, int] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    capacities: Mapping[str, int] = field(default_factory=dict)
    deadlines: Mapping[str, int | None] = field(default_factory=dict)
    dues: Mapping[str, int | None] = field(default_factory=dict)
    precedences: tuple[Precedence, ...] = ()


def changed(problem: PlanningProblem, changes: Changes) -> PlanningProblem:
    """Return the problem with the changes; what is frozen stays as it is.

    Raises
    ------
    ValueError
        A ref is not there, or a value is impossible.
    """
    tasks = {task.ref for task in problem.tasks}
    named = {*changes.durations, *changes.modes, *changes.removed, *changes.deadlines}
    for ref in {*named, *changes.dues} - tasks:
        raise ValueError(f"changes: there is no task {ref}")
    for ref in set(changes.capacities) - {one.ref for one in problem.resources}:
        raise ValueError(f"changes: there is no resource {ref}")
    return replace(
        problem,
        tasks=tuple(_task(task, changes) for task in problem.tasks),
        resources=tuple(_resource(one, changes) for one in problem.resources),
        precedences=(*problem.precedences, *changes.precedences),
    )


def _task(task: Task, changes: Changes) -> Task:
    if task.frozen is not None:
        return task
    modes = task.modes
    if task.ref in changes.modes:
        modes = tuple(mode for mode in modes if mode.ref == changes.modes[task.ref])
        if not modes:
            raise ValueError(f"task {task.ref}: has no mode {changes.modes[task.ref]}")
    if task.ref in changes.removed:
        modes = (Mode(modes[0].ref, 0),)
    elif task.ref in changes.durations:
        modes = tuple(replace(mode, duration=changes.durations[task.ref]) for mode in modes)
    return replace(
        task,
        modes=modes,
        deadline=changes.deadlines.get(task.ref, task.deadline),
        due=changes.dues.get(task.ref, task.due),
    )


def _resource(resource: Resource, changes: Changes) -> Resource:
    capacity = changes.capacities.get(resource.ref, resource.capacity)
    # What is missing at times stays missing, as far as there is so much at all.
    shortages = ((first, last, min(amount, capacity)) for first, last, amount in resource.shortages)
    kept = tuple(one for one in shortages if one[2])
    return replace(resource, capacity=capacity, shortages=kept)


@dataclass(frozen=True, slots=True)
class Move:
    """A task that starts or finishes at another instant than in the plan before."""

    task: str
    start_before: int
    finish_before: int
    start: int
    finish: int

    @property
    def later(self) -> int:
        """Return by how many units it starts later; below 0: earlier."""
        return self.start - self.start_before


def moves_between(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Return the tasks of both plans that moved, the farthest first."""
    found = [
        Move(ref, before.starts[ref], before.finishes[ref], start, after.finishes[ref])
        for ref, start in after.starts.items()
        if ref in before.starts
        and (before.starts[ref], before.finishes[ref]) != (start, after.finishes[ref])
    ]
    return tuple(sorted(found, key=lambda move: (-abs(move.later), move.start, move.task)))
