"""What stands beside an announcement: related things with the reason, and what is read much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.queries import Related, related_to
from binglian.domain.projects.models import Project

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Beside:
    """One link: what it is, its title, and the words that both use."""

    kind: StrPromise
    title: str
    url: str
    words: tuple[str, ...]


def related_links(announcement: Announcement) -> list[Beside]:
    return [_link(announcement.alliance.slug, one) for one in related_to(announcement)]


def _link(slug: str, one: Related) -> Beside:
    thing = one.thing
    if isinstance(thing, Announcement):
        title = thing.shown.in_language("title") if thing.shown else ""
        return Beside(_("公告"), title, thing.path, one.words)
    if isinstance(thing, Project):
        url = reverse("projects:public", args=[slug, thing.pk])
        return Beside(_("项目"), thing.title, url, one.words)
    url = reverse("public_matters:matter", args=[slug, thing.pk])
    return Beside(_("诉求"), f"{thing.category or ''} {thing.number}".strip(), url, one.words)
