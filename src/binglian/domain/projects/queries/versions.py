"""How two versions of a plan differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from binglian.domain.alliance.models import Organisation
from binglian.domain.projects.models import Plan, PlannedTask

from .projects import rows_by_plan


@dataclass(frozen=True, slots=True)
class Moved:
    """One task in both versions: calendar days its start and finish come later (or sooner)."""

    before: PlannedTask
    after: PlannedTask

    @property
    def start_days(self) -> int:
        return (self.after.starts_on - self.before.starts_on).days

    @property
    def finish_days(self) -> int:
        return (self.after.finishes_on - self.before.finishes_on).days

    @property
    def is_other_mode(self) -> bool:
        return self.after.mode != self.before.mode


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version of a project's plan to another."""

    before: Plan
    after: Plan
    moved: list[Moved]
    added: list[PlannedTask]
    removed: list[PlannedTask]

    @property
    def finish_days(self) -> int:
        """Calendar days by which the project ends later; below 0, sooner."""
        return (self.after.finish_on - self.before.finish_on).days

    @property
    def by_organisation(self) -> list[tuple[Organisation, list[Moved]]]:
        """Who must move, and what; those with most to move first."""
        found: dict[Organisation, list[Moved]] = {}
        for one in self.moved:
            found.setdefault(one.after.task.doer, []).append(one)
        return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].name))


def difference(
    before: Plan, after: Plan, rows: Mapping[Plan, Iterable[PlannedTask]] | None = None
) -> Difference:
    """Which tasks moved, by how much, which came and which went; those that moved most first.

    ``rows`` are :func:`rows_by_plan` of both, where the caller has them.
    """
    rows = rows or rows_by_plan([before, after])
    old, new = ({row.task_id: row for row in rows[plan]} for plan in (before, after))
    both = [Moved(old[pk], new[pk]) for pk in new if pk in old]
    moved = [one for one in both if one.start_days or one.finish_days or one.is_other_mode]
    return Difference(
        before=before,
        after=after,
        moved=sorted(moved, key=lambda one: (-abs(one.finish_days), one.after.starts_on)),
        added=[row for pk, row in new.items() if pk not in old],
        removed=[row for pk, row in old.items() if pk not in new],
    )
