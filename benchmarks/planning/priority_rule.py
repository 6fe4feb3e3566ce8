"""What the levelling of planning tools does: place tasks one by one, the most urgent first.

Serial schedule generation by latest finish time; the first mode that fits, no second thoughts.
"""

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush

from binglian.engine.planning.problem import Link, Mode, PlanningProblem, Task
from binglian.engine.planning.result import Plan

from .answer import Answer, DoesNotApplyError

Stretches = tuple[tuple[int, int], ...]


def by_latest_finish(problem: PlanningProblem, seconds: float, workers: int) -> Answer:
    """Place every task once, at the first place that suits."""
    del seconds, workers  # one pass, one thread
    if any(one.calendar is not None for one in problem.precedences):
        raise DoesNotApplyError("lags in worked units")
    if any(task.frozen for task in problem.tasks):
        raise DoesNotApplyError("frozen parts")
    levelling = _Levelling(problem)
    for ref in levelling.order():
        levelling.place(ref)
    return Answer(Plan(levelling.starts, levelling.finishes, levelling.mode_refs), ended="one pass")


class _Levelling:
    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.tasks = {task.ref: task for task in problem.tasks}
        self.modes = _modes(problem)
        self.before = defaultdict(list)
        self.after = defaultdict(list)
        for one in problem.precedences:
            self.before[one.after].append(one)
            self.after[one.before].append(one)
        self.releases = {one.ref: one.release for one in problem.projects}
        self.resources = {one.ref: one for one in problem.resources if one.renewable}
        self.closed = {one.ref: one.closed for one in problem.calendars}
        self.used: dict[str, defaultdict[int, int]] = {
            ref: defaultdict(int) for ref in self.resources
        }
        self.days_off: dict[frozenset[str], set[int]] = {}
        self.starts: dict[str, int] = {}
        self.finishes: dict[str, int] = {}
        self.mode_refs = {ref: mode.ref for ref, mode in self.modes.items()}

    def order(self) -> Iterator[str]:
        """Yield tasks by the longest path that is left after them, what comes before first."""
        waiting = {ref: len(self.before[ref]) for ref in self.tasks}
        after = _longest_after(self)
        place = {ref: i for i, ref in enumerate(self.tasks)}
        ready: list[tuple[int, int, str]] = []
        for ref, count in waiting.items():
            if not count:
                heappush(ready, (-after[ref], place[ref], ref))
        while ready:
            ref = heappop(ready)[2]
            yield ref
            for one in self.after[ref]:
                waiting[one.after] -= 1
                if not waiting[one.after]:
                    heappush(ready, (-after[one.after], place[one.after], one.after))

    def place(self, ref: str) -> None:
        """Start a task as early as precedence, calendars and capacities let it."""
        task, mode = self.tasks[ref], self.modes[ref]
        earliest_start, earliest_finish = self._earliest(task)
        off = self._days_off(task, mode)
        asked = [(self.used[d.resource], self.resources[d.resource].capacity - d.amount)
                 for d in mode.demands if d.resource in self.resources and d.amount]  # fmt: skip
        start, worked, finish = _first_place(
            mode.duration, earliest_start, earliest_finish, off, asked
        )
        for demand in mode.demands:
            if demand.resource in self.resources:
                for each in worked:
                    self.used[demand.resource][each] += demand.amount
        self.starts[ref], self.finishes[ref] = start, finish

    def _earliest(self, task: Task) -> tuple[int, int]:
        start = max(task.release, self.problem.earliest, self.releases.get(task.project or "", 0))
        finish = 0
        for one in self.before[task.ref]:
            of_start = one.link in (Link.START_START, Link.START_FINISH)
            instant = (self.starts if of_start else self.finishes)[one.before] + one.least
            if one.link in (Link.FINISH_START, Link.START_START):
                start = max(start, instant)
            else:
                finish = max(finish, instant)
        return start, finish

    def _days_off(self, task: Task, mode: Mode) -> set[int]:
        named = {self.resources[d.resource].calendar
                 for d in mode.demands if d.resource in self.resources}  # fmt: skip
        calendars = frozenset(one for one in {task.calendar, *named} if one is not None)
        if calendars not in self.days_off:
            self.days_off[calendars] = {
                unit
                for one in calendars
                for stretch in self.closed[one]
                for unit in range(*stretch)
            }
        return self.days_off[calendars]


def _first_place(
    duration: int,
    start: int,
    earliest_finish: int,
    off: set[int],
    asked: list[tuple[dict[int, int], int]],
) -> tuple[int, list[int], int]:
    """Return start, worked units and finish of the first place with enough of all that is asked.

    ``asked`` are what is used of a resource by unit, and what may be used besides.
    """
    while True:
        worked: list[int] = []
        unit = start
        while len(worked) < duration:
            if unit not in off:
                if any(used.get(unit, 0) > spare for used, spare in asked):
                    start = unit + 1
                    break
                worked.append(unit)
            elif not worked:
                start = unit + 1
            unit += 1
        else:
            if unit >= earliest_finish:
                return start, worked, unit
            start += 1


def _longest_after(levelling: _Levelling) -> dict[str, int]:
    """Return for each task how much work is left, at least, once it has finished."""
    waiting = {ref: len(levelling.after[ref]) for ref in levelling.tasks}
    ready = [ref for ref, count in waiting.items() if not count]
    longest = dict.fromkeys(levelling.tasks, 0)
    done = 0
    while ready:
        ref, done = ready.pop(), done + 1
        whole = longest[ref] + levelling.modes[ref].duration
        for one in levelling.before[ref]:
            longest[one.before] = max(longest[one.before], whole + one.least)
            waiting[one.before] -= 1
            if not waiting[one.before]:
                ready.append(one.before)
    if done < len(levelling.tasks):
        raise DoesNotApplyError("precedences in a circle")
    return longest


def _modes(problem: PlanningProblem) -> dict[str, Mode]:
    """Choose the first mode of each task; the cheapest where budgets would not suffice."""
    capacity = {one.ref: one.capacity for one in problem.resources}
    budgets = {one.ref for one in problem.resources if not one.renewable}

    def fits(mode: Mode) -> bool:
        return all(demand.amount <= capacity[demand.resource] for demand in mode.demands)

    def cost(mode: Mode) -> float:
        return sum(d.amount / max(1, capacity[d.resource])
                   for d in mode.demands if d.resource in budgets)  # fmt: skip

    def overspent(chosen: dict[str, Mode]) -> bool:
        spent: dict[str, int] = defaultdict(int)
        for mode in chosen.values():
            for demand in mode.demands:
                spent[demand.resource] += demand.amount
        return any(spent[ref] > capacity[ref] for ref in budgets)

    fitting = {task.ref: [mode for mode in task.modes if fits(mode)] for task in problem.tasks}
    if not all(fitting.values()):
        raise DoesNotApplyError("demands beyond a capacity")
    chosen = {ref: modes[0] for ref, modes in fitting.items()}
    if overspent(chosen):
        chosen = {ref: min(modes, key=cost) for ref, modes in fitting.items()}
    if overspent(chosen):
        raise DoesNotApplyError("budgets this tight; a rule finds no modes that keep them")
    return chosen
