"""Solves the planning problem: rules and search for plans, CP-SAT and bounds for proof."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .axis import Ints
from .bounds.windows import Ends, Impossible, usable_modes
from .clock import Clock
from .kernel.compiled import Bench, NoSchedule, Site
from .network import network_of, plan_of
from .problem import PlanningProblem
from .programmes.aims import Aims, Worth
from .programmes.clearing import Effort, clear
from .programmes.programme import Programme
from .programmes.standing import Standing
from .result import Bound, Plan, PlanningResult, Progress, Status, Tiers

WORK_PER_SCHEDULE = 2e-5  # deterministic seconds of CP-SAT that one schedule is counted as
WHOLE = 3_000  # tasks up to which CP-SAT is given the whole problem


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
        even if the run was stopped.

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
    return _Run(problem, clock, seed, workers, schedules).answer(warm_start)


class _Run:
    """One solve: the best plan so far and the best bound."""

    def __init__(
        self,
        problem: PlanningProblem,
        clock: Clock,
        seed: int,
        workers: int,
        schedules: int | None,
    ) -> None:
        self.problem, self.clock, self.seed, self.workers = problem, clock, seed, workers
        self.work = math.inf if schedules is None else schedules * WORK_PER_SCHEDULE
        self.network = network_of(problem)
        self.site = Site(self.network)
        self.usable = usable_modes(self.network)
        self.ends = Ends(self.site, self.usable)
        self.aims = Aims(self.network)
        self.best: Standing | None = None
        self.worth: Worth | None = None
        self.bound, self.proven_by = 0, Bound.CRITICAL_PATH
        self.closed = False  # nothing better in any tier
        self.impossible = False

    def answer(self, warm_start: Plan | None) -> PlanningResult:
        """Run all stages."""
        try:
            if not self.network.tasks:
                return self._result()
            self.heads = self.ends.heads()
        except (Impossible, ValueError):
            self.impossible = True
            return self._result()
        self._raise_bound(int(self.heads[1].max()), Bound.CRITICAL_PATH)
        self._rules(warm_start)
        if not self._is_done() and self.network.tasks <= WHOLE:
            self._clear_whole()
        return self._result()

    def _rules(self, warm_start: Plan | None) -> None:
        bench = Bench(self.site)
        order = self.site.topological()
        place = np.argsort(order)
        modes = self._shortest_modes()
        tails = self.ends.tails(self._horizon())
        tries = [(key, modes) for key in (place, tails[1], tails[0])]
        if warm_start is not None:
            tries.append(self._as_told(warm_start, modes))
        for key, chosen in tries:
            by_rule = np.lexsort((place, key)).astype(np.int32)
            try:
                built = bench.build(by_rule, chosen)
            except NoSchedule:
                return
            if built.score.broken == 0:
                self._take(Standing(built.starts, built.finishes, built.modes))

    def _as_told(self, plan: Plan, modes: Ints) -> tuple[Ints, Ints]:
        """Return when a plan starts each task, and in which mode; what it lacks goes last."""
        starts, chosen = np.full(self.network.tasks, 1 << 40), modes.copy()
        for n, task in enumerate(self.problem.tasks):
            starts[n] = plan.starts.get(task.ref, 1 << 40)
            refs = [mode.ref for mode in task.modes]
            if (told := plan.modes.get(task.ref)) in refs:
                mode = int(self.network.mode_start[n]) + refs.index(told)
                chosen[n] = mode if self.usable[mode] else chosen[n]
        return starts, chosen

    def _shortest_modes(self) -> Ints:
        network = self.network
        chosen = np.empty(network.tasks, dtype=np.int64)
        for task in range(network.tasks):
            own = range(network.mode_start[task], network.mode_start[task + 1])
            usable = [mode for mode in own if self.usable[mode]] or list(own)
            chosen[task] = min(usable, key=lambda mode: int(network.duration[mode]))
        return chosen

    def _horizon(self) -> int:
        """Return an instant by which all can be done one after another."""
        network = self.network
        longest = np.maximum.reduceat(network.duration, network.mode_start[:-1]).sum()
        lags = np.abs(network.least).sum() + network.most[network.most < 1 << 40].sum()
        frozen = self.ends.frozen_finish.max(initial=0)
        units = int(longest + lags + network.frozen_start.max(initial=0) + frozen)
        units += int(self.heads[1].max())
        closed = int((network.closed_last - network.closed_first).sum())
        return units + closed

    def _clear_whole(self) -> None:
        horizon = self._horizon()
        no_dates = not self.aims.deadlines and not self.aims.dues
        if self.worth is not None and no_dates:
            horizon = self.worth.makespan
        try:
            windows = self.ends.windows(self.heads, horizon)
        except Impossible:
            self.impossible = self.worth is None
            return
        held = self.best or self._nothing()
        free = np.flatnonzero(self.network.frozen_start < 0)
        programme = Programme(self.network, windows, self.usable, held, free)
        aims = [
            self.aims.overrun(programme),
            self.aims.lateness(programme),
            self.aims.makespan(programme),
            self.aims.moved(programme),
        ]
        cleared = clear(
            programme,
            aims,
            Effort(self.clock, self.clock.left(), self.work, self.seed),
            start=self.best,
        )
        if cleared.empty:
            self.impossible = self.worth is None
            return
        if cleared.plan is not None:
            self._take(cleared.plan)
        if no_dates and len(cleared.bounds) > 2:
            self._raise_bound(cleared.bounds[2], Bound.SEARCH)
        self.closed = cleared.closed == len(aims)

    def _nothing(self) -> Standing:
        frozen = self.network.frozen_start >= 0
        modes = np.where(
            self.network.frozen_mode >= 0, self.network.frozen_mode, self.network.mode_start[:-1]
        )
        starts = np.where(frozen, self.network.frozen_start, 0)
        return Standing(starts, np.where(frozen, self.ends.frozen_finish, 0), modes)

    def _take(self, plan: Standing) -> None:
        worth = self.aims.worth(plan)
        if self.worth is None or worth < self.worth:
            self.best, self.worth = plan, worth

    def _raise_bound(self, bound: int, by: Bound) -> None:
        if bound > self.bound:
            self.bound, self.proven_by = bound, by

    def _is_done(self) -> bool:
        worth = self.worth
        if worth is None:
            return False
        return worth.overrun == worth.lateness == worth.moved == 0 and worth.makespan == self.bound

    def _result(self) -> PlanningResult:
        axis = self.network.axis
        status, plan, tiers = Status.UNKNOWN, None, None
        serial = int(self.network.duration[self._shortest_modes()].sum())
        if self.best is not None and self.worth is not None:
            starts, finishes, modes = self.best.starts, self.best.finishes, self.best.modes
            plan = plan_of(self.problem, self.network, starts, finishes, modes)
            serial = int(self.network.duration[modes].sum())
            makespan = max(plan.finishes.values(), default=0)
            tiers = Tiers(
                self.worth.overrun, self.worth.lateness / self.aims.step, makespan, self.worth.moved
            )
            status = Status.OPTIMAL if self.closed or self._is_done() else Status.FEASIBLE
        elif self.impossible:
            status = Status.INFEASIBLE
        elif not self.network.tasks:
            status, plan, tiers = Status.OPTIMAL, Plan({}, {}, {}), Tiers(0, 0, 0)
        if self.clock.was_stopped and status in (Status.FEASIBLE, Status.UNKNOWN):
            status = Status.STOPPED
        return PlanningResult(
            status,
            plan,
            tiers,
            int(axis.file_finish(np.array(self.bound))),
            self.proven_by,
            serial,
            self.clock.elapsed(),
        )
