"""Open days as an iCalendar file (RFC 5545), in the time of the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django.utils.timezone import get_default_timezone_name, localtime, now
from icalendar import Calendar, Event, Timezone

from .models import OpenDay

#: The time zone's rules before that day concern no open day and only confuse calendars.
_NO_SUMMER_TIME_SINCE = date(2000, 1, 1)


def calendar_of(name: str, days: Iterable[OpenDay], *, site: str) -> str:
    """The file's text; ``site`` is our address without a slash at its end."""
    book = Calendar()
    book.add("prodid", "-//Binglian//Open days//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("name", name)
    book.add("x-wr-calname", name)
    zone = get_default_timezone_name()
    book.add_component(Timezone.from_tzid(zone, first_date=_NO_SUMMER_TIME_SINCE))
    for day in days:
        book.add_component(_event(day, site))
    return book.to_ical().decode()


def _event(day: OpenDay, site: str) -> Event:
    event = Event()
    event.add("uid", f"open-day-{day.pk}@{urlsplit(site).hostname or 'binglian'}")
    event.add("sequence", day.edition)
    event.add("dtstamp", now())
    event.add("last-modified", day.changed_at)
    event.add("dtstart", localtime(day.starts_at))
    event.add("dtend", localtime(day.ends_at))
    event.add("summary", f"{day.project} · {day}")
    event.add("location", day.meet_at)
    event.add("url", f"{site}/p/{day.alliance.slug}/open-days/{day.pk}/")
    is_off = day.state == OpenDay.State.CANCELLED
    event.add("description", day.reason if is_off else day.told)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
