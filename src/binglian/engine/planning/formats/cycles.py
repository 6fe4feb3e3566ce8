"""Tasks that wait for one another in a circle, found before any search."""

from collections.abc import Iterable

from binglian.engine.planning.problem import Link, PlanningProblem

_START_BEFORE = {Link.START_START, Link.START_FINISH}
_START_AFTER = {Link.START_START, Link.FINISH_START}


def find_cycle(problem: PlanningProblem) -> tuple[str, ...]:
    """Return the tasks of a circle, the first one again at its end; () if there is none.

    A circle leads through starts and finishes, by links without negative lag, and takes time or
    passes through a task: «A and B start together» is none.
    """
    position = {task.ref: i for i, task in enumerate(problem.tasks)}
    afters: list[list[tuple[int, bool]]] = [[] for _ in range(2 * len(position))]
    for i in range(len(position)):
        afters[2 * i].append((2 * i + 1, True))
    for one in problem.precedences:
        if one.least < 0:
            continue
        before = 2 * position[one.before] + (one.link not in _START_BEFORE)
        after = 2 * position[one.after] + (one.link not in _START_AFTER)
        afters[before].append((after, one.least > 0))
    component = _components(afters)
    for instant, ties in enumerate(afters):
        for after, takes_time in ties:
            if takes_time and component[instant] == component[after]:
                path = _path(afters, component, after, instant)
                return _named(problem, (instant, *path))
    return ()


def _components(afters: list[list[tuple[int, bool]]]) -> list[int]:
    """Tarjan's strongly connected components, without recursion: a number for each instant."""
    order = [-1] * len(afters)
    low = [0] * len(afters)
    component = [-1] * len(afters)
    stack: list[int] = []
    count = 0
    for root in range(len(afters)):
        if order[root] >= 0:
            continue
        walk = [(root, iter(afters[root]))]
        order[root] = low[root] = count
        count += 1
        stack.append(root)
        while walk:
            here, ties = walk[-1]
            for there, _ in ties:
                if order[there] < 0:
                    order[there] = low[there] = count
                    count += 1
                    stack.append(there)
                    walk.append((there, iter(afters[there])))
                    break
                if component[there] < 0:
                    low[here] = min(low[here], order[there])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[here])
                if low[here] == order[here]:
                    _close(stack, here, component)
    return component


def _close(stack: list[int], root: int, component: list[int]) -> None:
    while True:
        instant = stack.pop()
        component[instant] = root
        if instant == root:
            return


def _path(
    afters: list[list[tuple[int, bool]]], component: list[int], start: int, end: int
) -> tuple[int, ...]:
    """Return the shortest way from one instant to another of the same component."""
    came_from = {start: -1}
    queue = [start]
    for here in queue:
        if here == end:
            break
        for there, _ in afters[here]:
            if there not in came_from and component[there] == component[end]:
                came_from[there] = here
                queue.append(there)
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


def _named(problem: PlanningProblem, instants: Iterable[int]) -> tuple[str, ...]:
    """Return the tasks of the instants, each once in a row."""
    refs: list[str] = []
    for instant in instants:
        ref = problem.tasks[instant // 2].ref
        if not refs or refs[-1] != ref:
            refs.append(ref)
    return (*refs, refs[0]) if len(refs) == 1 or refs[0] != refs[-1] else tuple(refs)
