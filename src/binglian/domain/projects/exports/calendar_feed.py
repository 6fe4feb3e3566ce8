"""Plans as an iCalendar feed (RFC 5545): one all-day event for each task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.projects.models import PlannedTask

_SALT = "binglian.projects.feed"
_LONGEST = 75  # octets of a line, the break not included


def feed_token(user: User, alliance: Alliance) -> str:
    """What stands in the address of a person's feed; a new password makes it worthless."""
    return signing.dumps([user.pk, alliance.pk, _mark(user)], salt=_SALT)


def reader_of(token: str) -> tuple[User, Alliance] | None:
    """Whose feed it is, and of which alliance; ``None`` for a token that is not ours any more."""
    try:
        user_id, alliance_id, mark = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    alliance = Alliance.objects.filter(pk=alliance_id).first()
    if user is None or alliance is None or mark != _mark(user):
        return None
    return user, alliance


def calendar_of(name: str, rows: Iterable[PlannedTask], *, site: str, now: datetime) -> str:
    """The feed's text. ``site`` is the address of the platform, without a slash at its end."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Binglian//Plans//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for row in rows for line in _event(row, site, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(row: PlannedTask, site: str, now: datetime) -> list[str]:
    task = row.task
    project = task.project
    # A milestone is an event of the day it falls on; the end of an all-day event is not in it.
    first = row.finishes_on if row.is_milestone else row.starts_on
    told = [str(project), str(task.doer), task.get_state_display(), row.reason]
    host = site.split("://")[-1].split("/")[0] or "binglian"
    return [
        "BEGIN:VEVENT",
        f"UID:task-{task.pk}@{host}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(first)}",
        f"DTEND;VALUE=DATE:{_day(row.finishes_on + timedelta(days=1))}",
        f"SUMMARY:{_escaped(_('%(task)s（%(project)s）') % {'task': task, 'project': project})}",
        f"DESCRIPTION:{_escaped(chr(10).join(line for line in told if line))}",
        f"URL:{site}/a/{project.alliance.slug}/projects/{project.pk}/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, cut between characters."""
    piece, size, room = "", 0, _LONGEST
    for character in line:
        octets = len(character.encode())
        if size + octets > room:
            yield piece
            piece, size, room = " ", 1, _LONGEST
        piece += character
        size += octets
    yield piece


def _mark(user: User) -> str:
    return salted_hmac(_SALT, user.password).hexdigest()[:16]
