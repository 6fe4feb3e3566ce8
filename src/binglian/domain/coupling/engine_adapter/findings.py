"""What is worked out after a run: the offer that would help most, and the multiplier effect."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from binglian.domain.alliance.models import Organisation
from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.effect.multiplier import measure_multiplier
from binglian.engine.coupling.explaining.wishes import most_wanted, wish_sentence
from binglian.engine.coupling.result import CouplingResult
from binglian.engine.coupling.solve import solve_coupling

from .problem import Snapshot

WISHES = 3
#: Larger lists are left without a measured multiplier effect.
MOST_ROWS = 600
SECONDS = 10
_SECONDS_A_WISH = 1


def wishes_of(snapshot: Snapshot, result: CouplingResult) -> list[dict[str, str]]:
    """The offers that would help most, one sentence each in Chinese and English."""
    solve = partial(solve_coupling, seconds=_SECONDS_A_WISH)
    found = most_wanted(snapshot.problem, result, most=WISHES, solve=solve)
    return [
        {language: wish_sentence(snapshot.problem, wish, language) for language in ("zh", "en")}
        for wish in found
    ]


def multiplier_of(
    snapshot: Snapshot,
    *,
    seed: int,
    seconds: float = SECONDS,
    should_stop: Callable[[], bool] | None = None,
) -> dict[str, Any] | None:
    """Figures of the multiplier effect, members in the order of their names; ``None`` if too long.

    Keys: together, together_bound, alone, alone_bound, attribution, orders, gap and members
    [{organisation id, alone, contribution, error}].
    """
    rows = len(snapshot.offers) + len(snapshot.needs)
    if not rows or rows > MOST_ROWS:
        return None
    clock = Clock(seconds, should_stop=should_stop)
    found = measure_multiplier(snapshot.problem, seed=seed, clock=clock)
    names = [row.organisation for row in found.contributions]
    ids = dict(Organisation.objects.filter(name__in=names).values_list("name", "pk"))
    return {
        "together": found.together,
        "together_bound": found.together_bound,
        "alone": found.alone,
        "alone_bound": found.alone_bound,
        "attribution": found.attribution.value,
        "orders": found.orders,
        "gap": found.gap,
        "members": [
            {
                "organisation": ids[row.organisation],
                "alone": row.alone,
                "contribution": row.contribution,
                "error": row.standard_error,
            }
            for row in found.contributions
        ],
    }
