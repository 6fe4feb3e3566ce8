"""Invitations to meetings as iCalendar messages (RFC 5545, RFC 5546)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from django.utils.timezone import get_default_timezone_name, localtime, now
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from binglian.domain.accounts.models import User

from .models import Meeting

_DAY_BEFORE = timedelta(days=-1)
#: The time zone's rules before that day concern no meeting and only confuse calendars.
_NO_SUMMER_TIME_SINCE = date(2000, 1, 1)


class Method(Enum):
    """What the message does in the reader's calendar."""

    REQUEST = "REQUEST"  # enters the meeting, or changes it when SEQUENCE is higher
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"  # a file to keep, without asking for an answer


def invitation(meeting: Meeting, method: Method, *, site: str, sender: str, to: User | None) -> str:
    """The message's text; ``site`` is our address without a slash at its end.

    Each addressee is the only one named in theirs: nobody's address reaches other members.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Binglian//Meetings//ZH")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method.value)
    zone = Timezone.from_tzid(get_default_timezone_name(), first_date=_NO_SUMMER_TIME_SINCE)
    calendar.add_component(zone)
    calendar.add_component(_event(meeting, method, site, sender, to))
    return calendar.to_ical().decode()


def _event(meeting: Meeting, method: Method, site: str, sender: str, to: User | None) -> Event:
    host = site.split("://")[-1].split("/")[0] or "binglian"
    event = Event()
    event.add("UID", f"meeting-{meeting.pk}@{host}")
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTAMP", now())
    event.add("DTSTART", localtime(meeting.starts_at))
    event.add("DTEND", localtime(meeting.ends_at))
    event.add("SUMMARY", f"{meeting.alliance} · {meeting}")
    event.add("LOCATION", meeting.place)
    event.add("URL", site + meeting.path)
    event.add("DESCRIPTION", _description(meeting, site))
    event.add("STATUS", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{sender}")
    organiser.params["CN"] = vText(str(meeting.alliance))
    event["ORGANIZER"] = organiser
    if to is not None and to.email:
        invited = vCalAddress(f"mailto:{to.email}")
        invited.params["CN"] = vText(str(to))
        invited.params["ROLE"] = vText("REQ-PARTICIPANT")
        # The answer is given on our page, by the organisation.
        invited.params["RSVP"] = vText("FALSE")
        event.add("ATTENDEE", invited, encode=False)
    if method is not Method.CANCEL:
        event.add_component(_reminder(meeting))
    return event


def _description(meeting: Meeting, site: str) -> str:
    points = meeting.items.select_related("organisation")
    lines = [f"{number}. {item.announced}" for number, item in enumerate(points, 1)]
    if meeting.cancelled_because:
        lines = [_("取消原因：%(why)s") % {"why": meeting.cancelled_because}]
    return "\n".join([*lines, "", site + meeting.path])


def _reminder(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", _DAY_BEFORE)
    alarm.add("DESCRIPTION", str(meeting))
    return alarm
