"""The permits of a government-invested underground complex beside a historic block.

Number: days authorities pledge, statutory days, what comes before. A composite of published
pledges and statutory limits of several cities; publicity (11) and tender (14) stop the clock.
"""

from binglian.engine.planning.problem import Mode, PlanningProblem, Precedence, Task

ITEMS = {
    1: (5, 20, ()), 2: (7, 20, (1,)), 3: (7, 22, (1,)), 4: (7, 20, (1,)), 5: (7, 20, (1,)),
    6: (5, 20, (2, 4)), 7: (5, 20, (6,)), 8: (16, 30, (7,)), 9: (7, 20, (6,)),
    10: (7, 20, (6,)), 11: (14, 14, (10,)), 12: (7, 20, (6,)), 13: (7, 20, (8, 10, 11, 12)),
    14: (17, 17, (9,)), 15: (3, 15, (9, 10)), 16: (7, 15, (15,)), 17: (3, 20, (10,)),
    18: (5, 5, (14, 15)), 19: (5, 5, (14,)), 20: (5, 7, (8, 13, 14, 15, 16, 17, 18, 19)),
    21: (0, 0, (20, 3, 5)), 22: (5, 20, (21,)), 23: (15, 15, (21,)), 24: (15, 20, (21,)),
    25: (15, 20, (21,)), 26: (15, 15, (21,)), 27: (5, 30, (22, 23, 24, 25, 26)),
}  # fmt: skip
STOPPED = (11, 14)
PERMIT, STARTED = "20", "21"


def approvals(*, statutory: bool = False) -> PlanningProblem:
    """Return the network in working days, as pledged or by the statutory limits."""
    return PlanningProblem(
        tasks=tuple(
            Task(
                str(number),
                (Mode("ordinary", limit if statutory else pledged),),
                counted=number not in STOPPED,
            )
            for number, (pledged, limit, _) in ITEMS.items()
        ),
        precedences=tuple(
            Precedence(str(before), str(number))
            for number, (_, _, all_before) in ITEMS.items()
            for before in all_before
        ),
    )
