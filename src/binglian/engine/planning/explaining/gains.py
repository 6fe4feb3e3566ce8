"""What shortening or removing tasks, or one more of a capacity, would really gain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Plan, PlanningResult
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.what_if import Changes, changed
from binglian.engine.planning.wording import Wording

from .explain import Explanation, explain
from .reasons import Cause
from .view import View

__all__ = ["Gain", "Gains"]

SECONDS = 1.0  # for one question; without scarce capacities an answer takes milliseconds
MOST_CAPACITIES = 8
MOST_ASKED = 40  # single tasks tried in search of the best


@dataclass(frozen=True, slots=True)
class Gain:
    """The whole plan takes ``before`` units as it is, and ``after`` with the change.

    ``nominal``: the units taken off the tasks changed. ``takes_over``: the task that is critical
    then and was not before, the longest of them; it is why less is gained. ``is_exact``: both
    lengths are proven shortest.
    """

    tasks: tuple[str, ...]
    before: int
    after: int
    nominal: int
    takes_over: str | None = None
    resource: str = ""
    is_exact: bool = False

    @property
    def units(self) -> int:
        """Return by how much the plan becomes shorter."""
        return self.before - self.after

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        about = "" if self.is_exact else ("约" if words.zh else "about ")
        gained = about + words.length(self.units)
        over = words.name(self.takes_over) if self.takes_over else ""
        what = words.name(self.resource) if self.resource else words.names(self.tasks)
        if words.zh:
            act = f"{what}增加一份办理能力" if self.resource else f"删去{what}"
            if not self.units:
                why = f"，因为{over}同样关键" if over else ""
                return f"{act}，总工期不变{why}。"
            only = "只省" if self.units < self.nominal else "可省"
            why = f"，因为{over}随即成为关键" if over and self.units < self.nominal else ""
            return f"{act}，{only} {gained}{why}。"
        act = f"One more unit of {what}" if self.resource else f"Removing {what}"
        if not self.units:
            why = f", because {over} is just as critical" if over else ""
            return f"{act} gains nothing{why}."
        only = "only " if self.units < self.nominal else ""
        why = f", because {over} takes over" if over and self.units < self.nominal else ""
        return f"{act} gains {only}{gained}{why}."


class Gains:
    """Answers questions about one plan.

    A question is answered by planning anew, from the plan there is, for at most ``seconds``;
    where nothing is scarce that takes milliseconds and is exact.

    Raises
    ------
    ValueError
        ``result`` has no plan.
    """

    def __init__(
        self,
        problem: PlanningProblem,
        result: PlanningResult,
        *,
        known: Explanation | None = None,
        seconds: float = SECONDS,
    ) -> None:
        if result.plan is None or result.tiers is None:
            raise ValueError("the result has no plan to ask about")
        self.problem, self.result, self.seconds = problem, result, seconds
        self.known = known or explain(problem, result.plan)
        self.units = _units(problem, result.plan)
        self.makespan = result.tiers.makespan

    def of(self, removed: Sequence[str] = (), shortened: Mapping[str, int] | None = None) -> Gain:
        """Return what removing tasks, or giving them these durations, would gain.

        Raises
        ------
        ValueError
            A task is not there.
        """
        shortened = shortened or {}
        changes = Changes(durations=shortened, removed=frozenset(removed))
        other = changed(self.problem, changes)
        nominal = sum(self.units[ref] for ref in removed)
        nominal += sum(self.units[ref] - units for ref, units in shortened.items())
        return self._answer(other, (*removed, *shortened), nominal)

    def of_capacity(self, resource: str, more: int = 1) -> Gain:
        """Return what ``more`` of a resource would gain."""
        has = {one.ref: one.capacity for one in self.problem.resources}
        other = changed(self.problem, Changes(capacities={resource: has[resource] + more}))
        return self._answer(other, (), 0, resource)

    def best_removals(self, together: int = 1) -> tuple[Gain, ...]:
        """Return what removing each critical task, or so many together, gains; most first.

        At most ``MOST_ASKED`` tasks are tried, the longest first.
        """
        movable = {task.ref for task in self.problem.tasks if task.frozen is None}
        asked = [ref for ref in self.known.critical if ref in movable and self.units[ref]]
        asked.sort(key=lambda ref: -self.units[ref])
        found = [self.of(refs) for refs in combinations(asked[:MOST_ASKED], together)]
        return tuple(sorted(found, key=lambda gain: (-gain.units, gain.nominal)))

    def bottlenecks(self) -> tuple[Gain, ...]:
        """Return what one more of each capacity that delays a task would gain; most first."""
        waited: dict[str, int] = {}
        for reason in self.known.reasons.values():
            if reason.cause is Cause.CAPACITY:
                waited[reason.resource] = waited.get(reason.resource, 0) + 1
        asked = sorted(waited, key=lambda ref: -waited[ref])[:MOST_CAPACITIES]
        found = [self.of_capacity(resource) for resource in asked]
        return tuple(sorted(found, key=lambda gain: -gain.units))

    def _answer(
        self, other: PlanningProblem, tasks: tuple[str, ...], nominal: int, resource: str = ""
    ) -> Gain:
        found = solve_plan(other, seconds=self.seconds, workers=1, warm_start=self.result.plan)
        if found.plan is None or found.tiers is None:
            return Gain(tasks, self.makespan, self.makespan, nominal, None, resource)
        after = min(found.tiers.makespan, self.makespan)
        then, units = explain(other, found.plan).critical, _units(other, found.plan)
        fresh = [ref for ref in then if ref not in self.known.critical]
        if not fresh and after == self.makespan:
            fresh = [ref for ref in then if ref not in tasks]
        over = max(fresh, key=units.__getitem__, default=None)
        is_exact = _is_shortest(self.result) and _is_shortest(found)
        return Gain(tasks, self.makespan, after, nominal, over, resource, is_exact)


def _units(problem: PlanningProblem, plan: Plan) -> dict[str, int]:
    view = View(problem, plan)
    return dict(zip(view.refs, view.units, strict=True))


def _is_shortest(result: PlanningResult) -> bool:
    return result.tiers is not None and result.tiers.makespan == result.bound
