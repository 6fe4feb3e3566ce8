"""Matters as the public may read them: many by their conditions, one by its number."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from django.db.models import FloatField, Q, QuerySet
from django.db.models.functions import Cast, Round
from django.utils.timezone import now
from django.utils.translation import gettext as _

from binglian.domain.matters.models import Matter
from binglian.domain.matters.public_facts import PUBLIC_DECIMALS, with_what_is_told
from binglian.domain.matters.queries import public_matters

from .endpoint import Asked
from .parameters import Parameters
from .refusals import Refused
from .telling import told, told_without_content

#: The standard's limits for one answer.
WINDOW = timedelta(days=90)
MOST = 1000
_M_PER_DEGREE = 111_195  # on a sphere of 6,371 km
_FARTHEST = 50_000  # metres


def requests(asked: Asked) -> tuple[str, Any]:
    """GET Service Requests: the newest first, those of the last 90 days unless asked otherwise."""
    rows = public_matters(asked.alliance())
    numbers = asked.parameters.listed("service_request_id")
    # Numbers go before all other conditions.
    rows = rows.filter(number__in=numbers) if numbers else _filtered(rows, asked.parameters)
    size = asked.parameters.count("page_size", MOST, MOST)
    first = (asked.parameters.count("page", 1, 100_000) - 1) * size
    rows = with_what_is_told(rows).order_by("-reported_at", "-id")[first : first + size]
    return "service_requests", [told(matter) for matter in rows]


def request(asked: Asked, request_id: str) -> tuple[str, Any]:
    """GET Service Request: the public one whole; of any other, that there is one."""
    alliance = asked.alliance()
    known = "" if "\0" in request_id else request_id
    public = with_what_is_told(public_matters(alliance)).filter(number=known).first()
    if public is not None:
        return "service_requests", [told(public)]
    other = alliance.matters.filter(number=known).first()
    if other is None:
        raise Refused(404, _("没有 service_request_id “%(id)s”。") % {"id": request_id[:40]})
    return "service_requests", [told_without_content(other)]


def _filtered(rows: QuerySet[Matter], parameters: Parameters) -> QuerySet[Matter]:
    first, last = window(parameters)
    rows = rows.filter(reported_at__gte=first, reported_at__lte=last)
    if codes := parameters.listed("service_code"):
        rows = rows.filter(category__code__in=codes)
    if states := parameters.listed("status"):
        if unknown := set(states) - {"open", "closed"}:
            raise Refused(
                400,
                _("status 只有 open 和 closed，收到的是“%(value)s”。")
                % {"value": sorted(unknown)[0][:40]},
            )
        if len(set(states)) == 1:
            is_open = Q(state__in=Matter.OPEN)
            rows = rows.filter(is_open if states[0] == "open" else ~is_open)
    return _near(rows, parameters)


def window(parameters: Parameters) -> tuple[datetime, datetime]:
    """From when until when; 90 days at most."""
    first, last = parameters.moment("start_date"), parameters.moment("end_date", is_end=True)
    if first is None:
        last = last or now()
        return last - WINDOW, last
    if last is None:
        return first, first + WINDOW
    if first > last:
        raise Refused(400, _("start_date 晚于 end_date。"))
    # Two days named by their dates count whole, whatever the clock.
    if last - first > WINDOW + timedelta(days=1):
        raise Refused(400, _("start_date 与 end_date 相距不能超过 90 天，请分次查询。"))
    return first, last


def _near(rows: QuerySet[Matter], parameters: Parameters) -> QuerySet[Matter]:
    """Within ``radius`` metres of a point, on the plane that touches the earth there.

    Measured from the coarse place that is told: asking again and again finds no doorbell either.
    """
    latitude = parameters.number("lat", -90, 90)
    longitude = parameters.number("long", -180, 180)
    radius = parameters.number("radius", 0, _FARTHEST)
    if latitude is None and longitude is None and radius is None:
        return rows
    if latitude is None or longitude is None:
        raise Refused(400, _("lat 与 long 须同时给出。"))
    radius = 1000 if radius is None else radius
    north = (_coarse("latitude") - latitude) * _M_PER_DEGREE
    east = (_coarse("longitude") - longitude) * (_M_PER_DEGREE * math.cos(math.radians(latitude)))
    margin = radius / _M_PER_DEGREE + 10**-PUBLIC_DECIMALS
    near = rows.filter(latitude__range=(latitude - margin, latitude + margin))
    return near.alias(apart=north * north + east * east).filter(apart__lte=radius**2)


def _coarse(field: str) -> Cast:
    """The field as ``public_degrees`` tells it, worked out by the database."""
    return Cast(Round(field, PUBLIC_DECIMALS), FloatField())
