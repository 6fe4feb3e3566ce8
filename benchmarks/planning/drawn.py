"""Seeded random portfolios: approval networks of many projects that share organisations.

Each project goes through stages. An item waits for some items of the stage before, the last item
of a stage (the permit) for all of it. Each item takes reviewers of an organisation that has its
place in the order of stages, and sometimes of a second one. Capacities are such that the busiest
organisations have work all the time, others less.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

DURATIONS = (3, 5, 5, 5, 7, 7, 7, 10, 14, 15, 16, 20)  # working days pledged for an approval
WEEK, FREE = 7, 5  # the last two of seven days are free
FUNDS = "overtime"


@dataclass(frozen=True, slots=True)
class Portfolio:
    """How a portfolio is drawn; shares are between 0 and 1.

    ``crowding`` is the time the busiest organisation needs, in longest paths of a project;
    ``spread`` is how far from its own stage an organisation has items, 1 being all stages.
    ``early`` is the share of links that let work begin early and be decided late, ``waits`` of
    those with days between, ``lapses`` of permits that lapse. ``urgent`` items can be done in
    less time by more people and overtime, of which there is a third of what all would take.
    """

    tasks: int
    projects: int
    organisations: int
    crowding: float = 1.5
    spread: float = 0.3
    calendars: bool = False
    early: float = 0.0
    waits: float = 0.0
    lapses: float = 0.0
    urgent: float = 0.0
    dues: bool = False


PORTFOLIOS = {
    "portfolio of 300": Portfolio(
        300, 10, 12, calendars=True, early=0.15, waits=0.1, lapses=0.2, urgent=0.3, dues=True
    ),
    "10,000 tasks": Portfolio(10_000, 100, 50),
    "100,000 tasks": Portfolio(100_000, 200, 200),
}


def random_portfolio(name: str, *, seed: int, **changes: Any) -> PlanningProblem:
    """Draw a portfolio; ``changes`` are fields of ``Portfolio`` that differ from the one named."""
    return _Draw(replace(PORTFOLIOS[name], **changes), seed).problem()


class _Draw:
    def __init__(self, shape: Portfolio, seed: int) -> None:
        self.shape = shape
        self.pick = np.random.default_rng([seed, shape.tasks, shape.projects])
        self.names = [f"单位{k + 1}" for k in range(shape.organisations)]
        self.work = [0] * shape.organisations  # reviewers × units asked
        self.most = [1] * shape.organisations  # reviewers that one item asks
        self.urgent = 0

    def problem(self) -> PlanningProblem:
        shape = self.shape
        sizes = [len(part) for part in np.array_split(np.arange(shape.tasks), shape.projects)]
        tasks: list[Task] = []
        precedences: list[Precedence] = []
        paths = []
        for number, size in enumerate(sizes, start=1):
            mine, links, path = self._project(f"项目{number}", size)
            tasks += mine
            precedences += links
            paths.append(path)
        span = round(shape.crowding * max(paths))
        return PlanningProblem(
            tuple(tasks),
            tuple(precedences),
            tuple(self._resources(span)),
            tuple(self._calendars(span)),
            tuple(self._projects(paths, span)),
        )

    def _project(self, ref: str, size: int) -> tuple[list[Task], list[Precedence], int]:
        """Return its tasks, its precedences, and how long its longest path takes."""
        stages = np.array_split(np.arange(size), max(2, round(size**0.5)))
        tasks = [self._task(ref, i, s / len(stages)) for s, part in enumerate(stages) for i in part]
        links: list[Precedence] = []
        finish = [0] * size
        for s, part in enumerate(stages):
            earlier = stages[s - 1] if s else ()
            for i in part.tolist():
                permit = i == part[-1] and len(part) > 1
                before = part[:-1].tolist() if permit else self._some(earlier)
                links += (self._link(tasks[b], tasks[i], permit) for b in before)
                began = max((finish[b] for b in before), default=0)
                finish[i] = began + tasks[i].modes[0].duration
        return tasks, links, max(finish)

    def _some(self, earlier: Any) -> list[int]:
        """Return up to three items of the stage before, and half of the time its permit."""
        if not len(earlier):
            return []
        few = self.pick.choice(earlier, min(len(earlier), int(self.pick.integers(1, 4))), False)
        permit = [int(earlier[-1])] if self.pick.random() < 0.5 else []
        return sorted({*few.tolist(), *permit})

    def _task(self, project: str, number: int, place: float) -> Task:
        duration = int(self.pick.choice(DURATIONS))
        first = int((place + self.pick.normal(0, self.shape.spread)) * len(self.names)) % len(
            self.names
        )
        asked = {first: int(self.pick.integers(1, 4))}
        if self.pick.random() < 0.3:
            asked.setdefault(int(self.pick.integers(len(self.names))), 1)
        modes = [Mode("usual", duration, self._demands(asked, 1))]
        if self.pick.random() < self.shape.urgent:
            self.urgent += 1
            demands = (*self._demands(asked, 2), Demand(FUNDS, 1))
            modes.append(Mode("urgent", max(1, round(0.6 * duration)), demands))
        for k, amount in asked.items():
            self.work[k] += amount * duration
            self.most[k] = max(self.most[k], amount * len(modes))
        return Task(f"{project}:{number + 1}", tuple(modes), project)

    def _demands(self, asked: dict[int, int], times: int) -> tuple[Demand, ...]:
        return tuple(Demand(self.names[k], times * amount) for k, amount in asked.items())

    def _link(self, before: Task, after: Task, permit: bool) -> Precedence:
        chance, shape = self.pick.random(), self.shape
        if chance < shape.early and not permit:
            return Precedence(before.ref, after.ref, Link.FINISH_FINISH, 1)
        if chance < shape.early + shape.waits:
            return Precedence(before.ref, after.ref, least=int(self.pick.integers(1, 6)))
        if permit and chance > 1 - shape.lapses:
            return Precedence(before.ref, after.ref, most=int(self.pick.integers(180, 366)))
        return Precedence(before.ref, after.ref)

    def _resources(self, span: int) -> Iterator[Resource]:
        for k, name in enumerate(self.names):
            busy = 1.0 if k % 5 == 0 else float(self.pick.uniform(0.6, 0.95))
            capacity = max(self.most[k], -(-self.work[k] // max(1, round(busy * span))))
            yield Resource(name, capacity, calendar=name if self.shape.calendars else None)
        if self.urgent:
            yield Resource(FUNDS, self.urgent // 3, renewable=False)

    def _calendars(self, span: int) -> Iterator[Calendar]:
        """Draw weekends for all, and for some organisations a fortnight without anybody."""
        if not self.shape.calendars:
            return
        weeks = range(4 * span // WEEK)
        for k, name in enumerate(self.names):
            away = int(self.pick.integers(len(weeks) // 3)) if k % 3 == 0 else len(weeks) + 1
            yield Calendar(name, tuple(_closed(weeks, away)))

    def _projects(self, paths: list[int], span: int) -> Iterator[Project]:
        stretch = WEEK / FREE if self.shape.calendars else 1.0
        for number, path in enumerate(paths, start=1):
            release = int(self.pick.integers(0, max(1, span // 3)) * stretch)
            due = release + round(1.2 * stretch * path) if self.shape.dues else None
            weight = float(self.pick.choice((1, 1, 3)))
            yield Project(f"项目{number}", release, due=due, weight=weight)


def _closed(weeks: range, away: int) -> Iterator[tuple[int, int]]:
    """Weekends; the one before week ``away`` lasts a fortnight longer."""
    if away == 0:
        yield 0, 2 * WEEK
    for week in weeks:
        if week == away - 1:
            yield week * WEEK + FREE, (week + 3) * WEEK
        elif week not in (away, away + 1):
            yield week * WEEK + FREE, (week + 1) * WEEK
