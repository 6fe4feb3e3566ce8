"""Projects large enough to breed on, with one kind of feature each."""

from random import Random

from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)

CREW = (Resource("crew", 3), Resource("crane", 2))
FEATURES = ("plain", "calendars", "modes", "links")


def random_project(features: str = "plain", tasks: int = 40, seed: int = 1) -> PlanningProblem:
    """Return a project that its crews make hard; ``features`` names what it has beside."""
    chance = Random(seed)
    week = Calendar("week", tuple((5 + 7 * k, 7 + 7 * k) for k in range(40)))
    shift = Calendar("shift", tuple((2 + 4 * k, 3 + 4 * k) for k in range(80)))

    def mode(ref: str) -> Mode:
        demands = tuple(Demand(one.ref, chance.randint(0, one.capacity)) for one in CREW)
        money = (Demand("money", chance.randint(1, 5)),) if features == "modes" else ()
        return Mode(ref, chance.randint(1, 8), demands + money)

    def task(number: int) -> Task:
        modes = tuple(mode(f"m{k}") for k in range(3 if features == "modes" else 1))
        calendars = (None, "week", "shift") if features == "calendars" else (None,)
        return Task(f"t{number}", modes, calendar=chance.choice(calendars))

    links = [*Link] if features == "links" else [Link.FINISH_START]
    ties = [
        Precedence(f"t{before}", f"t{after}", chance.choice(links), chance.choice((0, 0, 2)))
        for after in range(2, tasks)
        for before in chance.sample(range(max(0, after - 9), after), 2)
    ]
    budget = Resource("money", 3 * tasks, renewable=False)
    return PlanningProblem(
        tuple(task(number) for number in range(tasks)), tuple(ties), (*CREW, budget), (week, shift)
    )
