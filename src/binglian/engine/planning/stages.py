"""The stages of a run: rules, bounds, then breeding, proving and repairing side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from .axis import Ints
from .best import Best
from .bounds.destructive import energy_bound
from .bounds.windows import Ends, Impossible
from .clock import Clock, Stage
from .kernel.compiled import Bench, NoSchedule, Schedule
from .levelling import LEVELLED, LEVELLING
from .network import NONE, Floats
from .ordering import in_order
from .programmes.proving import Proving
from .programmes.repairing import Repairing
from .programmes.standing import Standing
from .result import Progress
from .searching.breeding import Breeding

BRIEFLY = 2_000  # schedules bred before the first proof is tried
FIRST_WORK = 0.25  # deterministic seconds of the first proof; each next one may take twice as much
CLOSING = 0.75  # where less of the gap is left after a proof, the next one follows at once
WHOLE = 3_000  # tasks up to which CP-SAT is given the whole problem
WORK_PER_SCHEDULE = 2e-5  # deterministic seconds of CP-SAT that one schedule is counted as
REPAIRS, REPAIRS_MOVES = 0.1, 0.5  # breeding does not look at moves
LOOKS = 0.02  # seconds between looks at the clock while threads work
ANSWERING = 1.2e-5  # seconds per task kept back for settling and judging the answer
LAYINGS = 4  # or so often what laying out the problem took, where the machine is slow


class Stages:
    """What is done, in which order, and by how many threads."""

    def __init__(
        self, ends: Ends, heads: tuple[Ints, Ints], best: Best, clock: Clock, seed: int
    ) -> None:
        self.ends, self.heads, self.best, self.clock, self.seed = ends, heads, best, clock, seed
        self.site, self.network = ends.site, ends.network
        self.place = np.argsort(self.site.topological())
        self.until = clock.seconds  # when search must end

    def keep_back(self, laying: float) -> None:
        """Keep time back for the answer; ``laying`` seconds went into laying the problem out."""
        back = max(ANSWERING * self.network.tasks, LAYINGS * laying)
        if self.network.tasks <= LEVELLED:
            back += LEVELLING * self.network.tasks
        self.until = self.clock.seconds - min(back, self.clock.seconds / 2)

    def rules(self, told: list[tuple[Ints, Ints]]) -> None:
        """Build plans by simple rules, and those told: keys to order by, and modes."""
        bench = Bench(self.site)
        keys = [self.place]
        with suppress(Impossible):
            keys += self.ends.tails(int(self.heads[1].max() + self.network.duration.sum()))
        ways = [self.shortest_modes()]
        if np.any(self.network.renewable == 0):
            ways.append(self._cheapest_modes())
        if len(self.best.aims.in_force):
            current = self.network.current
            keys.append(np.where(current < 0, current.max(), current))
        for key, modes in told + [(key, modes) for modes in ways for key in keys]:
            with suppress(NoSchedule):
                self._take(bench.build(in_order(self.network, self.place, key), modes))
            if self.best.plan is not None and self._is_late():
                break
        self._tell()

    def raise_bound(self) -> None:
        """Prove what precedence, calendars and the work of resources say."""
        worth = self.best.worth
        upper = self.ends.horizon(self.heads) if worth is None else worth.makespan
        self.best.raise_bound(*energy_bound(self.ends, self.heads, upper, self._is_late))

    def by_work(self, schedules: int) -> None:
        """Search with a budget of work, in an order that is always the same."""
        stage = Stage(self.clock)
        breeding, proving, repairing = self._breeding(0), self._proving(), self._repairing()
        work, spent = schedules * WORK_PER_SCHEDULE, 0.0
        breeding.breed(stage, min(schedules, BRIEFLY))
        most = FIRST_WORK
        while proving and spent < work and not self._is_over(stage):
            if not proving.attempt(stage, min(most, work - spent)):
                break
            spent, most = spent + most, 2 * most
        breeding.breed(stage, max(0, schedules - BRIEFLY))
        while repairing.work < work and not self._is_over(stage):
            if not repairing.improve(stage):
                break

    def by_time(self, workers: int) -> None:
        """Search until the time is up or the best plan is proved."""
        stage = Stage(self.clock, self.until)
        breeding = self._breeding(0)
        breeding.breed(stage, BRIEFLY, seconds=0.1 * stage.left())
        if self._is_over(stage):
            return
        jobs: list[Callable[[Stage], None]] = [lambda stage: self._prove(stage, breeding)]
        if workers > 1:
            other = self._breeding(1)
            jobs = [lambda stage: self._prove(stage, other), breeding.breed]
        self._side_by_side(jobs, stage)

    def settle(self) -> None:
        """Start each task of the best plan as early as the others let it, if nothing is lost."""
        plan = self.best.plan
        if plan is None:
            return
        order = in_order(self.network, self.place, plan.starts)
        with suppress(NoSchedule):
            built = Bench(self.site).build(order, plan.modes)
            if built.score.broken == 0:
                self.best.settle(Standing(built.starts, built.finishes, built.modes))

    def shortest_modes(self) -> Ints:
        """Return for each task the shortest mode it may use."""
        return self._first_by(self.network.duration)

    def _prove(self, stage: Stage, breeding: Breeding) -> None:
        """Try to prove, each time longer; in between improve for as long, unless proofs advance."""
        proving, repairing = self._proving(), self._repairing()
        most, took, owed, is_closing = FIRST_WORK, 0.0, 0.0, False
        while not self._is_over(stage):
            began, gap = self.clock.elapsed(), self.best.gap()
            is_worth_it = is_closing or 3 * took < stage.left()
            if proving and is_worth_it and not proving.attempt(stage, most):
                proving = None
            took = self.clock.elapsed() - began
            most *= 2
            is_closing = proving is not None and self.best.gap() < CLOSING * gap
            if is_closing:
                continue
            pause, share = max(took, 0.2), self._share_of_repair()
            breeding.breed(stage, seconds=(1 - share) * pause)
            owed += share * pause  # where tasks are many, one part may take more than that
            while owed > 0 and not self._is_over(stage):
                since = self.clock.elapsed()
                if not repairing.improve(stage):
                    break
                owed -= self.clock.elapsed() - since
            if self.clock.elapsed() - began < LOOKS:  # nothing is left to do but wait
                stage.sleep(LOOKS)

    def _share_of_repair(self) -> float:
        """Return how much of the time left beside proofs parts are arranged anew."""
        return REPAIRS_MOVES if len(self.best.aims.in_force) else REPAIRS

    def _side_by_side(self, jobs: list[Callable[[Stage], None]], stage: Stage) -> None:
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
        try:
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(LOOKS)
                self._tell()
                if self._is_late() or self._is_over(stage):
                    stage.end()
        finally:  # also where who is told or asked raises
            stage.end()
            for thread in threads:
                thread.join()
        if failures:
            raise failures[0]

    def _tell(self) -> None:
        self.clock.report(self._glance, 0)

    def _glance(self, share: float) -> Progress:
        plan, axis = self.best.plan, self.network.axis
        bound = int(axis.file_finish(np.array(self.best.bound)))
        if plan is None:
            return Progress(share, None, bound)
        finishes = axis.file_finish(plan.finishes)
        last = np.full(len(self.network.project_due), NONE)
        ours = self.network.project != NONE
        np.maximum.at(last, self.network.project[ours], finishes[ours])
        return Progress(share, int(finishes.max()), bound, tuple(last[last != NONE].tolist()))

    def _is_late(self) -> bool:
        """Say whether only time for the answer is left, or somebody asked to stop."""
        return self.clock.is_over() or self.clock.elapsed() >= self.until

    def _is_over(self, stage: Stage) -> bool:
        return stage.is_over() or self.best.is_done()

    def _breeding(self, number: int) -> Breeding:
        return Breeding(self.site, self.best, 2 * self.seed + number)

    def _proving(self) -> Proving | None:
        if self.network.tasks > WHOLE:
            return None
        return Proving(self.ends, self.heads, self.best, self.seed)

    def _repairing(self) -> Repairing:
        return Repairing(self.ends, self.heads, self.best, self.seed)

    def _take(self, built: Schedule) -> None:
        if built.score.broken == 0:
            self.best.take(Standing(built.starts, built.finishes, built.modes))

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
        return np.lexsort((*keys, self.ends.usable == 0, task))[network.mode_start[:-1]]
