"""What is measured at which limit: by a set's name, or by what it is."""

import re
from dataclasses import dataclass

from .methods import METHODS, OURS, PEER, RULE

#: Seconds by set name; the first pattern that fits counts.
LIMITS = (
    (re.compile(r"j30(_.*)?"), (1.0,)),
    (re.compile(r"j60(_.*)?|j90(_.*)?"), (10.0,)),
    (re.compile(r"j120(_.*)?"), (1.0, 10.0)),
    (re.compile(r"10,000 tasks"), (30.0,)),
    (re.compile(r"100,000 tasks"), (120.0,)),
    (re.compile(r".*"), (10.0,)),
)
#: Sets of many thousand tasks: their models alone take others minutes.
LARGE = {"10,000 tasks", "100,000 tasks"}
ONE_PASS = {RULE}


@dataclass(frozen=True, slots=True)
class Goal:
    """What we want of ``figure`` (see tables) on a set at a limit: at most so much.

    With ``peer``, ``most`` is a multiple of what that method reaches in the same run.
    """

    set: str
    limit: float
    said: str
    figure: str
    most: float
    peer: str | None = None


GOALS = (
    Goal("J30", 1, "all optimal", "gap", 0.0),
    Goal("J30", 1, "unproved ≤ 1 %", "unproved", 0.01),
    Goal("J60", 10, "average gap ≤ 0.03 %", "gap", 0.0003),
    Goal("J60", 10, "unproved ≤ PyJobShop's", "unproved", 1.0, PEER),
    Goal("J120_even", 1, "average gap ≤ 1.4 %", "gap", 0.014),
    Goal("J120_even", 10, "average gap ≤ 0.6 %", "gap", 0.006),
    Goal("MPLIB1_Set3", 10, "never worse than PyJobShop", "worse", 0.0),
    Goal("MPLIB1_Set3", 10, "bound ≤ ¼ as far off as PyJobShop's", "bound_off", 0.25, PEER),
    Goal("10,000 tasks", 30, "within 5 % of the bound", "above_bound", 0.05),
    Goal("10,000 tasks", 30, "first plan in ≤ 0.1 s", "first", 0.1),
    Goal("10,000 tasks", 30, "≤ 1,024 MB", "peak_mb", 1024),
    Goal("100,000 tasks", 120, "within 6 % of the bound", "above_bound", 0.06),
    Goal("100,000 tasks", 120, "first plan in ≤ 2 s", "first", 2.0),
    Goal("100,000 tasks", 120, "≤ 2,048 MB", "peak_mb", 2048),
)


def limits_of(name: str) -> tuple[float, ...]:
    """Return the limits at which a set is measured, in seconds."""
    return next(limits for pattern, limits in LIMITS if pattern.fullmatch(name.lower()))


def methods_of(name: str) -> tuple[str, ...]:
    """Return the methods that are run on a set."""
    return (RULE, OURS) if name in LARGE else tuple(METHODS)
