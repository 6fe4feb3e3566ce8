"""The answer to a plan file: the plan, what it is worth, and why it is as it is."""

import datetime as dt
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from binglian.engine.planning.explaining.explain import explain
from binglian.engine.planning.explaining.insights import insights
from binglian.engine.planning.formats import Decided, Format, PlanFile, Remark
from binglian.engine.planning.formats.form import PLAN_SCHEMA, axis_form
from binglian.engine.planning.result import Plan, PlanningResult, Progress
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.wording import Language

from .units import wording

#: Some fifty questions may be asked about a plan: all together a quarter of its time.
SHARE_OF_A_QUESTION = 1 / 200


@dataclass(frozen=True)
class Why:
    """What explains a plan: tasks that must not slip, floats, a sentence for each task.

    ``insights`` are sentences about the plan as a whole.
    """

    critical: tuple[str, ...] = ()
    floats: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    insights: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What ``binglian plan`` found."""

    file: PlanFile
    result: PlanningResult
    why: Why
    seed: int
    fingerprint: str

    @property
    def plan(self) -> Plan | None:
        """The plan, None if none was found."""
        return self.result.plan

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader decided, and the years of the plan whose holidays are not known."""
        ends = self.result.tiers and self.file.axis.ends(self.result.tiers.makespan)
        if self.file.format is not Format.SHEET or not ends or self.file.axis.origin is None:
            return self.file.remarks
        from binglian.domain.alliance.calendar import is_announced

        years = range(self.file.axis.origin.year, ends.year + 1)
        unknown = (year for year in years if not is_announced(year))
        return (*self.file.remarks, *(Remark(Decided.UNCONFIRMED, str(y)) for y in unknown))

    def dates(self, ref: str) -> tuple[dt.datetime, dt.datetime] | None:
        """Return when a task begins and ends, None without dates."""
        if self.plan is None:
            return None
        start, finish = self.plan.starts[ref], self.plan.finishes[ref]
        ends = self.file.axis.ends(finish)
        begins = ends if start == finish and start > 0 else self.file.axis.begins(start)
        return None if begins is None or ends is None else (begins, ends)

    def as_json(self) -> dict[str, Any]:
        """Return the document that ``--json`` writes; starts are in the file's own unit."""
        result, plan = self.result, self.plan
        tiers = result.tiers
        document: dict[str, Any] = {
            "schema": PLAN_SCHEMA,
            "problem": self.fingerprint,
            "status": result.status.value,
            "makespan": tiers.makespan if tiers else None,
            "bound": result.bound,
            "proven_by": result.proven_by.value,
            "gap": result.gap,
            "seconds": round(result.seconds, 3),
            "seed": self.seed,
            "serial": result.serial,
            "tiers": None
            if tiers is None
            else {
                name: getattr(tiers, name)
                for name in ("overrun", "lateness", "makespan", "moved", "unevenness")
            },
            "unit": {
                key: value for key, value in axis_form(self.file.axis).items() if key != "runs"
            },
            "starts": dict(plan.starts) if plan else {},
            "finishes": dict(plan.finishes) if plan else {},
            "modes": dict(plan.modes) if plan else {},
            "critical": list(self.why.critical),
            "float": dict(self.why.floats),
            "reasons": dict(self.why.reasons),
            "insights": list(self.why.insights),
        }
        if plan and self.file.axis.origin is not None:
            spans = {ref: self.dates(ref) for ref in plan.starts}
            document["dates"] = {
                ref: [moment.isoformat(timespec="minutes") for moment in span]
                for ref, span in spans.items()
                if span
            }
        return document


def solve(
    file: PlanFile,
    *,
    seconds: float,
    seed: int,
    workers: int,
    fingerprint: str,
    language: Language,
    progress: Callable[[Progress], None] | None = None,
) -> Answer:
    """Solve, and explain what was found; Ctrl-C ends the search with the best plan so far."""
    with until_interrupted() as should_stop:
        result = solve_plan(
            file.problem,
            seconds=seconds,
            seed=seed,
            workers=workers,
            progress=progress,
            should_stop=should_stop,
        )
    return Answer(file, result, _why(file, result, seconds, language), seed, fingerprint)


@contextmanager
def until_interrupted() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether Ctrl-C was pressed; a second one ends the command at once."""
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _why(file: PlanFile, result: PlanningResult, seconds: float, language: Language) -> Why:
    if result.plan is None:
        return Why()
    known, words = explain(file.problem, result.plan), wording(file, language)
    # What a change would gain is asked of plans that people keep; an instance has no names.
    asked = (
        insights(
            file.problem, result, known, words, seconds=max(seconds * SHARE_OF_A_QUESTION, 0.05)
        )
        if file.titles
        else ()
    )
    return Why(
        critical=known.critical,
        floats=known.floats,
        reasons={ref: reason.in_words(words) for ref, reason in known.reasons.items()},
        insights=asked,
    )
