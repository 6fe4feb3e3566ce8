"""What the judge says of a rule that a plan breaks, in Chinese and English."""

from dataclasses import dataclass
from enum import StrEnum

from binglian.engine.planning.problem import Link
from binglian.engine.planning.wording import UNITS, Language, Wording


class Code(StrEnum):
    """A rule of the problem, or of a plan's form."""

    UNKNOWN_TASK = "unknown_task"  # the plan names a task that the problem lacks
    NOT_PLANNED = "not_planned"
    UNKNOWN_MODE = "unknown_mode"
    HISTORY = "history"  # what is frozen was moved
    TODAY = "today"  # starts before ``earliest``
    RELEASE = "release"  # of the task or its project
    CLOSED = "closed"  # starts in a unit not worked
    DURATION = "duration"  # does not finish when its worked units are done
    LEAST = "least"  # too soon after what comes before
    MOST = "most"  # too late after what comes before
    CAPACITY = "capacity"
    BUDGET = "budget"


_SAID: dict[Language, dict[Code, str]] = {
    "zh": {
        Code.UNKNOWN_TASK: "计划里的任务{task}不在清单上。",
        Code.NOT_PLANNED: "任务{task}没有排进计划。",
        Code.UNKNOWN_MODE: "任务{task}没有实施方式{found}。",
        Code.HISTORY: "任务{task}已经发生或已承诺，{what}应为 {allowed}，计划却写成 {found}。",
        Code.TODAY: "任务{task}排在 {found} 开始，早于今天 {allowed}。",
        Code.RELEASE: "任务{task}排在 {found} 开始，最早只能 {allowed} 开始。",
        Code.CLOSED: "任务{task}排在 {found} 开始，这时它或它的承办单位不工作。",
        Code.DURATION: "任务{task}从 {at} 开始，应在 {allowed} 完成，计划却写成 {found}。",
        Code.LEAST: "任务{after}的{after_end}距{task}的{before_end}至少 {allowed}，"
        "计划只有 {found}。",
        Code.MOST: "任务{after}的{after_end}距{task}的{before_end}最多 {allowed}，"
        "计划却有 {found}。",
        Code.CAPACITY: "{resource}最多同时承担 {allowed}，"
        "从 {at} 到 {until} 却安排了 {found}：{tasks}。",
        Code.BUDGET: "预算{resource}只有 {allowed}，计划用了 {found}。",
    },
    "en": {
        Code.UNKNOWN_TASK: "The plan has a task {task} that is not listed.",
        Code.NOT_PLANNED: "Task {task} is not planned.",
        Code.UNKNOWN_MODE: "Task {task} has no mode {found}.",
        Code.HISTORY: "Task {task} has happened or is promised: its {what} is {allowed},"
        " but the plan says {found}.",
        Code.TODAY: "Task {task} starts at {found}, before today, {allowed}.",
        Code.RELEASE: "Task {task} starts at {found} but can start at {allowed} at the earliest.",
        Code.CLOSED: "Task {task} starts at {found}, when it or who does it is not at work.",
        Code.DURATION: "Task {task}, started at {at}, is done at {allowed}"
        " but the plan says {found}.",
        Code.LEAST: "The {after_end} of {after} comes at least {allowed} after the {before_end}"
        " of {task}, but the plan leaves {found}.",
        Code.MOST: "The {after_end} of {after} comes at most {allowed} after the {before_end}"
        " of {task}, but the plan leaves {found}.",
        Code.CAPACITY: "{resource} can carry {allowed} at once but has {found} from {at}"
        " to {until}: {tasks}.",
        Code.BUDGET: "Budget {resource} is {allowed} but the plan spends {found}.",
    },
}
_WHAT = {
    "start": {"zh": "开始", "en": "start"},
    "finish": {"zh": "完成", "en": "finish"},
    "mode": {"zh": "实施方式", "en": "mode"},
}
_STARTS = {Code.TODAY, Code.RELEASE, Code.CLOSED}
_LENGTHS = {Code.LEAST, Code.MOST}


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule broken: by whom, and what was found where what was allowed.

    ``tasks`` are the task blamed, or the two of a precedence, or those a resource has at once;
    ``what`` is the part of history that was moved; ``modes`` are the one planned and, if it is
    history, the one it was done in. ``found`` and ``allowed`` are instants, units, or units of
    the resource; ``at`` and ``until`` the instants between which it is overdrawn.
    """

    code: Code
    tasks: tuple[str, ...] = ()
    found: int = 0
    allowed: int = 0
    resource: str = ""
    modes: tuple[str, ...] = ()
    what: str = ""
    link: Link = Link.FINISH_START
    at: int = 0
    until: int = 0

    def __str__(self) -> str:
        """Return an English sentence with refs and instants as the problem has them."""
        return self.in_words(Wording("en", unit=UNITS))

    def in_words(self, words: Wording) -> str:
        """Return one plain sentence."""
        before_end, after_end = (_END[letter] for letter in self.link.value)
        facts = {
            "task": words.name(self.tasks[0]) if self.tasks else "",
            "after": words.name(self.tasks[-1]) if self.tasks else "",
            "before_end": before_end[words.language],
            "after_end": after_end[words.language],
            "tasks": words.names(self.tasks),
            "resource": words.name(self.resource),
            "what": _WHAT[self.what][words.language] if self.what else "",
            "at": words.start(self.at),
            "until": words.finish(self.until),
            "found": self._figure(self.found, words),
            "allowed": self._figure(self.allowed, words),
        }
        if self.modes:
            planned, *done = (words.name(mode) for mode in self.modes)
            facts |= {"found": planned, "allowed": "".join(done)}
        return _SAID[words.language][self.code].format(**facts)

    def _figure(self, value: int, words: Wording) -> str:
        if self.code in _STARTS or self.what == "start":
            return words.start(value)
        if self.code is Code.DURATION or self.what == "finish":
            return words.finish(value)
        return words.length(value) if self.code in _LENGTHS else str(value)


_END = {"F": _WHAT["finish"], "S": _WHAT["start"]}
