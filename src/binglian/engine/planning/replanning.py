"""Planning anew while work goes on: what has happened stands, the rest moves as little as can be.

Wherever nothing is lost, tasks keep the starts of the plan in force: changes against it are an
aim of their own, after lateness and makespan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .explaining.reasons import Reason, reasons_of
from .explaining.view import View
from .problem import Frozen, PlanningProblem
from .result import Plan
from .what_if import Move, moves_between
from .wording import Wording

__all__ = ["Shift", "running", "who_moves", "without_overtaken"]


def running(
    problem: PlanningProblem, in_force: Plan, happened: Mapping[str, Frozen], *, today: int
) -> PlanningProblem:
    """Return the problem that is left today: what has happened is frozen, the plan is in force.

    Precedences that work has overtaken are left out.

    Parameters
    ----------
    happened
        By task ref: when it started, in which mode, and when it finished if it did.
    today
        The instant before which nothing new can start.

    Raises
    ------
    ValueError
        A task that is said to have happened is not there.
    """
    for ref in set(happened) - {task.ref for task in problem.tasks}:
        raise ValueError(f"happened: there is no task {ref}")
    current = {
        task.ref: in_force.starts[task.ref]
        for task in problem.tasks
        if task.ref in in_force.starts and task.frozen is None and task.ref not in happened
    }
    return without_overtaken(
        replace(
            problem,
            tasks=tuple(
                replace(task, frozen=happened.get(task.ref, task.frozen)) for task in problem.tasks
            ),
            earliest=max(problem.earliest, today),
            current=tuple(current.items()),
        )
    )


def without_overtaken(problem: PlanningProblem) -> PlanningProblem:
    """Return the problem without precedences that work has overtaken.

    What has begun did not wait for what has not; no plan could keep such a precedence any more.
    """
    frozen = {task.ref for task in problem.tasks if task.frozen is not None}
    kept = (one for one in problem.precedences if one.after not in frozen or one.before in frozen)
    return replace(problem, precedences=tuple(kept))


@dataclass(frozen=True, slots=True)
class Shift:
    """A task that must move, and why: ``reason`` of its new start, ``root`` what began it.

    ``root`` is the first task, following the reasons back, that did not move of its own plan: one
    that happened otherwise than planned, or a release; None if the task itself is it.
    """

    move: Move
    reason: Reason
    root: str | None

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        task, move = words.name(self.move.task), self.move
        old, new = words.start(move.start_before), words.start(move.start)
        by = words.length(abs(move.later))
        why = f"起因是{words.name(self.root)}" if self.root else ""
        if words.zh:
            if not move.later:
                return words.sentence([f"{task}开始不变，{words.finish(move.finish)} 完成", why])
            way = "推迟" if move.later > 0 else "提前"
            return words.sentence([f"{task}由 {old} {way}到 {new}，{way} {by}", why])
        why = f"it began with {words.name(self.root)}" if self.root else ""
        if not move.later:
            return words.sentence(
                [f"{task} starts as before, finishes at {words.finish(move.finish)}", why]
            )
        way = "later" if move.later > 0 else "earlier"
        return words.sentence([f"{task} moves from {old} to {new}, {by} {way}", why])


def who_moves(
    problem: PlanningProblem,
    in_force: Plan,
    after: Plan,
    owners: Mapping[str, str] | None = None,
) -> dict[str, tuple[Shift, ...]]:
    """Return the tasks that must move, by owner ("" without one); the farthest first.

    ``problem`` is the one ``after`` answers. What has begun is not told: it did not move, it
    happened.
    """
    view = View(problem, after)
    reasons = reasons_of(view)
    moved = {
        move.task: move
        for move in moves_between(in_force, after)
        if not view.is_frozen(view.row[move.task])
    }
    shifts: dict[str, list[Shift]] = {}
    for ref, move in moved.items():
        shift = Shift(move, reasons[view.row[ref]], _root(view, reasons, ref))
        shifts.setdefault((owners or {}).get(ref, ""), []).append(shift)
    return {owner: tuple(found) for owner, found in sorted(shifts.items())}


def _root(view: View, reasons: list[Reason], ref: str) -> str | None:
    """Follow the reasons back to what has begun, or waits for nothing else."""
    seen, at = {ref}, ref
    while True:
        reason = reasons[view.row[at]]
        if not reason.waits_for:
            break
        before = reason.waits_for[0]
        if before in seen:
            break
        seen.add(before)
        at = before
        if view.is_frozen(view.row[at]):
            break
    return None if at == ref else at
