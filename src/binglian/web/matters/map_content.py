"""What a map of matters shows: areas, places by state, and the same as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.timezone import now
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter, Pause
from binglian.domain.matters.public_facts import PUBLIC_DECIMALS
from binglian.domain.places.models import Area, Boundary
from binglian.domain.places.queries import boundaries_of, subdistricts_around

#: Drawn at once, the newest; an old phone draws so many in about a second.
MOST_DRAWN = 10_000
#: Where there are more, how many there are is counted once in so many seconds.
_COUNTED_SECONDS = 60
_DESK_DECIMALS = 6

State = Matter.State
_RUNNING = (State.DISPATCHED, State.OBJECTED, State.HANDLING)


class Kind(IntEnum):
    """How far matters have come, as the map tells them apart."""

    WAITING = 0
    RUNNING = 1
    OVERDUE = 2
    PARKED = 3
    ANSWERED = 4


_LOOK = {
    Kind.WAITING: (pgettext_lazy("map", "待分派"), "diamond", "#1f4e8c"),
    Kind.RUNNING: (pgettext_lazy("map", "办理中"), "circle", "#8a4b08"),
    Kind.OVERDUE: (pgettext_lazy("map", "已逾期"), "triangle", "#b3261e"),
    Kind.PARKED: (pgettext_lazy("map", "挂账"), "cross", "#5b3a8e"),
    Kind.ANSWERED: (pgettext_lazy("map", "已答复"), "square", "#2b6e3f"),
}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """How many matters an area has of each kind, in the order of ``Kind``."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def labelled(self) -> list[tuple[int, str]]:
        """Every count with what is counted."""
        return list(zip(self.counts, (label for _value, label in kind_choices()), strict=True))


def kind_choices() -> list[tuple[int, str]]:
    return [(kind.value, str(label)) for kind, (label, _shape, _colour) in _LOOK.items()]


def looks() -> list[dict[str, str]]:
    """Label, shape and colour of every kind, for the legend and the island."""
    return [
        {"label": str(label), "shape": shape, "colour": colour}
        for label, shape, colour in _LOOK.values()
    ]


def with_kind(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters that are somewhere on the way to an answer, each with its ``kind``."""
    stopped = Pause.objects.filter(until_at=None).values("matter")
    late = Q(state__in=_RUNNING, due_at__lt=now()) & ~Q(pk__in=stopped)
    kind = Case(
        When(state=State.RECEIVED, then=Value(Kind.WAITING.value)),
        When(late, then=Value(Kind.OVERDUE.value)),
        When(state=State.PARKED, then=Value(Kind.PARKED.value)),
        When(state__in=[State.REPLIED, State.CLOSED], then=Value(Kind.ANSWERED.value)),
        default=Value(Kind.RUNNING.value),
        output_field=IntegerField(),
    )
    elsewhere = [State.DIVERTED, State.JOINED, State.REJECTED]
    return matters.exclude(state__in=elsewhere).annotate(kind=kind)


def boundaries_for(alliance: Alliance) -> list[Boundary]:
    """Boundaries of the sub-districts around an alliance, with their areas; one query."""
    return list(boundaries_of(subdistricts_around(alliance.area_id)))


@dataclass(frozen=True, slots=True)
class Spot:
    """What the map and the table beside it know of one matter."""

    pk: int
    number: str
    kind: int
    state: str
    category_id: int | None
    area_id: int | None
    reported_at: datetime
    longitude: float | None
    latitude: float | None


def spots_of(matters: QuerySet[Matter]) -> list[Spot]:
    """The newest matters, at most ``MOST_DRAWN``; one query."""
    fields = [field.name for field in dataclass_fields(Spot)]
    return [Spot(*row) for row in matters.order_by("-pk").values_list(*fields)[:MOST_DRAWN]]


def tiles() -> dict[str, str] | None:
    """The server of map tiles that the operator has named, and whose map they show."""
    if not settings.TILES_URL:
        return None
    return {"url": settings.TILES_URL, "attribution": settings.TILES_ATTRIBUTION}


def map_content(
    spots: list[Spot], boundaries: list[Boundary], *, page: str, is_public: bool
) -> dict[str, Any]:
    """The JSON of the island; ``page`` is the address of matter 0."""
    decimals = PUBLIC_DECIMALS if is_public else _DESK_DECIMALS
    return {
        "kinds": looks(),
        "places": [
            [
                round(spot.longitude, decimals),
                round(spot.latitude, decimals),
                spot.kind,
                spot.pk,
                spot.number,
            ]
            for spot in spots
            if spot.longitude is not None and spot.latitude is not None
        ],
        "areas": [_feature(boundary) for boundary in boundaries],
        "page": page,
        "tiles": tiles(),
        "words": {
            "zoomIn": _("放大"),
            "zoomOut": _("缩小"),
            "open": _("查看"),
            "several": _("这里有几件："),
        },
    }


def _feature(boundary: Boundary) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": boundary.geometry,
        "properties": {"name": short_name(boundary.area), "isApproximate": boundary.is_approximate},
    }


def short_name(area: Area) -> str:
    """The name without the word for sub-district, which all of them bear."""
    name = str(area)
    if (get_language() or "").startswith("en"):
        return name.removesuffix(" Sub-district")
    return name.removesuffix("街道") if len(name) > len("街道") + 1 else name


def area_rows(
    matters: QuerySet[Any], spots: list[Spot], boundaries: list[Boundary], *, kept_as: str
) -> list[AreaRow]:
    """Every area with its matters by kind, in the order of the codes, and those without one.

    ``kept_as`` tells apart who looks at what: counting thousands is not done for every reader anew.
    """
    counts = Counter((spot.area_id, spot.kind) for spot in spots)
    if len(spots) == MOST_DRAWN:  # there are more: let the database count them
        grouped = matters.order_by().values_list("area_id", "kind").annotate(n=Count("pk"))
        key = f"matters-by-area:{kept_as}"
        known = caches["local"].get_or_set(key, lambda: list(grouped), _COUNTED_SECONDS)
        counts = Counter({(area_id, kind): n for area_id, kind, n in known or []})
    names = {boundary.area_id: str(boundary.area) for boundary in boundaries}
    rows = [
        AreaRow(name, tuple(counts.pop((area_id, kind), 0) for kind in Kind))
        for area_id, name in names.items()
    ]
    rest = Counter[int]()
    for (_area_id, kind), n in counts.items():
        rest[kind] += n
    if rest:
        rows.append(AreaRow(_("没有写明，或在图外"), tuple(rest[kind] for kind in Kind)))
    return rows


def attributions(boundaries: list[Boundary]) -> list[str]:
    """Who is to be named for what the map shows."""
    named = {boundary.attribution: None for boundary in boundaries if boundary.attribution}
    if settings.TILES_URL and settings.TILES_ATTRIBUTION:
        named[settings.TILES_ATTRIBUTION] = None
    return list(named)
