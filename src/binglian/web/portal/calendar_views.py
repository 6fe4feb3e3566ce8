"""What lies ahead in an alliance, for anybody's own calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_default_timezone_name, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from binglian.domain.alliance.models import Alliance, today

from .ahead import days_ahead

#: Days still told after they are over, so that no entry vanishes the day it falls due.
KEPT_DAYS = 30
_NO_SUMMER_TIME_SINCE = date(2000, 1, 1)


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Planned ends of public projects, days by which promises are due and needs wanted."""
    portal = get_object_or_404(Alliance, slug=slug)
    book = Calendar()
    book.add("prodid", "-//Binglian//Portal//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    name = _("%(alliance)s：节点与期限") % {"alliance": portal}
    book.add("name", name)
    book.add("x-wr-calname", name)
    zone = get_default_timezone_name()
    book.add_component(Timezone.from_tzid(zone, first_date=_NO_SUMMER_TIME_SINCE))
    host = urlsplit(request.build_absolute_uri("/")).hostname
    for one in days_ahead(portal, today() - timedelta(days=KEPT_DAYS)):
        event = Event()
        event.add("uid", f"{one.key}@{host}")
        event.add("dtstamp", now())
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("url", request.build_absolute_uri(one.path))
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return HttpResponse(book.to_ical(), "text/calendar; charset=utf-8")
