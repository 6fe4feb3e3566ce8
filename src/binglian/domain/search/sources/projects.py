"""Projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import projects_visible_to, public_projects
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of


def _of_project(row: Project) -> Iterator[Entry]:
    if row.state == Project.State.WITHDRAWN:
        return
    words = (row.title_zh, row.title_en, row.number, row.place)
    about = (row.description, row.description_en)
    for letter, (title, title_en, *rest) in (
        (Letter.DESK, (*words, *about)),
        (Letter.PUBLIC, tuple(map(without_personal, (*words, *about)))),
    ):
        if letter is Letter.DESK or row.is_public:
            yield entry([letter], title, row.entered_at, *rest, title_en=title_en)


def _public(alliances: Sequence[Alliance]) -> QuerySet[Project]:
    return public_projects().filter(alliance__in=[one.pk for one in alliances])


PROJECTS = Source(
    kind="project",
    label=_("项目"),
    model=Project,
    rows=Project.objects.all,
    entries=_of_project,
    readable={Letter.DESK: some_of(projects_visible_to)},
    public=_public,
    order="entered_at",
    desk_page="projects/{}/",
    public_page="projects/{}/",
)
