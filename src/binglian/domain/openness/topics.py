"""What one can follow without an account, and where the news of it comes from.

A topic is public or it is not there. Each subject says once what it knows of which topics
(:func:`add_source`); those above this one in the line call downward for it. Mail, Atom feeds and
calendars all read :func:`entries_of` and :func:`days_of`, so they never tell different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.queries import categories_of, public_matters
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects
from binglian.domain.together import Reader, read_together

#: Entries of a feed, and of one letter.
MOST_ENTRIES = 50
#: Days of one kind of row that are told, those nearest to today.
MOST_DAYS = 100
#: Days still told after they are over, so that nothing vanishes the day it falls due.
KEPT_DAYS = 30


class Kind(models.TextChoices):
    """What a topic is about."""

    ALLIANCE = "alliance", gettext_lazy("联盟的全部动态")
    NEWS = "news", gettext_lazy("公告")
    NEEDS = "needs", gettext_lazy("需求")
    PROJECT = "project", gettext_lazy("项目")
    CATEGORY = "category", gettext_lazy("一类诉求")
    MATTER = "matter", gettext_lazy("一件诉求")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to follow; ``about`` is the project, category or matter, if it is one."""

    alliance: Alliance
    kind: Kind
    about: Project | Category | Matter | None = None

    @property
    def key(self) -> str:
        """How addresses and rows name it, e.g. ``news`` or ``project-3``."""
        return f"{self.kind.value}-{self.about.pk}" if self.about else self.kind.value

    def __str__(self) -> str:
        if self.kind is Kind.MATTER:
            return _("诉求 %(number)s") % {"number": self.about}
        return str(self.about or self.kind.label)

    @property
    def path(self) -> str:
        """The page that shows it."""
        here = f"/p/{self.alliance.slug}/"
        return (
            here
            + {
                Kind.ALLIANCE: "",
                Kind.NEWS: "news/",
                Kind.NEEDS: "needs/",
                Kind.PROJECT: f"projects/{self.pk}/supervise/",
                Kind.CATEGORY: f"matters/?category={self.pk}",
                Kind.MATTER: f"matters/{self.pk}/",
            }[self.kind]
        )

    @property
    def pk(self) -> int:
        """The row's key; 0 where it is about none."""
        return self.about.pk if self.about else 0

    def is_about(self, row: Any) -> bool:
        """Whether it is this very row, or the whole alliance."""
        return self.kind is Kind.ALLIANCE or self.about == row


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has happened; ``key`` is its own for ever."""

    key: str
    at: datetime
    title: str
    path: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """Something that lies ahead: a whole day, or from one time until another."""

    key: str
    starts: date | datetime
    title: str
    path: str
    ends: datetime | None = None
    where: str = ""
    #: How often it was changed (RFC 5545, SEQUENCE).
    edition: int = 0
    is_cancelled: bool = False

    @property
    def day(self) -> date:
        """The day it falls on, here."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts


Entries = Callable[[Topic, datetime | None], Iterable[Entry]]
Days = Callable[[Topic, date], Reader[list[Day]]]
_ENTRIES: list[Entries] = []
_DAYS: list[Days] = []


def add_source(*, entries: Entries | None = None, days: Days | None = None) -> None:
    """Called once when a subject's app is ready.

    ``entries(topic, since)`` gives what happened later than ``since`` (all where there is none),
    ``days(topic, since)`` reads what lies on that day or later; nothing for topics it does not
    know.
    """
    if entries:
        _ENTRIES.append(entries)
    if days:
        _DAYS.append(days)


def entries_of(topic: Topic, since: datetime | None = None) -> list[Entry]:
    """What has happened, the newest first, at most ``MOST_ENTRIES``."""
    found = [one for source in _ENTRIES for one in source(topic, since)]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)[:MOST_ENTRIES]


def days_of(topic: Topic, since: date | None = None) -> list[Day]:
    """What lies ahead from ``since`` on, in order; without it, the last ``KEPT_DAYS`` as well."""
    since = since or today() - timedelta(days=KEPT_DAYS)
    sources = read_together(*(source(topic, since) for source in _DAYS))
    found = [one for days in sources for one in days]
    return sorted(found, key=lambda one: (one.day, one.key))


def nearest(
    rows: models.QuerySet[Any], field: str, since: date
) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Rows by the day in ``field``, from ``since`` on: the next ones, and the last ones over."""
    ahead = rows.filter(**{f"{field}__gte": max(since, today())}).order_by(field, "pk")
    over = rows.filter(**{f"{field}__gte": since, f"{field}__lt": today()})
    over = over if since < today() else over.none()
    return ahead[:MOST_DAYS], over.order_by(f"-{field}", "-pk")[:MOST_DAYS]


def topic_of(alliance: Alliance, key: str) -> Topic | None:
    """The public topic of this key."""
    word, _dash, number = key.partition("-")
    if word not in Kind.values:
        return None
    kind = Kind(word)
    if kind not in _ROWS:
        return None if number else Topic(alliance, kind)
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    about = _ROWS[kind](alliance).filter(pk=pk).first()
    return Topic(alliance, kind, about) if about else None


def topics_of(alliance: Alliance) -> list[Topic]:
    """Those to choose from; a single matter is followed from its own page."""
    whole = [Topic(alliance, kind) for kind in (Kind.ALLIANCE, Kind.NEWS, Kind.NEEDS)]
    parts = [
        Topic(alliance, kind, row)
        for kind in (Kind.PROJECT, Kind.CATEGORY)
        for row in _ROWS[kind](alliance)
    ]
    return whole + parts


def _projects(alliance: Alliance) -> models.QuerySet[Any]:
    return public_projects().filter(alliance=alliance)


def _categories(alliance: Alliance) -> models.QuerySet[Any]:
    return categories_of(alliance).filter(is_public=True)


_ROWS: dict[Kind, Callable[[Alliance], models.QuerySet[Any]]] = {
    Kind.PROJECT: _projects,
    Kind.CATEGORY: _categories,
    Kind.MATTER: public_matters,
}
