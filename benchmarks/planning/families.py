"""What is measured at which limit: by a set's name, or by what it is."""

import re
from dataclasses import dataclass

from .methods import METHODS, OURS, RULE

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
    """What we want of ``figure`` on a set at a limit."""

    set: str
    limit: float
    figure: str  # a key of tables.FIGURES
    most: float
    said: str


GOALS = (
    Goal("J30", 1, "gap", 0.0, "all optimal"),
    Goal("J30", 1, "unproved", 0.01, "≥ 99 % proved"),
    Goal("J60", 10, "gap", 0.0003, "average gap ≤ 0.03 %"),
    Goal("J120_even", 1, "gap", 0.014, "average gap ≤ 1.4 %"),
    Goal("J120_even", 10, "gap", 0.006, "average gap ≤ 0.6 %"),
    Goal("10,000 tasks", 30, "above_bound", 0.05, "within 5 % of the bound"),
    Goal("10,000 tasks", 30, "first", 0.1, "first plan in ≤ 0.1 s"),
    Goal("10,000 tasks", 30, "peak_mb", 1024, "≤ 1 GB"),
    Goal("100,000 tasks", 120, "above_bound", 0.06, "within 6 % of the bound"),
    Goal("100,000 tasks", 120, "first", 2.0, "first plan in ≤ 2 s"),
    Goal("100,000 tasks", 120, "peak_mb", 2048, "≤ 2 GB"),
)


def limits_of(name: str) -> tuple[float, ...]:
    """Return the limits at which a set is measured, in seconds."""
    return next(limits for pattern, limits in LIMITS if pattern.fullmatch(name.lower()))


def methods_of(name: str) -> tuple[str, ...]:
    """Return the methods that are run on a set."""
    return (RULE, OURS) if name in LARGE else tuple(METHODS)
