"""The chart and the map of a briefing, and the map alone for the cockpit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from shapely.geometry import shape

from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.models import Place
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.matters.models import Matter
from binglian.domain.places.models import Boundary
from binglian.domain.places.queries import subdistricts_around
from binglian.domain.projects.models import Project
from binglian.domain.together import asked_together
from binglian.papers.drawing import Bar, Drawing, Mark, Outline, area_map, bars

from .figuring import Figure

#: Boundaries are drawn this coarse, in degrees: some 10 m.
_COARSE = 0.0001
#: Of the map on paper, where it is 10 cm wide.
LETTERS = 20


def chart_of(figures: Sequence[Figure], month: Period, previous: Period) -> Drawing:
    """Bars of this month and of the one before."""
    rows = [Bar(one.label, *one.bars) for one in figures if one.bars]
    told = "；".join(f"{row.label} {row.now:g}，上月 {row.before:g}" for row in rows)
    this, last = (f"{one.first.month} 月" for one in (month, previous))
    return Drawing(
        svg=bars(rows, now=this, before=last, alternative=told),
        caption=f"图 1　{this}与{last}",
        alternative=told,
    )


def map_of(records: Records) -> Drawing:
    """Projects under way and matters not answered, as the records have them."""
    late = {
        topic.pk: bool(topic.due_at and topic.due_at < records.as_of)
        for topic in records.topics
        if not topic.answered_at and not topic.is_turned_away
    }
    places = Matter.objects.filter(pk__in=late, longitude__isnull=False)
    matters = [
        ((longitude, latitude), 2 if late[pk] else 1)
        for pk, longitude, latitude in places.values_list("pk", "longitude", "latitude")
        if longitude is not None and latitude is not None
    ]
    under_way = [one.pk for one in records.projects if one.finished_on is None]
    projects = Project.objects.filter(pk__in=under_way)
    return situation(records.alliance, projects, matters, letters=LETTERS)


def situation(
    alliance: Alliance,
    projects: Iterable[Project],
    matters: Iterable[tuple[tuple[float, float], int]],
    *,
    letters: float = 15,
    height: float = 420,
) -> Drawing:
    """The map; ``matters`` are places with 1 for «being handled» and 2 for «overdue»."""
    rows = list(projects)
    touched, boundaries = asked_together(
        Place.objects.filter(touched_by__project__in=rows, longitude__isnull=False).values_list(
            "touched_by__project", "longitude", "latitude"
        ),
        Boundary.objects.filter(
            Q(area__in=subdistricts_around(alliance.area_id)) | Q(area=alliance.area_id)
        )
        .select_related("area")
        .order_by("area__code"),
    )
    seen = [*_project_places(alliance, rows, touched), *matters]
    legend = (_("在推进项目"), _("在办诉求"), _("逾期诉求"))
    counts = Counter(kind for _place, kind in seen)
    told = _("；").join(f"{words} {counts[kind]}" for kind, words in enumerate(legend))
    boundaries.sort(key=lambda one: one.area_id == alliance.area_id)  # our own is drawn last
    outlines = [_outline(one, is_own=one.area_id == alliance.area_id) for one in boundaries]
    marks = [Mark(place, kind) for place, kind in seen]
    drawn = area_map(outlines, marks, legend, alternative=told, letters=letters, height=height)
    return Drawing(drawn, "图 2　项目与未办结的诉求", told)


def _project_places(
    alliance: Alliance,
    rows: Iterable[Project],
    places: Iterable[tuple[int, float | None, float | None]],
) -> Iterator[tuple[tuple[float, float], int]]:
    """The courtyard a project touches, else the middle of its area, else of the alliance's."""
    touched: dict[int, tuple[float, float]] = {}
    for project, longitude, latitude in places:
        if longitude is not None and latitude is not None:
            touched.setdefault(project, (longitude, latitude))
    for row in rows:
        area = row.area or alliance.area
        if row.pk in touched:
            yield touched[row.pk], 0
        elif area and area.longitude is not None and area.latitude is not None:
            yield (area.longitude, area.latitude), 0


def _outline(boundary: Boundary, *, is_own: bool = False) -> Outline:
    name = str(boundary.area).removesuffix(" Sub-district")
    short = name.removesuffix("街道") if len(name) > len("街道") + 1 else name
    return Outline(short, shape(boundary.geometry).simplify(_COARSE), is_own)
