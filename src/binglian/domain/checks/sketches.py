"""Where a finding is, as drawings: on the map, on a plan of the site, and its photos."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from shapely.geometry import shape

from binglian.domain.checks.models import Finding, FindingPhoto, FindingStep
from binglian.domain.heritage.models import Place
from binglian.domain.places.models import Boundary
from binglian.domain.places.queries import subdistricts_around
from binglian.papers.drawing import Drawing, Outline, framed, place_map, shown_on_plan
from binglian.photos import re_encoded

#: Degrees around the place in which landmarks are looked for, some 500 m.
_NEAR = 0.005
#: Pixels of the longer side of a picture on paper.
_ON_PAPER = 1000
MOST_LANDMARKS = 12


def map_sketch(finding: Finding) -> Drawing | None:
    """The place on a map with what lies around it; ``None`` without a point."""
    if finding.longitude is None or finding.latitude is None:
        return None
    place = finding.longitude, finding.latitude
    told = _("%(place)s，北纬 %(latitude).5f，东经 %(longitude).5f") % {
        "place": finding.place,
        "latitude": finding.latitude,
        "longitude": finding.longitude,
    }
    drawn = place_map(
        _outlines(finding, place), _landmarks(finding, place), place, alternative=told
    )
    return Drawing(drawn, told, told)


def plan_sketch(finding: Finding) -> Drawing | None:
    """The place on a plan of the site; ``None`` where it was shown on none."""
    plan, x, y = finding.plan, finding.plan_x, finding.plan_y
    if plan is None or x is None or y is None:
        return None
    told = _("平面图“%(plan)s”上的位置") % {"plan": plan.title}
    drawn = shown_on_plan(
        bytes(plan.image),
        plan.media_type,
        width=plan.width,
        height=plan.height,
        at=(x, y),
        alternative=told,
    )
    return Drawing(drawn, told, told)


def photo_sketches(finding: Finding) -> Iterator[Drawing]:
    """The pictures with which it was issued or came again, the latest time only."""
    told = FindingStep.What
    step = finding.steps.filter(what__in=[told.ISSUED, told.REOPENED]).last()
    for number, photo in enumerate(FindingPhoto.objects.filter(step=step), 1):
        small = re_encoded(bytes(photo.image), _ON_PAPER)
        caption = _("现场照片 %(n)s") % {"n": number}
        drawn = framed(
            small.content,
            small.media_type,
            width=small.width,
            height=small.height,
            alternative=caption,
        )
        yield Drawing(drawn, caption, caption)


def _outlines(finding: Finding, place: tuple[float, float]) -> list[Outline]:
    longitude, latitude = place
    around = subdistricts_around(finding.project.alliance.area_id)
    near = Boundary.objects.filter(
        area__in=around,
        west__lte=longitude + _NEAR,
        east__gte=longitude - _NEAR,
        south__lte=latitude + _NEAR,
        north__gte=latitude - _NEAR,
    )
    return [
        Outline(str(one.area), shape(one.geometry))
        for one in near.select_related("area").order_by("pk")
    ]


def _landmarks(
    finding: Finding, place: tuple[float, float]
) -> list[tuple[str, tuple[float, float]]]:
    """Courtyards and historic buildings around it, the nearest first."""
    longitude, latitude = place
    rows = Place.objects.filter(
        alliance=finding.project.alliance_id,
        longitude__range=(longitude - _NEAR, longitude + _NEAR),
        latitude__range=(latitude - _NEAR, latitude + _NEAR),
    )
    found = [
        (str(one), (one.longitude, one.latitude))
        for one in rows
        if one.longitude is not None and one.latitude is not None
    ]
    found.sort(key=lambda one: (one[1][0] - longitude) ** 2 + (one[1][1] - latitude) ** 2)
    return found[:MOST_LANDMARKS]
