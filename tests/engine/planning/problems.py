"""Small random problems with every feature, small enough to try everything."""

from random import Random

from hypothesis import strategies as some

from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

MOST_TASKS = 5


def problems(most_tasks: int = MOST_TASKS) -> some.SearchStrategy[PlanningProblem]:
    """Draw a problem."""
    chance = some.randoms(use_true_random=False)
    return some.builds(random_problem, chance, some.integers(1, most_tasks))


def random_problem(chance: Random, tasks: int) -> PlanningProblem:
    """Return a problem of so many tasks; the same chance gives the same problem."""
    calendars = tuple(_calendar(chance, f"c{k}") for k in range(chance.randint(0, 2)))
    resources = _resources(chance, calendars)
    projects = tuple(_project(chance, f"j{k}") for k in range(chance.randint(0, 2)))
    today = chance.choice((0, 0, 1, 3))
    listed = tuple(
        _task(chance, f"t{n}", calendars, resources, projects, today) for n in range(tasks)
    )
    return PlanningProblem(
        listed,
        _precedences(chance, tasks, calendars),
        resources,
        calendars,
        projects,
        today,
        tuple((task.ref, chance.randint(0, 8)) for task in listed if chance.random() < 0.3),
    )


def _perhaps(chance: Random, share: float, low: int, high: int) -> int | None:
    return chance.randint(low, high) if chance.random() < share else None


def _calendar(chance: Random, ref: str) -> Calendar:
    closed, at = [], chance.randint(0, 3)
    for _ in range(chance.randint(1, 3)):
        until = at + chance.randint(1, 2)
        closed.append((at, until))
        at = until + chance.randint(1, 3)
    return Calendar(ref, tuple(closed))


def _some_calendar(chance: Random, calendars: tuple[Calendar, ...]) -> str | None:
    return chance.choice((None, *(one.ref for one in calendars)))


def _resources(chance: Random, calendars: tuple[Calendar, ...]) -> tuple[Resource, ...]:
    crews = tuple(
        Resource(f"r{k}", chance.randint(1, 3), calendar=_some_calendar(chance, calendars))
        for k in range(chance.randint(0, 2))
    )
    if chance.random() < 0.3:
        return (*crews, Resource("fund", chance.randint(1, 6), renewable=False))
    return crews


def _project(chance: Random, ref: str) -> Project:
    return Project(
        ref,
        release=chance.choice((0, 0, 2)),
        deadline=_perhaps(chance, 0.3, 3, 12),
        due=_perhaps(chance, 0.5, 2, 10),
        weight=chance.choice((0.0, 0.5, 1.0, 2.0)),
    )


def _task(
    chance: Random,
    ref: str,
    calendars: tuple[Calendar, ...],
    resources: tuple[Resource, ...],
    projects: tuple[Project, ...],
    today: int,
) -> Task:
    modes = tuple(_mode(chance, f"m{k}", resources) for k in range(chance.choice((1, 1, 2))))
    return Task(
        ref,
        modes,
        project=chance.choice((None, *(one.ref for one in projects))),
        calendar=_some_calendar(chance, calendars),
        release=chance.choice((0, 0, 0, 1, 4)),
        deadline=_perhaps(chance, 0.2, 2, 12),
        due=_perhaps(chance, 0.3, 1, 10),
        weight=chance.choice((0.0, 0.25, 1.0, 3.0)),
        counted=chance.random() < 0.8,
        frozen=_frozen(chance, modes, today) if chance.random() < 0.15 else None,
    )


def _mode(chance: Random, ref: str, resources: tuple[Resource, ...]) -> Mode:
    demands = tuple(
        Demand(one.ref, chance.choice((0, 1, 1, 2, 3)))
        for one in resources
        if chance.random() < 0.5
    )
    return Mode(ref, chance.choice((0, 1, 1, 2, 2, 3)), demands)


def _frozen(chance: Random, modes: tuple[Mode, ...], today: int) -> Frozen:
    """Begun before today, and perhaps done; now and then promised for later."""
    start = chance.randint(0, today) if chance.random() < 0.8 else today + chance.randint(0, 4)
    finish = start + chance.randint(0, 4) if chance.random() < 0.4 else None
    mode = chance.choice(modes).ref
    return Frozen(start, None if len(modes) == 1 and chance.random() < 0.5 else mode, finish)


def _precedences(
    chance: Random, tasks: int, calendars: tuple[Calendar, ...]
) -> tuple[Precedence, ...]:
    ties = []
    for after in range(tasks):
        for before in range(after):
            if chance.random() < 0.35:
                ties.append(_precedence(chance, f"t{before}", f"t{after}", calendars))
            if chance.random() < 0.04:  # backwards, so that circles arise, tight and loose
                back = chance.randint(-6, 0)
                ties.append(Precedence(f"t{after}", f"t{before}", chance.choice([*Link]), back))
    return tuple(ties)


def _precedence(
    chance: Random, before: str, after: str, calendars: tuple[Calendar, ...]
) -> Precedence:
    calendar = _some_calendar(chance, calendars)
    least = chance.choice((0, 0, 0, 1, 2) if calendar else (0, 0, 0, 1, 2, -1, -2))
    most = least + chance.randint(0, 3) if chance.random() < 0.25 else None
    if calendar and most is not None:
        most = max(most, 0)
    link = chance.choice((Link.FINISH_START, Link.FINISH_START, *Link))
    return Precedence(before, after, link, least, most, calendar)
