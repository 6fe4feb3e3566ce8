"""What else of the same alliance speaks of the same things; never anything from outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import public_matters
from binglian.domain.newsroom.likeness import alike, words_of
from binglian.domain.newsroom.markdown import plain_text_of
from binglian.domain.newsroom.models import Announcement, AnnouncementVersion
from binglian.domain.projects.models import Project
from binglian.domain.projects.queries import public_projects

from .visibility import standing_announcements

#: Looked at: the newest of each kind.
_ANNOUNCEMENTS, _PROJECTS, _MATTERS = 100, 50, 200
#: Of one kind at most, so that many small matters do not crowd out the one project.
_OF_A_KIND = 3


@dataclass(frozen=True, slots=True)
class Related:
    """A public thing of the alliance, and the words that both use."""

    thing: Announcement | Project | Matter
    words: tuple[str, ...]


def related_to(announcement: Announcement, *, most: int = 5) -> list[Related]:
    """What is public and speaks of the same things, the most alike first."""
    if announcement.shown is None:
        return []
    alliance = announcement.alliance
    others = standing_announcements(alliance).exclude(pk=announcement.pk)
    things: list[Announcement | Project | Matter] = [
        *others[:_ANNOUNCEMENTS],
        *public_projects().filter(alliance=alliance).order_by("-pk")[:_PROJECTS],
        *public_matters(alliance).order_by("-pk")[:_MATTERS],
    ]
    names = words_of(alliance.name, "")  # everything here is about the alliance
    ours = _without(_words_of_version(announcement.shown), names)
    theirs = [_without(_words(thing), names) for thing in things]
    of_a_kind: Counter[type] = Counter()
    found = []
    for one in alike(ours, theirs):
        thing = things[one.place]
        of_a_kind[type(thing)] += 1
        if of_a_kind[type(thing)] <= _OF_A_KIND:
            found.append(Related(thing, one.words))
    return found[:most]


def _words(thing: Announcement | Project | Matter) -> Counter[str]:
    if isinstance(thing, Announcement):
        return _words_of_version(thing.shown) if thing.shown else Counter()
    if isinstance(thing, Project):
        return words_of(thing.title_zh, thing.description)
    return words_of(str(thing.category or ""), thing.public_text)


def _words_of_version(version: AnnouncementVersion) -> Counter[str]:
    return words_of(version.title, f"{version.summary}\n{plain_text_of(version.body)}")


def _without(words: Counter[str], names: Counter[str]) -> Counter[str]:
    return Counter({word: n for word, n in words.items() if word not in names})
