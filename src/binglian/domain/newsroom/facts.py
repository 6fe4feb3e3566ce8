"""What somebody writes, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import CharField, TextField

from binglian.domain.alliance.models import Organisation

from .models import AnnouncementVersion, NewsPicture


@dataclass(frozen=True, slots=True)
class IllustrationFacts:
    """A picture and what is said of it: a new file (``content``) or one already kept."""

    alternative: str
    caption: str = ""
    credit: Organisation | None = None
    picture: NewsPicture | None = None
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of an announcement; ``body`` in Markdown as :mod:`.markdown` reads it."""

    title: str
    summary: str
    body: str
    title_en: str = ""
    summary_en: str = ""
    body_en: str = ""
    source: str = ""
    source_url: str = ""
    is_statement: bool = False
    illustrations: tuple[IllustrationFacts, ...] = ()


#: The fields of a version that are a draft's as they stand, by name.
TEXTS = {
    field.name: field
    for field in AnnouncementVersion._meta.fields
    if field.name in Draft.__annotations__ and isinstance(field, CharField | TextField)
}
