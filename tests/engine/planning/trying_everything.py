"""The rules of planning, unit by unit, and the best plan found by trying all of them.

Nothing is shared with the engine but its data: calendars are sets of closed units, use is counted
in a dictionary, and every start within a horizon that holds a best plan is tried.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from binglian.engine.planning.problem import Mode, PlanningProblem, Precedence, Task
from binglian.engine.planning.result import Plan, Tiers

Span = tuple[int, int]


class TooMany(Exception):
    """More plans than anybody wants to try."""


class Rules:
    """A problem's rules; ``horizon`` is an instant by which some best plan is done."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.resources = {one.ref: one for one in problem.resources}
        self.projects = {one.ref: one for one in problem.projects}
        self.horizon = _horizon(problem)
        self.closed = {
            one.ref: {unit for stretch in one.closed for unit in range(*stretch)}
            for one in problem.calendars
        }

    def is_open(self, task: Task, mode: Mode, unit: int) -> bool:
        """Say whether a task in a mode is worked on in a unit."""
        demanded = [self.resources[one.resource].calendar for one in mode.demands if one.amount]
        return all(unit not in self.closed[c] for c in (task.calendar, *demanded) if c)

    def finish(self, task: Task, mode: Mode, start: int) -> int:
        """Return when a task is done that starts then."""
        done, unit = 0, start
        while done < mode.duration:
            done += self.is_open(task, mode, unit)
            unit += 1
        return unit

    def may_start(self, task: Task, mode: Mode, start: int) -> bool:
        """Say whether a task that is not frozen may start then."""
        project = self.projects[task.project].release if task.project else 0
        if start < max(task.release, project, self.problem.earliest):
            return False
        return mode.duration == 0 or self.is_open(task, mode, start)

    def use(self, task: Task, mode: Mode, span: Span) -> Counter[tuple[str, int]]:
        """Return what a task uses, by resource and unit; of a budget, in unit -1."""
        used: Counter[tuple[str, int]] = Counter()
        for demand in mode.demands:
            if demand.amount and not self.resources[demand.resource].renewable:
                used[demand.resource, -1] += demand.amount
            elif demand.amount and mode.duration:
                for unit in range(*span):
                    if self.is_open(task, mode, unit):
                        used[demand.resource, unit] += demand.amount
        return used

    def fits(self, used: Counter[tuple[str, int]], more: Counter[tuple[str, int]]) -> bool:
        """Say whether capacities and budgets bear more beside what is used."""
        return all(used[key] + amount <= self.there(*key) for key, amount in more.items())

    def there(self, ref: str, unit: int) -> int:
        """Return how much of a resource is there in a unit."""
        resource = self.resources[ref]
        return resource.capacity - sum(
            amount for first, last, amount in resource.shortages if first <= unit < last
        )

    def holds(self, tie: Precedence, before: Span, after: Span) -> bool:
        """Say whether a precedence holds between two spans."""
        begin, end = before["SF".index(tie.link.value[0])], after["SF".index(tie.link.value[1])]
        units = end - begin
        if tie.calendar and units > 0:
            units = sum(unit not in self.closed[tie.calendar] for unit in range(begin, end))
        return tie.least <= units and (tie.most is None or units <= tie.most)


def is_sound(problem: PlanningProblem, plan: Plan) -> bool:
    """Say whether a plan of all tasks keeps every hard rule but deadlines."""
    rules = Rules(problem)
    tasks = {task.ref: task for task in problem.tasks}
    used: Counter[tuple[str, int]] = Counter()
    for task in sorted(problem.tasks, key=lambda one: one.frozen is None):
        mode = next(one for one in task.modes if one.ref == plan.modes[task.ref])
        span = plan.starts[task.ref], plan.finishes[task.ref]
        more = rules.use(task, mode, span)
        if task.frozen is not None:
            done = task.frozen.finish
            finish = rules.finish(task, mode, task.frozen.start) if done is None else done
            if span != (task.frozen.start, finish) or task.frozen.mode not in (None, mode.ref):
                return False
        elif not (
            rules.may_start(task, mode, span[0])
            and span[1] == rules.finish(task, mode, span[0])
            and rules.fits(used, more)
        ):
            return False
        used.update(more)
    return all(
        rules.holds(
            tie,
            (plan.starts[tie.before], plan.finishes[tie.before]),
            (plan.starts[tie.after], plan.finishes[tie.after]),
        )
        for tie in problem.precedences
        if tasks[tie.before].frozen is None or tasks[tie.after].frozen is None
    )


def worth(problem: PlanningProblem, plan: Plan) -> Tiers:
    """Return what a plan is worth; also of a part of the tasks, and never more than of all."""
    return _worth(Rules(problem), plan)


def _worth(rules: Rules, plan: Plan) -> Tiers:
    problem = rules.problem
    overrun, late, levels = 0, Fraction(0), Fraction(0)
    used: Counter[tuple[str, int]] = Counter()
    last: Counter[str] = Counter()
    for task in problem.tasks:
        if task.ref not in plan.finishes:
            continue
        finish = plan.finishes[task.ref]
        overrun += 0 if task.deadline is None else max(0, finish - task.deadline)
        late += 0 if task.due is None else Fraction(task.weight) * max(0, finish - task.due)
        if task.project:
            last[task.project] = max(last[task.project], finish)
        mode = next(one for one in task.modes if one.ref == plan.modes[task.ref])
        used.update(rules.use(task, mode, (plan.starts[task.ref], finish)))
    for one in problem.projects:
        overrun += 0 if one.deadline is None else max(0, last[one.ref] - one.deadline)
        late += 0 if one.due is None else Fraction(one.weight) * max(0, last[one.ref] - one.due)
    for (ref, unit), amount in used.items():
        if unit >= 0 and rules.resources[ref].capacity:
            levels += Fraction(amount, rules.resources[ref].capacity) ** 2
    return Tiers(
        overrun,
        float(late),
        max(plan.finishes.values(), default=0),
        sum(abs(plan.starts[ref] - at) for ref, at in problem.current if ref in plan.starts),
        float(levels),
    )


def best_tiers(problem: PlanningProblem, most_tries: int = 20_000) -> Tiers | None:
    """Return what the best plan is worth, None if no plan keeps the rules.

    Raises
    ------
    TooMany
        More than ``most_tries`` parts of plans would have to be looked at.
    """
    return _Trying(problem, most_tries).best


class _Trying:
    """Goes through all plans, leaving out those no better than the best so far."""

    def __init__(self, problem: PlanningProblem, most_tries: int) -> None:
        self.problem, self.rules, self.left = problem, Rules(problem), most_tries
        self.best: Tiers | None = None
        self.tasks = sorted(problem.tasks, key=lambda task: task.frozen is None)
        frozen = {task.ref for task in problem.tasks if task.frozen is not None}
        self.ties: dict[str, list[Precedence]] = {task.ref: [] for task in problem.tasks}
        for tie in problem.precedences:
            if not frozen >= {tie.before, tie.after}:
                self.ties[tie.before].append(tie)
                self.ties[tie.after].append(tie)
        self.plan = Plan({}, {}, {})
        self.choices = {task.ref: [*self._choices(task)] for task in problem.tasks}
        self.used: Counter[tuple[str, int]] = Counter()
        self._place(0)

    def _place(self, place: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMany
        so_far = _worth(self.rules, self.plan)
        if self.best is not None and _key(so_far) >= _key(self.best):
            return
        if place == len(self.tasks):
            self.best = so_far
            return
        task = self.tasks[place]
        for mode, span, more in self.choices[task.ref]:
            if task.frozen is None and not self.rules.fits(self.used, more):
                continue
            self._note(task, mode, span)
            if self._ties_hold(task):
                self.used.update(more)
                self._place(place + 1)
                self.used.subtract(more)
            for column in (self.plan.starts, self.plan.finishes, self.plan.modes):
                del column[task.ref]

    def _note(self, task: Task, mode: Mode, span: Span) -> None:
        self.plan.starts[task.ref], self.plan.finishes[task.ref] = span
        self.plan.modes[task.ref] = mode.ref

    def _choices(self, task: Task) -> Iterator[tuple[Mode, Span, Counter[tuple[str, int]]]]:
        frozen, rules = task.frozen, self.rules
        if frozen is not None:
            mode = next(one for one in task.modes if frozen.mode in (None, one.ref))
            finish = rules.finish(task, mode, frozen.start)
            span = frozen.start, finish if frozen.finish is None else frozen.finish
            yield mode, span, rules.use(task, mode, span)
            return
        for start in range(rules.horizon):
            for mode in task.modes:
                if rules.may_start(task, mode, start):
                    span = start, rules.finish(task, mode, start)
                    yield mode, span, rules.use(task, mode, span)

    def _ties_hold(self, task: Task) -> bool:
        starts, finishes = self.plan.starts, self.plan.finishes
        return all(
            self.rules.holds(
                tie,
                (starts[tie.before], finishes[tie.before]),
                (starts[tie.after], finishes[tie.after]),
            )
            for tie in self.ties[task.ref]
            if tie.before in starts and tie.after in starts
        )


def _key(tiers: Tiers) -> tuple[float, ...]:
    return tiers.overrun, tiers.lateness, tiers.makespan, tiers.moved, tiers.unevenness


def _horizon(problem: PlanningProblem) -> int:
    """Return when all dates are past, and beyond it all tasks in series with their lags."""
    dates = [problem.earliest, *(one.release for one in problem.projects)]
    dates += [last for one in problem.calendars for _, last in one.closed]
    dates += [last for one in problem.resources for _, last, _ in one.shortages]
    dates += [start for _, start in problem.current]
    for task in problem.tasks:
        dates.append(task.release)
        if task.frozen is not None:
            dates += [task.frozen.start, task.frozen.finish or 0]
    work = sum(max(mode.duration for mode in task.modes) for task in problem.tasks)
    lags = [max(abs(one.least), abs(one.most or 0)) for one in problem.precedences]
    return max(dates) + work + len(problem.tasks) * max(lags, default=0) + 1
