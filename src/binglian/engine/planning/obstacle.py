"""Why there can be no plan, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .wording import UNITS, Language, Wording

__all__ = ["Obstacle", "ObstacleCode"]


class ObstacleCode(StrEnum):
    """What no plan can get round."""

    CIRCLE = "circle"  # tasks wait for one another, or their lags contradict one another
    DEMAND = "demand"  # every mode of a task demands more than there is
    BUDGET = "budget"  # even the cheapest modes cost more than there is
    HISTORY = "history"  # what is frozen came too early for what it waits for
    TOO_LATE = "too_late"  # what a task waits for ends after the task must have begun
    NEVER_OPEN = "never_open"  # nobody works when the task could be done
    TOGETHER = "together"  # each rule alone can be kept, all of them cannot


_SAID: dict[Language, dict[ObstacleCode, str]] = {
    "zh": {
        ObstacleCode.CIRCLE: "这些任务互相等待，或间隔互相矛盾：{chain}。"
        "请去掉或放宽其中一条前后关系。",
        ObstacleCode.DEMAND: "任务{task}至少需要{resource} {asked}，而它只有 {allowed}。"
        "请增加能力，或减少需求。",
        ObstacleCode.BUDGET: "即使都用最省的实施方式，"
        "预算{resource}也要 {asked}，而只有 {allowed}。"
        "请增加预算，或添加更省的实施方式。",
        ObstacleCode.HISTORY: "任务{task}已经发生或已承诺，而它所等待的任务到那时还做不完。"
        "请核对它的日期，或放宽前后关系。",
        ObstacleCode.TOO_LATE: "任务{task}最迟须在 {allowed} 开始，最早却只能在 {asked} 开始。"
        "请放宽“最多”间隔，或核对已发生任务的日期。",
        ObstacleCode.NEVER_OPEN: "任务{task}的日历没有足够的工作时间。请核对日历。",
        ObstacleCode.TOGETHER: "每条规则单独都能遵守，"
        "但没有计划能同时遵守能力、前后关系和“最多”间隔。"
        "请增加能力，或放宽“最多”间隔。",
    },
    "en": {
        ObstacleCode.CIRCLE: "These tasks wait for one another, or their lags contradict"
        " one another: {chain}. Remove or relax one of the precedences.",
        ObstacleCode.DEMAND: "Task {task} needs at least {asked} of {resource}, which has"
        " {allowed}. Raise the capacity or lower the demand.",
        ObstacleCode.BUDGET: "Even in the cheapest modes the tasks need {asked} of budget"
        " {resource}, which is {allowed}. Raise it or add a cheaper mode.",
        ObstacleCode.HISTORY: "Task {task} has happened or is promised before what it waits for"
        " can be done. Check its dates or relax a precedence.",
        ObstacleCode.TOO_LATE: "Task {task} must start by {allowed} but cannot start before"
        " {asked}. Relax a “most” or check the dates of what has happened.",
        ObstacleCode.NEVER_OPEN: "The calendar of task {task} does not have enough working time."
        " Check the calendar.",
        ObstacleCode.TOGETHER: "Each rule alone can be kept, but no plan keeps capacities,"
        " precedences and their “most” together. Raise a capacity or relax a “most”.",
    },
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason, sufficient by itself: ``tasks`` concerned, and what is asked beyond what is.

    ``asked`` and ``allowed`` are units of the resource, or instants.
    """

    code: ObstacleCode
    tasks: tuple[str, ...] = ()
    resource: str = ""
    asked: int = 0
    allowed: int = 0

    def __str__(self) -> str:
        """Return an English sentence with refs and instants as the problem has them."""
        return self.in_words(Wording("en", unit=UNITS))

    def in_words(self, words: Wording) -> str:
        """Return a plain sentence and the remedy."""
        is_instant = self.code is ObstacleCode.TOO_LATE
        return _SAID[words.language][self.code].format(
            chain=" → ".join(words.name(ref) for ref in self.tasks),
            task=words.name(self.tasks[0]) if self.tasks else "",
            resource=words.name(self.resource),
            asked=words.start(self.asked) if is_instant else self.asked,
            allowed=words.start(self.allowed) if is_instant else self.allowed,
        )
