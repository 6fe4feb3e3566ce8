"""Patterson's text of one project, and its kin for several projects that share resources.

One project: numbers of tasks and resources; capacities; for each task duration, demands, number
of successors, successors (from 1). Several: numbers of projects and resources; capacities; for
each project its number of tasks and release, which resources it uses, then its tasks, whose
successors read ``project:task``.

References
----------
J. Patterson (1984), A comparison of exact approaches for solving the multiple constrained
resource, project scheduling problem, *Management Science* 30. R. Van Eynde, M. Vanhoucke (2020),
Resource-constrained multi-project scheduling: benchmark datasets and decoupled scheduling,
*Journal of Scheduling* 23 (several projects).
"""

from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

from .faults import Code, FormatError
from .words import Words


def read_patterson(text: str) -> PlanningProblem:
    """Read one project; tasks are called by their numbers. Raises ``FormatError``."""
    words = Words(text)
    count = words.whole("number of tasks", 1)
    resources = _resources(words, words.whole("number of resources"))
    tasks, precedences = [], []
    for number in range(1, count + 1):
        tasks.append(_task(words, str(number), resources))
        for _ in range(words.whole("number of successors")):
            line = words.line
            after = words.whole("successor")
            if not 1 <= after <= count:
                raise FormatError(Code.NO_TASK, line=line, field="successor", value=after)
            precedences.append(_precedence(str(number), str(after), line))
    words.refuse_more()
    return PlanningProblem(tuple(tasks), tuple(precedences), resources)


def read_several(text: str) -> PlanningProblem:
    """Read several projects; tasks are called ``project:task``. Raises ``FormatError``."""
    words = Words(text)
    count = words.whole("number of projects", 1)
    resources = _resources(words, words.whole("number of resources"))
    projects, tasks, ties = [], [], []
    for project in range(1, count + 1):
        ref = str(project)
        task_count = words.whole("number of tasks")
        projects.append(Project(ref, release=words.whole("release")))
        words.wholes(len(resources), "uses the resource")
        for number in range(1, task_count + 1):
            before = f"{project}:{number}"
            tasks.append(_task(words, before, resources, ref))
            for _ in range(words.whole("number of successors")):
                line = words.line
                ties.append((before, words.word("successor"), line))
    words.refuse_more()
    known = {task.ref for task in tasks}
    for _before, after, line in ties:
        if after not in known:
            raise FormatError(Code.NO_TASK, line=line, field="successor", value=after)
    precedences = tuple(_precedence(*tie) for tie in ties)
    return PlanningProblem(tuple(tasks), precedences, resources, projects=tuple(projects))


def _resources(words: Words, count: int) -> tuple[Resource, ...]:
    return tuple(Resource(f"R{k + 1}", words.whole("capacity")) for k in range(count))


def _task(
    words: Words, ref: str, resources: tuple[Resource, ...], project: str | None = None
) -> Task:
    duration = words.whole("duration")
    demands = _demands(resources, words.wholes(len(resources), "demand"))
    return Task(ref, (Mode("1", duration, demands),), project)


def _demands(resources: tuple[Resource, ...], amounts: list[int]) -> tuple[Demand, ...]:
    pairs = zip(resources, amounts, strict=True)
    return tuple(Demand(resource.ref, amount) for resource, amount in pairs if amount)


def _precedence(before: str, after: str, line: int) -> Precedence:
    if before == after:
        raise FormatError(Code.CYCLE, line=line, field="successor", tasks=f"{before} → {after}")
    return Precedence(before, after)
