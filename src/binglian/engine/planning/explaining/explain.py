"""A plan explained: what is critical and why, how far the rest could slip, what will lapse."""

from dataclasses import dataclass

from binglian.engine.planning.problem import Link, PlanningProblem
from binglian.engine.planning.result import Plan
from binglian.engine.planning.wording import Wording

from .floats import floats_of
from .reasons import Cause, Reason, reasons_of
from .view import View

__all__ = ["Explanation", "Figures", "Lapse", "explain"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The plan against doing one thing after another, in worked units of each task.

    ``serial``: all tasks one after another; ``counted_serial``: those whose statutory clock runs;
    ``elapsed``: from the first start to the last finish, in units of the axis.
    """

    serial: int
    counted_serial: int
    elapsed: int

    @property
    def stopped(self) -> int:
        """Return the units in which the statutory clock stands still."""
        return self.serial - self.counted_serial


@dataclass(frozen=True, slots=True)
class Lapse:
    """What ``before`` gave lapses unless ``after`` comes within ``most``; ``spare`` is left."""

    before: str
    after: str
    most: int
    spare: int

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        before, after = words.name(self.before), words.name(self.after)
        most, spare = words.length(self.most), words.length(self.spare)
        if words.zh:
            return f"{before}办结后 {most}内须开始{after}，计划中还有 {spare}余地。"
        return f"{after} must start within {most} of {before}; the plan leaves {spare} to spare."


@dataclass(frozen=True, slots=True)
class Explanation:
    """All by task ref, in the problem's order.

    ``floats``: worked units by which a task could slip without delaying its project, capacities
    kept; ``free_of_capacity``: the same by precedence alone. ``critical``: tasks without float;
    ``by_capacity``: those of them that precedence alone would let slip. ``chain``: from a task
    that waits for nothing to the last to finish, each waiting for the one before.
    """

    critical: tuple[str, ...]
    by_capacity: tuple[str, ...]
    chain: tuple[str, ...]
    floats: dict[str, int]
    free_of_capacity: dict[str, int]
    reasons: dict[str, Reason]
    lapses: tuple[Lapse, ...]
    figures: Figures


def explain(problem: PlanningProblem, plan: Plan) -> Explanation:
    """Explain a sound plan; 10,000 tasks take about a second."""
    view = View(problem, plan)
    shared = floats_of(view) if view.capacity else floats_of(view, with_capacity=False)
    alone = floats_of(view, with_capacity=False) if view.capacity else shared
    reasons = reasons_of(view)
    critical = [n for n, slack in enumerate(shared) if slack == 0 and not view.is_done(n)]
    return Explanation(
        critical=tuple(view.refs[n] for n in critical),
        by_capacity=tuple(view.refs[n] for n in critical if alone[n] > 0),
        chain=_chain(view, reasons),
        floats=dict(zip(view.refs, shared, strict=True)),
        free_of_capacity=dict(zip(view.refs, alone, strict=True)),
        reasons=dict(zip(view.refs, reasons, strict=True)),
        lapses=tuple(_lapses(view)),
        figures=_figures(view),
    )


def _chain(view: View, reasons: list[Reason]) -> tuple[str, ...]:
    if not view.refs:
        return ()
    last = max(range(len(view.refs)), key=lambda n: (view.finish[n], view.units[n], -n))
    found = [last]
    while reasons[found[-1]].cause in (Cause.PRECEDENCE, Cause.CAPACITY):
        holders = [view.row[ref] for ref in reasons[found[-1]].waits_for]
        # Who was only moved there to level the use of a resource explains nothing.
        waiting = (n for n in holders if reasons[n].cause is not Cause.CHOICE)
        if not holders:  # it waits for people to come back
            break
        earlier = next(waiting, holders[0])
        if earlier in found:
            break
        found.append(earlier)
    return tuple(view.refs[n] for n in reversed(found))


def _lapses(view: View) -> list[Lapse]:
    found = []
    for one in view.problem.precedences:
        if one.most is None or one.link is not Link.FINISH_START:
            continue
        before, after = view.row[one.before], view.row[one.after]
        if not (view.is_frozen(after) or one.most <= one.least):
            hours = view.lag_hours(one)
            limit = hours.after(view.finish[before], one.most)
            spare = hours.worked(limit) - hours.worked(view.start[after])
            found.append(Lapse(one.before, one.after, one.most, spare))
    return sorted(found, key=lambda lapse: lapse.spare)


def _figures(view: View) -> Figures:
    tasks = view.problem.tasks
    counted = sum(units for units, task in zip(view.units, tasks, strict=True) if task.counted)
    first, last = min(view.start, default=0), max(view.finish, default=0)
    return Figures(sum(view.units), counted, last - first)
