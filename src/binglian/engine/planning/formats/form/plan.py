"""Reads a plan from the JSON that ``binglian plan --json`` writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from binglian.engine.planning.formats.faults import Code, FormatError
from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Plan

from .values import mapped, nearest, number, or_none, parse, text, whole

PLAN_SCHEMA = "binglian.planning.result/1"


@dataclass(frozen=True)
class PlanRead:
    """A plan, and what its file claims about it; None where it claims nothing."""

    plan: Plan
    status: str | None
    makespan: int | None
    bound: int | None
    fingerprint: str | None = None
    tiers: Mapping[str, float] = field(default_factory=dict)


def read_plan(content: bytes, problem: PlanningProblem) -> PlanRead:
    """Read starts, finishes and modes; modes may be left out where every task has only one.

    Raises ``FormatError`` if a task is missing or unknown.
    """
    document = parse(content)
    if type(document) is not dict:
        raise FormatError(Code.TYPE, field="$", value="…", expected="object")
    if document.get("schema", PLAN_SCHEMA) != PLAN_SCHEMA:
        value = str(document["schema"])
        raise FormatError(Code.SCHEMA, field="schema", value=value, wanted=PLAN_SCHEMA)
    starts = _of_tasks(document, "starts", problem, whole(-(10**9)))
    modes = _modes(document, problem)
    finishes = _of_tasks(document, "finishes", problem, whole(-(10**9)))
    tiers = or_none(mapped(or_none(number)))(document.get("tiers"), "tiers") or {}
    claimed = {key: or_none(whole())(document.get(key), key) for key in ("makespan", "bound")}
    return PlanRead(
        Plan(starts, finishes, modes),
        document.get("status") if type(document.get("status")) is str else None,
        claimed["makespan"],
        claimed["bound"],
        or_none(text)(document.get("problem"), "problem"),
        {key: value for key, value in tiers.items() if value is not None},
    )


def _of_tasks(
    document: Mapping[str, Any], key: str, problem: PlanningProblem, read: Any
) -> dict[str, Any]:
    if key not in document:
        raise FormatError(Code.MISSING, field=key)
    found: dict[str, Any] = mapped(read)(document[key], key)
    refs = {task.ref for task in problem.tasks}
    for ref in found:
        if ref not in refs:
            near = nearest(ref, refs)
            raise FormatError(Code.NO_SUCH, field=key, value=ref, where="tasks", near=near)
    for task in problem.tasks:
        if task.ref not in found:
            raise FormatError(Code.MISSING, field=f"{key}.{task.ref}")
    return found


def _modes(document: Mapping[str, Any], problem: PlanningProblem) -> dict[str, str]:
    if "modes" not in document and all(len(task.modes) == 1 for task in problem.tasks):
        return {task.ref: task.modes[0].ref for task in problem.tasks}
    modes = _of_tasks(document, "modes", problem, text)
    for task in problem.tasks:
        known = [mode.ref for mode in task.modes]
        if modes[task.ref] not in known:
            path, value = f"modes.{task.ref}", modes[task.ref]
            raise FormatError(Code.CHOICE, field=path, value=value, choices=", ".join(known))
    return modes
