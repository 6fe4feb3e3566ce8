"""Tasks, instants and lengths in words, in Chinese ("zh") and English ("en")."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]

#: What one unit of the axis is called: in Chinese, in English, and several of them in English.
Unit = tuple[str, str, str]
DAYS: Unit = ("天", "day", "days")
WORKING_DAYS: Unit = ("个工作日", "working day", "working days")
HOURS: Unit = ("小时", "hour", "hours")
UNITS: Unit = ("个单位", "unit", "units")


def _numbered(instant: int) -> str:
    return str(instant)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a sentence names things.

    ``titles`` name tasks, resources, projects and calendars by ref; what has none is named by its
    ref. ``unit`` is what lengths are counted in, ``scale`` how many of it one unit of the axis is
    (quarters of an hour are told in hours by 0.25). ``start`` and ``finish`` say an instant at
    which work begins or ends, e.g. as a date: the instant 5 begins unit 5 and ends unit 4.
    """

    language: Language = "zh"
    titles: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = DAYS
    start: Callable[[int], str] = _numbered
    finish: Callable[[int], str] = _numbered
    scale: float = 1

    @property
    def zh(self) -> bool:
        """Say whether it speaks Chinese."""
        return self.language == "zh"

    def name(self, ref: str) -> str:
        """Return the title of a task, resource, project or calendar in quotation marks."""
        title = self.titles.get(ref, ref)
        return f"「{title}」" if self.zh else f"“{title}”"

    def names(self, refs: Sequence[str], most: int = 3) -> str:
        """Return the first titles, and how many there are beyond them."""
        shown = ("" if self.zh else ", ").join(self.name(ref) for ref in refs[:most])
        more = len(refs) - most
        if more <= 0:
            return shown
        return f"{shown}等 {len(refs)} 项" if self.zh else f"{shown} and {more} more"

    def length(self, units: int | float) -> str:
        """Return a length, such as 「3 天」 or "1 working day"."""
        zh, one, several = self.unit
        amount = units * self.scale
        count = f"{amount:.0f}" if amount == round(amount) else f"{amount:g}"
        if self.zh:
            return f"{count} {zh}"
        return f"{count} {one if amount in (1, -1) else several}"

    def sentence(self, clauses: Iterable[str]) -> str:
        """Join the clauses that say something into one sentence."""
        spoken = [clause for clause in clauses if clause]
        if self.zh:
            return "；".join(spoken) + "。"
        text = "; ".join(spoken)
        return text[:1].upper() + text[1:] + "."
