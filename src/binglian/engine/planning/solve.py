"""Solves the planning problem: rules and search for plans, CP-SAT and bounds for proof."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from .axis import Ints
from .best import Best
from .bounds.destructive import energy_bound
from .bounds.obstacles import obstacles, why_impossible
from .bounds.windows import Ends, Impossible, usable_modes
from .clock import Clock, Stage
from .judge.feasibility import broken_rules
from .judge.tiers import exact_tiers
from .kernel.compiled import Bench, NoSchedule, Site
from .network import Floats, network_of, plan_of
from .obstacle import Obstacle, ObstacleCode
from .ordering import in_order
from .problem import PlanningProblem
from .programmes.aims import Aims
from .programmes.proving import Proving
from .programmes.repairing import Repairing
from .programmes.standing import Standing
from .result import Bound, Plan, PlanningResult, Progress, Status, Tiers

WORK_PER_SCHEDULE = 2e-5  # deterministic seconds of CP-SAT that one schedule is counted as
WHOLE = 3_000  # tasks up to which CP-SAT is given the whole problem
LOOKS = 0.02  # seconds between looks at the clock while threads work
JUDGING = 1.5e-5  # seconds per task kept back to judge the answer
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
    """One solve, stage by stage."""

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
        self.usable = usable_modes(self.network)
        self.best = Best(Aims(self.network))
        self.obstacles: list[Obstacle] = []

    def answer(self, warm_start: Plan | None) -> PlanningResult:
        """Run all stages and say what came out."""
        if self.network.tasks and self._is_possible():
            self._rules(warm_start)
            self._raise_bound()
            if not self.best.is_done():
                self._search()
            self._settle()
        return self._result()

    def _is_possible(self) -> bool:
        """Find the heads, or what makes plans impossible."""
        self.obstacles = obstacles(self.problem, self.network, self.usable)
        if self.obstacles:
            return False
        self.site = Site(self.network)
        self.ends = Ends(self.site, self.usable)
        try:
            self.heads = self.ends.heads()
        except Impossible as failure:
            self.obstacles = [why_impossible(self.problem, self.ends, failure)]
            return False
        self.best.raise_bound(int(self.heads[1].max()), Bound.CRITICAL_PATH)
        return True

    def _rules(self, warm_start: Plan | None) -> None:
        """Build plans in orders that simple rules say, and in that of an earlier plan."""
        bench = Bench(self.site)
        place = np.argsort(self.site.topological())
        modes = self._shortest_modes()
        keys = [place]
        with suppress(Impossible):
            keys += self.ends.tails(int(self.heads[1].max() + self.network.duration.sum()))
        ways = [modes]
        if np.any(self.network.renewable == 0):
            ways.append(self._cheapest_modes())
        tries = [(key, chosen) for chosen in ways for key in keys]
        if warm_start is not None:
            tries.append(self._as_told(warm_start, modes))
        for key, chosen in tries:
            try:
                built = bench.build(in_order(self.network, place, key), chosen)
            except NoSchedule:
                return
            if built.score.broken == 0:
                self.best.take(Standing(built.starts, built.finishes, built.modes))

    def _as_told(self, plan: Plan, modes: Ints) -> tuple[Ints, Ints]:
        """Return when a plan starts each task, and in which mode; what it lacks goes last."""
        starts, chosen = np.full(self.network.tasks, UNPLACED), modes.copy()
        for n, task in enumerate(self.problem.tasks):
            starts[n] = plan.starts.get(task.ref, UNPLACED)
            refs = [mode.ref for mode in task.modes]
            if (told := plan.modes.get(task.ref)) in refs:
                mode = int(self.network.mode_start[n]) + refs.index(told)
                chosen[n] = mode if self.usable[mode] else chosen[n]
        return starts, chosen

    def _shortest_modes(self) -> Ints:
        """Return for each task the shortest mode it may use."""
        return self._first_by(self.network.duration)

    def _cheapest_modes(self) -> Ints:
        """Return for each task the mode that takes the least share of budgets."""
        network = self.network
        mode = np.repeat(np.arange(len(network.duration)), np.diff(network.demand_start))
        share = network.demand_amount / np.maximum(network.capacity[network.demand_resource], 1)
        share[network.renewable[network.demand_resource] == 1] = 0
        cost = np.bincount(mode, weights=share, minlength=len(network.duration))
        return self._first_by(network.duration, cost)

    def _first_by(self, *keys: Ints | Floats) -> Ints:
        """Return for each task the first usable mode by keys, the last key first."""
        network = self.network
        task = np.repeat(np.arange(network.tasks), np.diff(network.mode_start))
        return np.lexsort((*keys, self.usable == 0, task))[network.mode_start[:-1]]

    def _raise_bound(self) -> None:
        worth = self.best.worth
        upper = self.ends.horizon(self.heads) if worth is None else worth.makespan
        self.best.raise_bound(*energy_bound(self.ends, self.heads, upper, self.clock.is_over))

    def _search(self) -> None:
        """Improve and prove, each in a thread of its own."""
        stage = Stage(self.clock, self.clock.seconds - JUDGING * self.network.tasks)
        jobs = [self._prove_and_repair]
        if self.workers > 1 and math.isinf(self.work):
            jobs.append(self._repair)
        failures: list[BaseException] = []

        def run(job: Callable[[Stage], None]) -> None:
            try:
                job(stage)
            except BaseException as failure:  # raised again below
                failures.append(failure)
                stage.end()

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(LOOKS)
            worth = self.best.worth
            self.clock.tell("search", worth.makespan if worth else None, self.best.bound)
            if self.clock.is_over() or self.best.is_done():
                stage.end()
        if failures:
            raise failures[0]

    def _prove_and_repair(self, stage: Stage) -> None:
        if self.network.tasks <= WHOLE:
            proving = Proving(self.ends, self.heads, self.best, self.seed)
            proving.prove(stage, self.work / 2)
        self._repair(stage)

    def _repair(self, stage: Stage) -> None:
        repairing = Repairing(self.ends, self.heads, self.best.aims, self.seed)
        while not stage.is_over() and not self.best.is_done():
            if repairing.work > self.work / 2 or repairing.is_whole:
                return
            plan = self.best.plan
            if plan is None:
                if math.isfinite(self.work):
                    return
                stage.sleep(LOOKS)
                continue
            better = repairing.improve(plan, stage)
            if better is not None:
                self.best.take(better)

    def _settle(self) -> None:
        """Start each task of the best plan as early as the others let it, if nothing is lost."""
        if self.best.plan is None:
            return
        order = in_order(self.network, np.argsort(self.site.topological()), self.best.plan.starts)
        with suppress(NoSchedule):
            built = Bench(self.site).build(order, self.best.plan.modes)
            if built.score.broken == 0:
                plan = Standing(built.starts, built.finishes, built.modes)
                self.best.settle(plan)

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
            return None, None, int(self.network.duration[self._shortest_modes()].sum())
        plan = plan_of(self.problem, self.network, best.starts, best.finishes, best.modes)
        broken = broken_rules(self.problem, plan)
        if broken:  # never seen; better no plan than a wrong one
            raise RuntimeError(f"The judge refuses the plan: {broken[0]}")
        serial = int(self.network.duration[best.modes].sum())
        return plan, exact_tiers(self.problem, plan), serial
