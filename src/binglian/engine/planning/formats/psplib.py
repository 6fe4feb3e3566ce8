"""PSPLIB's ``.sm`` (one mode) and ``.mm`` (several modes, budgets) files.

Horizon, due date and tardiness cost are left aside, as in the published results: the aim is the
makespan.

References
----------
R. Kolisch, A. Sprecher (1997), PSPLIB – a project scheduling problem library, *European Journal of
Operational Research* 96.
"""

import re
from collections.abc import Iterator

from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)

from .faults import Code, FormatError
from .words import Words, whole

_COUNTS = {
    "jobs": re.compile(r"\s*jobs\b.*:\s*(\S+)", re.I),
    "renewable": re.compile(r"\s*-\s*renewable\s*:\s*(\S+)", re.I),
    "nonrenewable": re.compile(r"\s*-\s*nonrenewable\s*:\s*(\S+)", re.I),
    "doubly constrained": re.compile(r"\s*-\s*doubly\s*constrained\s*:\s*(\S+)", re.I),
}
_PRECEDENCE = "PRECEDENCE RELATIONS"
_REQUESTS = "REQUESTS/DURATIONS"
_CAPACITIES = "RESOURCEAVAILABILITIES"
_ENDS = ("*", "PRECEDENCERELATIONS", _REQUESTS, _CAPACITIES)


def read_psplib(text: str) -> PlanningProblem:
    """Read a file; tasks and modes are called by their numbers. Raises ``FormatError``."""
    lines = text.splitlines()
    count = _count(lines, "jobs")
    kinds = ["R"] * _count(lines, "renewable") + ["N"] * _count(lines, "nonrenewable")
    if doubly := _count(lines, "doubly constrained"):
        raise FormatError(Code.DOUBLY, field="doubly constrained", value=doubly)
    successors = _precedence(_section(text, lines, _PRECEDENCE), count)
    requests = _section(text, lines, _REQUESTS)
    resources = _resources(_section(text, lines, _CAPACITIES), kinds)
    tasks = []
    for number, (mode_count, _after) in enumerate(successors, 1):
        tasks.append(Task(str(number), tuple(_modes(requests, number, mode_count, resources))))
    requests.refuse_more()
    precedences = (
        Precedence(str(before), str(after))
        for before, (_modes_of, afters) in enumerate(successors, 1)
        for after in afters
    )
    return PlanningProblem(tuple(tasks), tuple(precedences), resources)


def _count(lines: list[str], name: str) -> int:
    for number, line in enumerate(lines, 1):
        if found := _COUNTS[name].match(line):
            return whole(found[1], number, name, most=1_000 if name != "jobs" else 10**6)
    raise FormatError(Code.MISSING, field=name)


def _section(text: str, lines: list[str], heading: str) -> Words:
    """The numbers under a heading: its column titles are passed over.

    A row of stars ends it, or where there are none the next heading.
    """
    squeezed = [_squeezed(line) for line in lines]
    start = next((i for i, line in enumerate(squeezed) if line.startswith(_squeezed(heading))), -1)
    if start < 0:
        raise FormatError(Code.SECTION, section=heading)
    rows = (i for i in range(start + 1, len(lines)) if squeezed[i])
    next(rows, None)  # the titles of the columns
    first = next((i for i in rows if not squeezed[i].startswith("-")), len(lines))
    ends = (i for i in range(first, len(lines)) if squeezed[i].startswith(_ENDS))
    return Words(text, first + 1, next(ends, len(lines)))


def _squeezed(line: str) -> str:
    return "".join(line.split()).upper()


def _precedence(words: Words, count: int) -> list[tuple[int, list[int]]]:
    """Return the number of modes and the successors of each task."""
    found = []
    for number in range(1, count + 1):
        words.expect(number, "task")
        mode_count = words.whole("number of modes", 1)
        afters = []
        for _ in range(words.whole("number of successors")):
            line = words.line
            after = words.whole("successor")
            if not 1 <= after <= count:
                raise FormatError(Code.NO_TASK, line=line, field="successor", value=after)
            if after == number:
                circle = f"{number} → {number}"
                raise FormatError(Code.CYCLE, line=line, field="successor", tasks=circle)
            afters.append(after)
        found.append((mode_count, afters))
    words.refuse_more()
    return found


def _resources(words: Words, kinds: list[str]) -> tuple[Resource, ...]:
    resources = []
    for i, kind in enumerate(kinds):
        number = kinds[: i + 1].count(kind)
        resources.append(Resource(f"{kind}{number}", words.whole("capacity"), kind == "R"))
    words.refuse_more()
    return tuple(resources)


def _modes(
    words: Words, number: int, count: int, resources: tuple[Resource, ...]
) -> Iterator[Mode]:
    words.expect(number, "task")
    for mode in range(1, count + 1):
        words.expect(mode, "mode")
        duration = words.whole("duration")
        amounts = words.wholes(len(resources), "demand")
        pairs = zip(resources, amounts, strict=True)
        demands = tuple(Demand(resource.ref, amount) for resource, amount in pairs if amount)
        yield Mode(str(mode), duration, demands)
