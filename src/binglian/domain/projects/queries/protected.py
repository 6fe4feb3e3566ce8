"""What the protection of the places a project touches asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.protection import Rule, Table, Verdict
from binglian.domain.heritage.queries import table_in_force
from binglian.domain.projects.models import ApprovalItem, Project, Task, TouchedPlace

from .projects import projects_visible_to


@dataclass(frozen=True, slots=True)
class Demand:
    """One change of one place, and the rule of the table that holds for it."""

    place: Place
    rule: Rule


@dataclass(frozen=True, slots=True)
class Consents:
    """All that a project's places ask: what must be approved, what may not be."""

    demands: tuple[Demand, ...]
    items: tuple[ApprovalItem, ...]
    #: Codes the table names and the alliance's catalogue lacks, or has switched off.
    missing: tuple[str, ...] = ()
    #: Items already in the project's network, by their keys.
    present: frozenset[int] = field(default=frozenset())

    @property
    def forbidden(self) -> list[Demand]:
        return [one for one in self.demands if one.rule.verdict is Verdict.FORBIDDEN]

    @property
    def to_add(self) -> list[ApprovalItem]:
        """Items the project's network does not have yet."""
        return [item for item in self.items if item.pk not in self.present]


def touched_places(project: Project) -> QuerySet[TouchedPlace]:
    return project.touched.select_related("place__area")


def consents_of(
    project: Project,
    grades: Mapping[int, str] | None = None,
    *,
    touched: Sequence[TouchedPlace] | None = None,
    tasks: Sequence[Task] | None = None,
) -> Consents:
    """What the table in force asks of a project, as its places are graded.

    ``grades`` are grades some places (by key) might have instead: nothing is written. ``touched``
    places and standing ``tasks`` are the project's, where the caller has them.
    """
    table, _version = table_in_force(project.alliance)
    supposed = grades or {}
    demands = []
    for one in touched_places(project) if touched is None else touched:
        grade = supposed.get(one.place_id, one.place.grade)
        if grade:
            demands += [Demand(one.place, rule) for rule in _rules(table, grade, one)]
    codes = dict.fromkeys(code for demand in demands for code in demand.rule.items)
    held = project.alliance.approval_items.filter(code__in=codes, is_active=True)
    items = tuple(held.select_related("organisation"))
    known = {item.code for item in items}
    standing = project.tasks.standing() if tasks is None else tasks
    return Consents(
        demands=tuple(demands),
        items=items,
        missing=tuple(code for code in codes if code not in known),
        present=frozenset(task.item_id for task in standing if task.item_id),
    )


@dataclass(frozen=True, slots=True)
class GradeEffect:
    """What another grade of a place would do to one project."""

    project: Project
    added: tuple[ApprovalItem, ...]
    dropped: tuple[ApprovalItem, ...]
    forbidden: tuple[Demand, ...]


def effects_of_grade(place: Place, grade: str, user: User) -> list[GradeEffect]:
    """What grading a place anew would add to, take from or forbid in each open project.

    Only projects the person may see; those on which it has no effect are left out.
    """
    projects = projects_visible_to(user).filter(
        touched__place=place, state__in=Project.OPEN, alliance=place.alliance
    )
    found = []
    for project in projects.order_by("pk"):
        now, then = consents_of(project), consents_of(project, {place.pk: grade})
        before, after = set(now.items), set(then.items)
        effect = GradeEffect(
            project=project,
            added=tuple(item for item in then.items if item not in before),
            dropped=tuple(item for item in now.items if item not in after),
            forbidden=tuple(one for one in then.forbidden if one not in now.forbidden),
        )
        if effect.added or effect.dropped or effect.forbidden:
            found.append(effect)
    return found


def projects_touching(place: Place, user: User) -> QuerySet[Project]:
    return projects_visible_to(user).filter(touched__place=place).order_by("-pk")


def _rules(table: Table, grade: str, touched: TouchedPlace) -> list[Rule]:
    return [table.rule(grade, change) for change in touched.changes]
