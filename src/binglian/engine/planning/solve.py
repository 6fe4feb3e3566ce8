"""Solves the planning problem: rules and search for plans, CP-SAT and bounds for proof."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .axis import Ints
from .best import Best
from .bounds.obstacles import obstacles, why_impossible
from .bounds.windows import Ends, Impossible, usable_modes
from .clock import Clock
from .judge.broken_rule import BrokenRule
from .judge.feasibility import broken_rules
from .judge.tiers import exact_tiers
from .kernel.compiled import Site
from .levelling import LEVELLED, level
from .network import network_of, plan_of
from .obstacle import Obstacle, ObstacleCode
from .problem import PlanningProblem
from .programmes.aims import Aims
from .programmes.standing import Standing
from .result import Bound, Plan, PlanningResult, Progress, Status, Tiers
from .shortages import answer_of, has_shortages, held_back, in_full
from .stages import Stages

UNPLACED = 1 << 40  # where a task goes that an earlier plan lacks


def solve_plan(
    problem: PlanningProblem,
    *,
    seconds: float = 10,
    seed: int = 0,
    workers: int = 2,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    warm_start: Plan | None = None,
    schedules: int | None = None,
) -> PlanningResult:
    """Find when every task starts and in which mode, all rules kept and the aims in order.

    Parameters
    ----------
    seconds
        Wall-clock limit, > 0; not looked at where ``schedules`` is given.
    schedules
        Limit in work: the same number gives the same answer for the same seed and workers.
    progress, should_stop
        Called now and then from this thread.
    warm_start
        An earlier plan, kept if it keeps the rules and nothing better is found.
    workers
        Cores to use, 1 or 2.

    Returns
    -------
    PlanningResult
        Its plan keeps every hard rule except deadlines that cannot be kept; its bound is proven
        even if the run was stopped. Up to 300 tasks, and where time is left, tasks that lose
        nothing by it are moved later so that resources are used more evenly: a heuristic.

    Raises
    ------
    ValueError
        If ``seconds`` or ``schedules`` is not positive.
    """
    if not seconds > 0:
        raise ValueError(f"seconds: {seconds} is not positive")
    if schedules is not None and schedules <= 0:
        raise ValueError(f"schedules: {schedules} is not positive")
    clock = Clock(math.inf if schedules else seconds, progress, should_stop)
    if has_shortages(problem):
        anyhow = _Run(in_full(problem), Clock(math.inf), seed).answer(None, 1, schedules=1)
        found = _Run(held_back(problem), clock, seed).answer(warm_start, workers, schedules)
        return answer_of(problem, found, anyhow)
    return _Run(problem, clock, seed).answer(warm_start, workers, schedules)


class _Run:
    """One solve: what stands in the way of any plan, the stages, and the answer."""

    def __init__(self, problem: PlanningProblem, clock: Clock, seed: int) -> None:
        self.problem, self.clock, self.seed = problem, clock, seed
        self.network = network_of(problem)
        self.laying = clock.elapsed()
        self.usable = usable_modes(self.network)
        self.best = Best(Aims(self.network))
        self.obstacles: list[Obstacle] = []

    def answer(
        self, warm_start: Plan | None, workers: int, schedules: int | None
    ) -> PlanningResult:
        """Run all stages and say what came out."""
        if self.network.tasks and self._is_possible():
            self.stages.rules([] if warm_start is None else [self._as_told(warm_start)])
            self.stages.raise_bound()
            if not self.best.is_done():
                if schedules is None:
                    self.stages.by_time(workers)
                else:
                    self.stages.by_work(schedules)
            self.stages.settle()
        return self._result()

    def _is_possible(self) -> bool:
        """Find the heads, or what makes plans impossible."""
        self.obstacles = obstacles(self.problem, self.network, self.usable)
        if self.obstacles:
            return False
        ends = Ends(Site(self.network), self.usable)
        try:
            heads = ends.heads()
        except Impossible as failure:
            self.obstacles = [why_impossible(self.problem, ends, failure)]
            return False
        self.best.raise_bound(int(heads[1].max()), Bound.CRITICAL_PATH)
        self.stages = Stages(ends, heads, self.best, self.clock, self.seed)
        self.stages.keep_back(self.laying)
        return True

    def _as_told(self, plan: Plan) -> tuple[Ints, Ints]:
        """Return when a plan starts each task, and in which mode; what it lacks goes last."""
        starts, chosen = np.full(self.network.tasks, UNPLACED), self.stages.shortest_modes()
        for n, task in enumerate(self.problem.tasks):
            starts[n] = plan.starts.get(task.ref, UNPLACED)
            refs = [mode.ref for mode in task.modes]
            if (told := plan.modes.get(task.ref)) in refs:
                mode = int(self.network.mode_start[n]) + refs.index(told)
                chosen[n] = mode if self.usable[mode] else chosen[n]
        return starts, chosen

    def _result(self) -> PlanningResult:
        plan, tiers, serial = self._plan()
        if plan is not None:
            status = Status.OPTIMAL if self.best.is_done() else Status.FEASIBLE
        elif self.obstacles or self.best.is_closed:
            status = Status.INFEASIBLE
            self.obstacles = self.obstacles or [Obstacle(ObstacleCode.TOGETHER)]
        else:
            status = Status.UNKNOWN
        if self.clock.was_stopped and status in (Status.FEASIBLE, Status.UNKNOWN):
            status = Status.STOPPED
        bound = int(self.network.axis.file_finish(np.array(self.best.bound)))
        return PlanningResult(
            status,
            plan,
            tiers,
            bound,
            self.best.proven_by,
            serial,
            self.clock.elapsed(),
            tuple(self.obstacles),
        )

    def _plan(self) -> tuple[Plan | None, Tiers | None, int]:
        """Return the plan in the file's words, what it is worth, and the sum of durations."""
        if not self.network.tasks:
            self.best.close()
            return Plan({}, {}, {}), Tiers(0, 0, 0), 0
        best = self.best.plan
        if best is None:
            return (
                None,
                None,
                int(np.minimum.reduceat(self.network.duration, self.network.mode_start[:-1]).sum()),
            )
        plan, broken = self._judged(best)
        if broken:  # never seen; better no plan than a wrong one
            raise RuntimeError(f"The judge refuses the plan: {broken[0]}")
        plan, tiers = self._levelled(best, plan)
        return plan, tiers, int(self.network.duration[best.modes].sum())

    def _judged(self, best: Standing) -> tuple[Plan, list[BrokenRule]]:
        plan = plan_of(self.problem, self.network, best.starts, best.finishes, best.modes)
        return plan, broken_rules(self.problem, plan)

    def _levelled(self, best: Standing, plan: Plan) -> tuple[Plan, Tiers]:
        """Return the plan with the use of resources more even, if nothing else changes by it."""
        tiers = exact_tiers(self.problem, plan)
        if self.network.tasks > LEVELLED or self.clock.is_over():
            return plan, tiers
        even, broken = self._judged(level(self.best.aims, best, self.clock.is_over))
        if broken:
            return plan, tiers
        worth = exact_tiers(self.problem, even)
        is_better = replace(worth, unevenness=tiers.unevenness) == tiers
        is_better &= worth.unevenness < tiers.unevenness
        return (even, worth) if is_better else (plan, tiers)
