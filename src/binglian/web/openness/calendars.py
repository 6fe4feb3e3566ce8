"""What lies ahead, for anybody's own calendar (iCalendar, RFC 5545), in the time of the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_default_timezone_name, now
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from binglian.domain.openness.topics import Day, Topic, days_of

#: The time zone's rules before that day only confuse calendars.
_NO_SUMMER_TIME_SINCE = date(2000, 1, 1)


def calendar_answer(request: HttpRequest, topic: Topic) -> HttpResponse:
    """The topic's days as a file to subscribe to."""
    name = _("%(alliance)s：%(topic)s") % {"alliance": topic.alliance, "topic": topic}
    book = calendar_of(name, days_of(topic), request)
    return HttpResponse(book.to_ical(), "text/calendar; charset=utf-8")


def calendar_of(name: str, days: Iterable[Day], request: HttpRequest) -> Calendar:
    book = Calendar()
    book.add("prodid", "-//Binglian//Portal//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("name", name)
    book.add("x-wr-calname", name)
    book.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    zone = get_default_timezone_name()
    book.add_component(Timezone.from_tzid(zone, first_date=_NO_SUMMER_TIME_SINCE))
    for day in days:
        book.add_component(_event(day, request))
    return book


def _event(day: Day, request: HttpRequest) -> Event:
    event = Event()
    host = request.get_host().partition(":")[0]
    event.add("uid", f"{day.key}@{host}")
    event.add("sequence", day.edition)
    event.add("dtstamp", now())
    event.add("dtstart", day.starts)
    is_whole_day = not isinstance(day.starts, datetime)
    event.add("dtend", day.ends or day.starts + timedelta(days=1 if is_whole_day else 0))
    event.add("summary", day.title)
    if day.where:
        event.add("location", day.where)
    event.add("url", request.build_absolute_uri(day.path))
    event.add("status", "CANCELLED" if day.is_cancelled else "CONFIRMED")
    if is_whole_day:  # it tells of a day, and takes nobody's time
        event.add("transp", "TRANSPARENT")
    return event
