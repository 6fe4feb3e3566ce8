"""Clears neighbourhoods of needs that compete for the same offers exactly, one after another."""

import random
from collections import defaultdict
from collections.abc import Callable

from .clock import Clock
from .exact import Programme, clear
from .search import FIT_WEIGHT, Assignment

OPENINGS = 3000
NODES = 200
GIVE_UP_AFTER = 60  # neighbourhoods in a row that bring nothing


def improve_by_neighbourhoods(
    assignment: Assignment,
    needs: list[int],
    *,
    clock: Clock,
    share: float,
    seed: int,
    tell: Callable[[], None],
) -> None:
    """Improve ``assignment`` until time is up or no neighbourhood brings anything."""
    model, pick = assignment.model, random.Random(seed)
    offers_of = {n: sorted({model.openings[k].offer for k in model.openings_of(n)}) for n in needs}
    wanting: dict[int, list[int]] = defaultdict(list)
    for n in needs:
        for o in offers_of[n]:
            wanting[o].append(n)
    in_vain = 0
    while in_vain < GIVE_UP_AFTER and not clock.is_over(share):
        chosen = _neighbourhood(assignment, pick, needs, offers_of, wanting)
        in_vain = 0 if _clear_again(assignment, chosen, clock, seed) else in_vain + 1
        tell()


def _neighbourhood(
    assignment: Assignment,
    pick: random.Random,
    needs: list[int],
    offers_of: dict[int, list[int]],
    wanting: dict[int, list[int]],
) -> list[int]:
    """Grow from an unserved need through the offers it competes for."""
    model = assignment.model
    centre = pick.choice([n for n in needs if not assignment.held[n]] or needs)
    chosen, openings = {centre: None}, len(model.openings_of(centre))
    frontier = [centre]
    while frontier and openings < OPENINGS:
        n = frontier.pop(pick.randrange(len(frontier)))
        offers = list(offers_of[n])
        pick.shuffle(offers)
        for o in offers[:4]:
            rivals = [m for m in wanting[o] if m not in chosen]
            holders = [m for m in rivals if m in assignment.takers[o]]
            others = [m for m in rivals if m not in assignment.takers[o]]
            pick.shuffle(others)
            for m in holders + others[: 1 + len(holders)]:
                if openings < OPENINGS:
                    chosen[m] = None
                    frontier.append(m)
                    openings += len(model.openings_of(m))
    return sorted(chosen)


def _clear_again(assignment: Assignment, needs: list[int], clock: Clock, seed: int) -> bool:
    model, left = assignment.model, list(assignment.left)
    for n in needs:
        for k, quantity in assignment.held[n].items():
            left[model.openings[k].offer] += quantity
    programme = Programme(model, needs, left)
    aim = [s + FIT_WEIGHT * f for s, f in zip(programme.served, programme.fit, strict=True)]
    cleared = clear(
        programme,
        aim,
        start={n: assignment.held[n] for n in needs},
        seconds=1.0,
        clock=clock,
        max_nodes=NODES,
        seed=seed,
        quiet=True,
    )
    return cleared.held is not None and assignment.replace_if_better(cleared.held)
