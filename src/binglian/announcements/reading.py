"""From a saved page, or a pasted text, to what is proposed of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .facts.counting import member_count
from .facts.named import alliances_in, days_in, places_in, projects_in, teams_in
from .facts.organisations import Organisation, organisations_in
from .facts.persons import redacted
from .page import read_page

MOST_CHARS = 20_000  # of a text; what is longer is no announcement


class TooLong(ValueError):
    """The text is longer than ``MOST_CHARS``."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an announcement says. Names of persons are in none of its fields."""

    title: str
    published: date | None
    body: str
    captions: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    member_count: int | None
    projects: tuple[str, ...]
    teams: tuple[str, ...]
    places: tuple[str, ...]
    alliances: tuple[str, ...]
    alliance: str  # the one it is about
    days: tuple[date, ...]

    def as_record(self) -> dict[str, Any]:
        """``as_json`` with what only our own pages show."""
        days = [day.isoformat() for day in self.days]
        return self.as_json() | {"alliance": self.alliance, "days": days}

    @property
    def members_named(self) -> int:
        """How many organisations it names as leads or members."""
        return sum(bool({"lead", "signatory"} & {*one.roles}) for one in self.organisations)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "published": self.published.isoformat() if self.published else None,
            "body": self.body,
            "captions": list(self.captions),
            "organisations": [
                {
                    "name": one.name,
                    "aliases": list(one.aliases),
                    "kind": one.kind,
                    "roles": list(one.roles),
                }
                for one in self.organisations
            ],
            "member_count": self.member_count,
            "projects": list(self.projects),
            "teams": list(self.teams),
            "places": list(self.places),
            "alliances": list(self.alliances),
        }


def read_announcement(content: bytes | str) -> Announcement:
    """Read a saved page (HTML) or a text.

    Raises
    ------
    UnreadableFile
        The bytes are no text.
    TooLong
        The text is longer than any announcement.
    """
    page = read_page(content)
    if len(page.body) + sum(map(len, page.captions)) > MOST_CHARS:
        raise TooLong
    title, *lines = redacted([page.title, *page.paragraphs, *page.captions])
    paragraphs = lines[: len(page.paragraphs)]
    body = "\n".join(paragraphs)
    text = f"{title}\n{body}"
    own, others = alliances_in(text, title)
    return Announcement(
        title=title,
        published=page.published,
        body=body,
        captions=tuple(lines[len(page.paragraphs) :]),
        organisations=tuple(organisations_in(paragraphs)),
        member_count=member_count(text),
        projects=tuple(projects_in(body)),
        teams=tuple(teams_in(text)),
        places=tuple(places_in(body)),
        alliances=tuple(others),
        alliance=own,
        days=tuple(days_in(body, page.published)),
    )


def from_json(kept: Mapping[str, Any]) -> Announcement:
    """What ``as_record`` gave."""
    published = kept["published"]
    return Announcement(
        title=kept["title"],
        published=date.fromisoformat(published) if published else None,
        body=kept["body"],
        captions=tuple(kept["captions"]),
        organisations=tuple(
            Organisation(one["name"], tuple(one["aliases"]), one["kind"], tuple(one["roles"]))
            for one in kept["organisations"]
        ),
        member_count=kept["member_count"],
        projects=tuple(kept["projects"]),
        teams=tuple(kept["teams"]),
        places=tuple(kept["places"]),
        alliances=tuple(kept["alliances"]),
        alliance=kept["alliance"],
        days=tuple(date.fromisoformat(day) for day in kept["days"]),
    )
