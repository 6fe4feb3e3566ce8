"""Why each task stands where it does in a plan, how far it could slip, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.projects import models as stored
from binglian.engine.planning.explaining.explain import explain
from binglian.engine.planning.explaining.gains import Gain, Gains
from binglian.engine.planning.explaining.reasons import Cause
from binglian.engine.planning.result import Plan
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.wording import DAYS, Wording

from .problem import Snapshot, alone
from .wording import LANGUAGES, Texts, words_of

#: Networks up to this size are asked what would shorten them.
MOST_TASKS = 150
#: Seconds for each such question; where no capacity is scarce an answer takes milliseconds.
SECONDS = 0.2
#: Offices named for which tasks wait.
MOST_OFFICES = 3
#: Days to spare below which a permit that lapses is told.
TIGHT = 20


class Explained:
    """A plan of a snapshot with its reasons, in both languages."""

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self.snapshot = snapshot
        self.known = explain(snapshot.problem, plan)
        self.words = [words_of(snapshot, language) for language in LANGUAGES]

    def reason(self, ref: str) -> Texts:
        """Why the task starts when it does."""
        zh, en = (self.known.reasons[ref].in_words(words) for words in self.words)
        return zh, en

    def float_days(self, ref: str) -> int:
        """Working days it could slip without its project ending later."""
        return self.known.floats[ref]

    def scarce_offices(self) -> Iterator[Texts]:
        """For which offices' capacity tasks wait, those most waited for first."""
        waited = Counter(
            reason.resource
            for ref, reason in self.known.reasons.items()
            if reason.cause is Cause.CAPACITY and ref in self.snapshot.tasks
        )
        for resource, count in waited.most_common(MOST_OFFICES):
            zh, en = (words.name(resource) for words in self.words)
            items = "item waits" if count == 1 else "items wait"
            yield f"{count} 项在等{zh}腾出办理容量。", f"{count} {items} until {en} has capacity."

    def lapses(self) -> Iterator[Texts]:
        """Permits that lapse soon after they are planned to be used."""
        by_day = [replace(words, unit=DAYS) for words in self.words]
        for lapse in self.known.lapses:
            if lapse.spare <= TIGHT:
                zh, en = (lapse.in_words(words) for words in by_day)
                yield zh, en


def what_would_help(snapshot: Snapshot, project: stored.Project) -> list[Texts]:
    """Which approval costs most, and what stopped clocks really cost; [] for large networks.

    Asked of the project as if it had the offices to itself.
    """
    problem = alone(snapshot, project)
    result = solve_plan(problem, seconds=2 * SECONDS, workers=1)
    if result.plan is None or len(problem.tasks) > MOST_TASKS:
        return []
    gains = Gains(problem, result, seconds=SECONDS)
    approvals = {ref for ref, task in snapshot.tasks.items() if task.item_id}
    found = [one for one in gains.best_removals() if set(one.tasks) <= approvals][:1]
    stops = [
        task.ref
        for task in problem.tasks
        if task.ref in approvals
        if not task.counted and task.frozen is None and gains.units[task.ref]
    ]
    if stops:
        found.append(gains.of(stops))
    return [told for gain in found if (told := _told(snapshot, project, gain)) is not None]


def _told(snapshot: Snapshot, project: stored.Project, gain: Gain) -> Texts | None:
    """The gain in working days instead of the axis' days; ``None`` if nothing is gained."""
    days = snapshot.days
    first = max(project.starts_on, days.origin)
    before, after = (
        working_days_between(first, days.last_day(instant)) for instant in (gain.before, gain.after)
    )
    if before == after:
        return None
    in_working_days = replace(gain, before=before, after=after)
    zh, en = (in_working_days.in_words(words_of(snapshot, language)) for language in LANGUAGES)
    return zh, en


def removal_told(
    words: Wording, removed: list[str], *, before: int, after: int, nominal: int, over: str | None
) -> str:
    """What removing these tasks gains, in working days."""
    gain = Gain(tuple(removed), before, after, nominal, over, is_exact=True)
    return gain.in_words(words)
