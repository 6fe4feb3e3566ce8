"""Writes a planning problem in its JSON form, one row to a line, what is usual left out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from binglian.engine.planning.formats.axis import Axis
from binglian.engine.planning.formats.plan_file import PlanFile
from binglian.engine.planning.problem import Mode, Precedence, Project, Resource, Task

from .problem import PROBLEM_SCHEMA


def problem_lines(file: PlanFile) -> Iterator[str]:
    """Yield the problem piece by piece; it reads back the same."""
    problem = file.problem
    document: dict[str, Any] = {"schema": PROBLEM_SCHEMA}
    if file.title:
        document["title"] = file.title
    if file.axis != Axis():
        document["axis"] = axis_form(file.axis)
    if problem.earliest:
        document["earliest"] = problem.earliest
    rows: Mapping[str, Iterable[Mapping[str, Any]]] = {
        "calendars": ({"ref": one.ref, "closed": one.closed} for one in problem.calendars),
        "resources": (_unusual(one, Resource("", 0)) for one in problem.resources),
        "projects": (_unusual(one, Project("")) for one in problem.projects),
        "tasks": (_task(one, file) for one in problem.tasks),
        "precedences": (_unusual(one, _ANY) for one in problem.precedences),
    }
    yield "{"
    opening = "\n"
    for key, value in document.items():
        yield f"{opening}  {_json(key)}: {_json(value)}"
        opening = ",\n"
    for key, listed in rows.items():
        if lines := [f"    {_json(one)}" for one in listed]:
            yield f"{opening}  {_json(key)}: [\n" + ",\n".join(lines) + "\n  ]"
    if problem.current:
        yield f'{opening}  "current": {_json(dict(problem.current))}'
    yield "\n}\n"


def axis_form(axis: Axis) -> dict[str, Any]:
    """Return the axis as it stands in a document."""
    found: dict[str, Any] = {"unit": axis.unit.value}
    if axis.origin is not None:
        found |= {"origin": axis.origin.isoformat(), "minutes": axis.minutes, "runs": axis.runs}
    return found


_ANY = Precedence(" ", "")
_NONE = Task("", (Mode("", 0),))


def _task(task: Task, file: PlanFile) -> dict[str, Any]:
    found: dict[str, Any] = {"ref": task.ref}
    if task.ref in file.titles:
        found["title"] = file.titles[task.ref]
    if task.ref in file.owners:
        found["owner"] = file.owners[task.ref]
    only = task.modes[0]
    if len(task.modes) == 1 and only.ref == "1":
        found |= {key: value for key, value in _mode(only).items() if key != "ref"}
    else:
        found["modes"] = [_mode(mode) for mode in task.modes]
    found |= {
        key: value
        for key, value in _unusual(task, _NONE).items()
        if key not in ("ref", "modes", "frozen")
    }
    if task.frozen is not None:
        frozen = {name: getattr(task.frozen, name) for name in ("start", "mode", "finish")}
        found["frozen"] = {key: value for key, value in frozen.items() if value is not None}
    return found


def _mode(mode: Mode) -> dict[str, Any]:
    found: dict[str, Any] = {"ref": mode.ref, "duration": mode.duration}
    if mode.demands:
        found["demands"] = {one.resource: one.amount for one in mode.demands}
    return found


def _unusual(one: Any, usual: Any) -> dict[str, Any]:
    """Return the fields that differ from the usual ones."""
    names = [field.name for field in fields(one)]
    values = {name: getattr(one, name) for name in names}
    return {
        name: value
        for name, value in values.items()
        if value != getattr(usual, name) or name in ("ref", "capacity", "before", "after")
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
