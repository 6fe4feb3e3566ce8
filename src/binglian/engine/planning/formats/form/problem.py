"""Reads a planning problem from its JSON form."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from binglian.engine.planning.formats.axis import Axis, Unit
from binglian.engine.planning.formats.faults import Code, FormatError
from binglian.engine.planning.formats.plan_file import PlanFile
from binglian.engine.planning.formats.recognising import Format
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)

from .values import (
    MOST,
    any_text,
    choice,
    flag,
    many,
    mapped,
    nearest,
    number,
    or_none,
    pair,
    parse,
    row,
    text,
    triple,
    whole,
)

PROBLEM_SCHEMA = "binglian.planning.problem/1"

_INSTANT = or_none(whole())
_DEMANDS = mapped(whole(0, 10**12))
_MODE = row({"ref": text, "duration": whole(), "demands": _DEMANDS}, ("ref", "duration"))
_FROZEN = row(
    {"start": whole(), "mode": or_none(text), "finish": _INSTANT}, ("start",)
)  # fmt: skip
_TASK = row(
    {
        "ref": text,
        "title": any_text,
        "owner": any_text,
        "project": or_none(text),
        "calendar": or_none(text),
        "duration": whole(),
        "demands": _DEMANDS,
        "modes": many(_MODE),
        "release": whole(),
        "deadline": _INSTANT,
        "due": _INSTANT,
        "weight": number,
        "counted": flag,
        "frozen": or_none(_FROZEN),
    },
    ("ref",),
)
_PRECEDENCE = row(
    {
        "before": text,
        "after": text,
        "link": choice([link.value for link in Link]),
        "least": whole(-MOST),
        "most": or_none(whole(-MOST)),
        "calendar": or_none(text),
    },
    ("before", "after"),
)
_RESOURCE = row(
    {
        "ref": text,
        "capacity": whole(0, 10**12),
        "renewable": flag,
        "calendar": or_none(text),
        "shortages": many(triple),
    },
    ("ref", "capacity"),
)
_PROJECT = row(
    {
        "ref": text,
        "release": whole(),
        "deadline": _INSTANT,
        "due": _INSTANT,
        "weight": number,
    },
    ("ref",),
)
_AXIS = row(
    {
        "unit": choice([unit.value for unit in Unit]),
        "origin": or_none(text),
        "minutes": whole(1, 10**6),
        "runs": many(pair),
    }
)
_FIELDS = {
    "schema": text,
    "note": any_text,
    "title": any_text,
    "axis": _AXIS,
    "earliest": whole(),
    "calendars": many(row({"ref": text, "closed": many(pair)}, ("ref",))),
    "resources": many(_RESOURCE),
    "projects": many(_PROJECT),
    "tasks": many(_TASK),
    "precedences": many(_PRECEDENCE),
    "current": mapped(whole()),
}
KEYS = tuple(_FIELDS)


def read_problem(content: bytes) -> PlanFile:
    """Read a problem. Raises ``FormatError`` with path, value and remedy of the first fault."""
    document = parse(content)
    if type(document) is dict and document.get("schema") != PROBLEM_SCHEMA:
        value = str(document.get("schema", ""))
        raise FormatError(Code.SCHEMA, field="schema", value=value, wanted=PROBLEM_SCHEMA)
    found = row(_FIELDS, ("schema", "tasks"))(document, "")
    tasks = found["tasks"]
    if not tasks:
        raise FormatError(Code.NO_TASKS, field="tasks")
    refs = {kind: _refs(kind, found.get(kind, ())) for kind in _KINDS}
    _check_names(found, refs)
    problem = PlanningProblem(
        tasks=tuple(_task(i, fields) for i, fields in enumerate(tasks)),
        precedences=tuple(
            _made(f"precedences[{i}]", Precedence, **fields | _link(fields))
            for i, fields in enumerate(found.get("precedences", ()))
        ),
        resources=tuple(
            _made(f"resources[{i}]", Resource, **fields | _shortages(fields))
            for i, fields in enumerate(found.get("resources", ()))
        ),
        calendars=tuple(
            _made(f"calendars[{i}]", Calendar, fields["ref"], tuple(fields.get("closed", ())))
            for i, fields in enumerate(found.get("calendars", ()))
        ),
        projects=tuple(Project(**fields) for fields in found.get("projects", ())),
        earliest=found.get("earliest", 0),
        current=tuple(found.get("current", {}).items()),
    )
    return PlanFile(
        problem,
        Format.JSON,
        _axis(found.get("axis", {})),
        found.get("title", ""),
        {one["ref"]: one["title"] for one in tasks if one.get("title")},
        {one["ref"]: one["owner"] for one in tasks if one.get("owner")},
        {one["ref"]: i + 1 for i, one in enumerate(tasks)},
    )


def _shortages(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"shortages": tuple(fields.get("shortages", ()))}


_KINDS = ("tasks", "resources", "calendars", "projects")


def _refs(kind: str, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    seen: set[str] = set()
    for i, fields in enumerate(rows):
        ref = fields["ref"]
        if ref in seen:
            raise FormatError(Code.REF_TWICE, field=f"{kind}[{i}].ref", value=ref)
        seen.add(ref)
    return seen


def _check_names(found: Mapping[str, Any], refs: Mapping[str, set[str]]) -> None:
    """Refuse names of what is not there."""
    for i, task in enumerate(found["tasks"]):
        at = f"tasks[{i}]"
        _known(task.get("calendar"), "calendars", refs, f"{at}.calendar")
        _known(task.get("project"), "projects", refs, f"{at}.project")
        for name in task.get("demands", ()):
            _known(name, "resources", refs, f"{at}.demands")
        for k, mode in enumerate(task.get("modes", ())):
            for name in mode.get("demands", ()):
                _known(name, "resources", refs, f"{at}.modes[{k}].demands")
    for i, one in enumerate(found.get("precedences", ())):
        for key in ("before", "after"):
            _known(one[key], "tasks", refs, f"precedences[{i}].{key}")
        _known(one.get("calendar"), "calendars", refs, f"precedences[{i}].calendar")
    for i, one in enumerate(found.get("resources", ())):
        _known(one.get("calendar"), "calendars", refs, f"resources[{i}].calendar")
    for ref in found.get("current", ()):
        _known(ref, "tasks", refs, "current")


def _known(name: str | None, kind: str, refs: Mapping[str, Collection[str]], path: str) -> None:
    if name is not None and name not in refs[kind]:
        near = nearest(name, refs[kind])
        raise FormatError(Code.NO_SUCH, field=path, value=name, where=kind, near=near)


def _task(position: int, fields: Mapping[str, Any]) -> Task:
    at = f"tasks[{position}]"
    modes = fields.get("modes", [])
    if ("duration" in fields) == bool(modes):
        raise FormatError(Code.EITHER, field=at)
    if not modes:
        modes = [{"ref": "1", "duration": fields["duration"], "demands": fields.get("demands", {})}]
    elif "demands" in fields:
        raise FormatError(Code.EITHER, field=f"{at}.demands")
    frozen = fields.get("frozen")
    keys = ("project", "calendar", "release", "deadline", "due", "weight", "counted")
    task: Task = _made(
        at,
        Task,
        fields["ref"],
        tuple(
            Mode(
                mode["ref"],
                mode["duration"],
                tuple(Demand(*one) for one in mode.get("demands", {}).items()),
            )
            for mode in modes
        ),
        frozen=Frozen(**frozen) if frozen else None,
        **{key: fields[key] for key in keys if key in fields},
    )
    return task


def _link(fields: Mapping[str, Any]) -> dict[str, Link]:
    return {"link": Link(fields.get("link", Link.FINISH_START))}


def _axis(fields: Mapping[str, Any]) -> Axis:
    origin = fields.get("origin")
    try:
        moment = datetime.fromisoformat(origin) if origin else None
        if moment is not None and (moment.tzinfo or not 1900 <= moment.year <= 2999):
            raise ValueError
    except ValueError as error:
        raise FormatError(Code.MOMENT, field="axis.origin", value=origin) from error
    runs = tuple(fields.get("runs", ())) or ((0, 0),)
    ascend = all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(runs))
    if runs[0][0] != 0 or not ascend:
        raise FormatError(Code.RUNS, field="axis.runs")
    return Axis(Unit(fields.get("unit", Unit.UNIT)), moment, fields.get("minutes", 1440), runs)


def _made(path: str, kind: Any, *values: Any, **fields: Any) -> Any:
    """Make one part of the problem; what it refuses is a fault at its place."""
    try:
        return kind(*values, **fields)
    except ValueError as error:
        raise FormatError(Code.PROBLEM, field=path, why=str(error)) from error
