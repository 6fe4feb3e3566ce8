"""What the protection of the places a project touches asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
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
    demands = _demands(table, touched_places(project) if touched is None else touched, grades or {})
    standing = project.tasks.standing() if tasks is None else tasks
    return _consents(demands, _items(project.alliance, demands), standing)


@dataclass(frozen=True, slots=True)
class GradeEffect:
    """What another grade of a place would do to one project."""

    project: Project
    added: tuple[ApprovalItem, ...]
    dropped: tuple[ApprovalItem, ...]
    forbidden: tuple[Demand, ...]


def effects_of_grades(
    place: Place, grades: Sequence[str], projects: Iterable[Project], table: Table
) -> dict[str, list[GradeEffect]]:
    """What grading a place anew would add to, take from or forbid in each open project.

    For each grade, of the ``projects`` that touch the place and by the ``table`` in force; those
    on which it has no effect are left out. Two statements, however many projects and grades.
    """
    rows = [one for one in projects if one.state in Project.OPEN]
    touched: dict[int, list[TouchedPlace]] = {one.pk: [] for one in rows}
    places = TouchedPlace.objects.filter(project__in=touched).select_related("place")
    for one in places.order_by("pk"):
        touched[one.project_id].append(one)
    demands = {
        (pk, grade): _demands(table, own, {place.pk: grade} if grade else {})
        for pk, own in touched.items()
        for grade in ("", *grades)
    }
    items = _items(place.alliance, [one for some in demands.values() for one in some])
    consents = {key: _consents(some, items, ()) for key, some in demands.items()}
    found: dict[str, list[GradeEffect]] = {grade: [] for grade in grades}
    for project in sorted(rows, key=attrgetter("pk")):
        for grade in grades:
            effect = _effect(project, consents[project.pk, ""], consents[project.pk, grade])
            if effect.added or effect.dropped or effect.forbidden:
                found[grade].append(effect)
    return found


def _effect(project: Project, now: Consents, then: Consents) -> GradeEffect:
    return GradeEffect(
        project=project,
        added=tuple(item for item in then.items if item not in now.items),
        dropped=tuple(item for item in now.items if item not in then.items),
        forbidden=tuple(one for one in then.forbidden if one not in now.forbidden),
    )


def projects_touching(place: Place, user: User) -> QuerySet[Project]:
    """Projects the person may see; their partners are not asked for."""
    projects = projects_visible_to(user).filter(touched__place=place)
    return projects.prefetch_related(None).order_by("-pk")


def _demands(
    table: Table, touched: Iterable[TouchedPlace], supposed: Mapping[int, str]
) -> tuple[Demand, ...]:
    """What each change of each place asks, some places being graded otherwise."""
    graded = ((one, supposed.get(one.place_id, one.place.grade)) for one in touched)
    return tuple(
        Demand(one.place, table.rule(grade, change))
        for one, grade in graded
        if grade
        for change in one.changes
    )


def _codes(demands: Iterable[Demand]) -> dict[str, None]:
    return dict.fromkeys(code for demand in demands for code in demand.rule.items)


def _items(alliance: Alliance, demands: Iterable[Demand]) -> list[ApprovalItem]:
    """Those of the alliance's catalogue that are asked for and switched on."""
    held = alliance.approval_items.filter(code__in=_codes(demands), is_active=True)
    return list(held.select_related("organisation"))


def _consents(
    demands: tuple[Demand, ...], catalogue: Sequence[ApprovalItem], standing: Iterable[Task]
) -> Consents:
    codes = _codes(demands)
    items = tuple(item for item in catalogue if item.code in codes)
    known = {item.code for item in items}
    return Consents(
        demands=demands,
        items=items,
        missing=tuple(code for code in codes if code not in known),
        present=frozenset(task.item_id for task in standing if task.item_id),
    )
