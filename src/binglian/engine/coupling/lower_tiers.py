"""Better fit, then less crowding, without ever serving less."""

from .clock import Clock
from .exact import Programme, clear
from .search import Assignment

OPENINGS = 4_000
FEW_OPENINGS = 400  # up to here also other needs of the same weight are considered
NODES = 20
CROWDING_GAP = 0.01


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
    if len(programme.x) > FEW_OPENINGS:
        programme.keep_served({n: assignment.held[n] for n in needs})
    else:
        programme.add_floor(programme.served, assignment.served(needs))
        programme.demand_whole_units()
    _clear(assignment, programme, programme.fit, clock, seed, gap=0.0)


def _lower_crowding(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> None:
    programme = Programme(assignment.model, needs, assignment.model.offer_left)
    programme.keep_served({n: assignment.held[n] for n in needs})
    programme.add_floor(programme.fit, assignment.fit(needs))
    costs = programme.count_crowding(assignment.loads(without=needs))
    if any(costs):
        programme.demand_whole_units()
        costs += [0.0] * (len(programme.upper) - len(costs))
        _clear(assignment, programme, [-cost for cost in costs], clock, seed, gap=CROWDING_GAP)


def _clear(
    assignment: Assignment,
    programme: Programme,
    aim: list[float],
    clock: Clock,
    seed: int,
    gap: float,
) -> None:
    cleared = clear(
        programme,
        aim,
        start={n: assignment.held[n] for n in programme.needs},
        seconds=0.2 * clock.seconds,
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        gap=gap,
        quiet=True,
    )
    if cleared.held is not None:
        assignment.replace_if_better(cleared.held)
