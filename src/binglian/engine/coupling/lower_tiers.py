"""Better fit, then less crowding, without ever serving less."""

from .clock import Clock
from .exact import Held, Programme, clear
from .search import Assignment

OPENINGS = 4_000
NODES = 100


def improve_lower_tiers(
    assignment: Assignment, islands: list[list[int]], clock: Clock, seed: int
) -> None:
    """Raise the fit of each island, then lower crowding, each while keeping the aims before."""
    model = assignment.model
    for needs in islands:
        if clock.is_over(0.99):
            return
        if sum(len(model.openings_of(n)) for n in needs) <= OPENINGS:
            _raise_fit(assignment, needs, clock, seed)
            _lower_crowding(assignment, needs, clock, seed)


def _raise_fit(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> None:
    programme = Programme(assignment.model, needs, assignment.model.offer_left)
    programme.add_floor(programme.served, assignment.served(needs))
    if not all(assignment.model.needs[n].whole for n in needs):
        programme.demand_whole_units()
    _clear(assignment, programme, programme.fit, clock, seed)


def _lower_crowding(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> None:
    loads = assignment.loads(without=needs)
    programme = Programme(assignment.model, needs, assignment.model.offer_left)
    programme.add_floor(programme.served, assignment.served(needs))
    programme.add_floor(programme.fit, assignment.fit(needs))
    costs = programme.count_crowding(loads)
    if any(costs):
        programme.demand_whole_units()
        costs += [0.0] * (len(programme.upper) - len(costs))
        _clear(assignment, programme, [-cost for cost in costs], clock, seed)


def _clear(
    assignment: Assignment, programme: Programme, aim: list[float], clock: Clock, seed: int
) -> None:
    start: Held = {n: assignment.held[n] for n in programme.needs}
    cleared = clear(
        programme,
        aim,
        start=start,
        seconds=min(1.0, 0.2 * clock.seconds),
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        quiet=True,
    )
    if cleared.held is not None:
        assignment.replace_if_better(cleared.held)
