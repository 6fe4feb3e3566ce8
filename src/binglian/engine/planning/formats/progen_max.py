"""ProGen/max ``.sch`` files: precedence by minimal and maximal lags between starts.

``n`` tasks and the two ends 0 and n + 1; a lag ``[d]`` from i to j says that j starts at least d
after i; a negative one, that i starts at most −d after j.

References
----------
C. Schwindt (1995), ProGen/max: a new problem generator for different resource-constrained project
scheduling problems with minimal and maximal time lags. WIOR-449, University of Karlsruhe.
"""

import re
from collections.abc import Iterator, Mapping

from binglian.engine.planning.problem import (
    Demand,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)

from .faults import Code, FormatError
from .words import MOST, Words, whole


def read_progen_max(text: str) -> PlanningProblem:
    """Read a file; tasks are called by their numbers from 0. Raises ``FormatError``."""
    words = Words(text)
    count = words.whole("number of tasks") + 2
    kinds = ["R"] * words.whole("renewable", most=1_000)
    kinds += ["N"] * words.whole("nonrenewable", most=1_000)
    line = words.line
    if doubly := words.whole("doubly constrained"):
        raise FormatError(Code.DOUBLY, line=line, field="doubly constrained", value=doubly)
    lags: dict[tuple[int, int], int] = {}
    for before in range(count):
        words.expect(before, "task")
        words.expect(1, "number of modes")
        for after, lag in _successors(words, before, count):
            lags[before, after] = max(lag, lags.get((before, after), lag))
    rows = []
    for number in range(count):
        words.expect(number, "task")
        words.expect(1, "mode")
        rows.append((words.whole("duration"), words.wholes(len(kinds), "demand")))
    resources = tuple(
        Resource(f"{kind}{kinds[: k + 1].count(kind)}", words.whole("capacity"), kind == "R")
        for k, kind in enumerate(kinds)
    )
    words.refuse_more()
    tasks = (
        Task(
            str(number),
            (
                Mode(
                    "1",
                    duration,
                    tuple(Demand(r.ref, a) for r, a in zip(resources, amounts, strict=True) if a),
                ),
            ),
        )
        for number, (duration, amounts) in enumerate(rows)
    )
    return PlanningProblem(tuple(tasks), _precedences(lags), resources)


def _successors(words: Words, before: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the successors of a task with their lags."""
    afters = []
    for _ in range(words.whole("number of successors")):
        line = words.line
        after = words.whole("successor")
        if after >= count:
            raise FormatError(Code.NO_TASK, line=line, field="successor", value=after)
        afters.append((after, line))
    for after, _line in afters:
        line = words.line
        word = words.word("lag")
        found = re.fullmatch(r"\[(.*)\]", word)
        lag = whole(found[1] if found else word, line, "lag", least=-MOST)
        if after != before:
            yield after, lag
        elif lag > 0:
            circle = f"{before} → {before}"
            raise FormatError(Code.CYCLE, line=line, field="lag", tasks=circle)


def _precedences(lags: Mapping[tuple[int, int], int]) -> tuple[Precedence, ...]:
    """A lag and the negative one the other way round become a single precedence."""
    found = []
    for (before, after), lag in lags.items():
        back = lags.get((after, before))
        if back is not None and 0 <= lag <= -back:
            most: int | None = -back
        elif back is not None and 0 <= back <= -lag and lag < 0:
            continue  # it is the other one's most
        else:
            most = None
        found.append(Precedence(str(before), str(after), Link.START_START, lag, most))
    return tuple(found)
