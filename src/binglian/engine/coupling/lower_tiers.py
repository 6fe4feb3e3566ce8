"""Better fit, then less crowding, without ever serving less."""

from .clock import Clock
from .exact import Programme, clear
from .search import Assignment

OPENINGS = 40_000
FEW_OPENINGS = 400  # up to here both tiers are exact over all answers that serve as much
PASSES = 5
NODES = 20


def improve_lower_tiers(
    assignment: Assignment, islands: list[list[int]], clock: Clock, seed: int
) -> None:
    """Raise the fit of each island, then lower crowding, each while keeping the aims before."""
    model = assignment.model
    for needs in islands:
        if clock.is_over(0.99):
            return
        openings = sum(len(model.openings_of(n)) for n in needs)
        if openings <= OPENINGS:
            _raise_fit(assignment, needs, clock, seed)
        if openings <= FEW_OPENINGS:
            _lower_crowding(assignment, needs, clock, seed)
        else:
            _even_out(assignment, needs, clock)


def _raise_fit(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> None:
    programme = Programme(assignment.model, needs, assignment.model.offer_left)
    if len(programme.x) > FEW_OPENINGS:
        programme.keep_served({n: assignment.held[n] for n in needs})
    else:
        programme.add_floor(programme.served, assignment.served(needs))
        programme.demand_whole_units()
    _clear(assignment, programme, programme.fit, clock, seed)


def _lower_crowding(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> None:
    programme = Programme(assignment.model, needs, assignment.model.offer_left)
    programme.add_floor(programme.served, assignment.served(needs))
    programme.add_floor(programme.fit, assignment.fit(needs))
    costs = programme.count_crowding(assignment.loads(without=needs))
    if any(costs):
        programme.demand_whole_units()
        costs += [0.0] * (len(programme.upper) - len(costs))
        _clear(assignment, programme, [-cost for cost in costs], clock, seed)


def _clear(
    assignment: Assignment,
    programme: Programme,
    aim: list[float],
    clock: Clock,
    seed: int,
) -> None:
    cleared = clear(
        programme,
        aim,
        start={n: assignment.held[n] for n in programme.needs},
        seconds=0.2 * clock.seconds,
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        quiet=True,
    )
    if cleared.held is not None:
        assignment.replace_if_better(cleared.held)


def _even_out(assignment: Assignment, needs: list[int], clock: Clock) -> None:
    """Move single supplies to less crowded organisations that fit as well."""
    for _ in range(PASSES):
        moved = False
        for n in needs:
            if clock.is_over(0.99):
                return
            for k in list(assignment.held[n]):
                moved |= _move(assignment, n, k)
        if not moved:
            return


def _move(assignment: Assignment, n: int, k: int) -> bool:
    model, supplies = assignment.model, assignment.held[n]
    quantity = supplies[k]
    for other in model.parts[model.part_of[k]].openings:
        opening = model.openings[other]
        if (
            other in supplies
            or model.fit[other] < model.fit[k]
            or not opening.least <= quantity <= opening.most
            or assignment.left[opening.offer] < quantity
        ):
            continue
        moved = {**{j: q for j, q in supplies.items() if j != k}, other: quantity}
        if assignment.suppliers_allow(n, moved) and assignment.replace_if_better({n: moved}):
            return True
    return False
