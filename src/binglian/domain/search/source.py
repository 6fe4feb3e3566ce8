"""What a subject puts into the index, and who may read it; declared once for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import make_aware

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance


class Letter(Enum):
    """A class of readers. Each is asked for by its readers alone, one alliance at a time."""

    #: Everybody.
    PUBLIC = "p"
    #: Whoever has a seat in the alliance, or a role on the platform.
    DESK = "d"
    #: Whoever has to do with matters of the alliance.
    MATTERS = "m"
    #: Whoever writes or reviews its announcements.
    DRAFTS = "n"
    #: The public text of something whose own text has readers of its own (``MATTERS``): for those
    #: at the desk who are not among them.
    TOLD = "v"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of an object, with the classes that may read it."""

    classes: frozenset[Letter]
    title: str
    at: datetime
    text: str = ""
    title_en: str = ""


def entry(
    classes: Iterable[Letter],
    title: str,
    at: datetime | date | None,
    *parts: str,
    title_en: str = "",
) -> Entry:
    """An entry whose text is made of these lines; a day is its first instant."""
    if at is None:
        at = date.min
    if not isinstance(at, datetime):
        at = make_aware(datetime.combine(max(at, date(1900, 1, 1)), time()))
    text = "\n".join(part for part in parts if part)
    return Entry(frozenset(classes), title, at, text, title_en)


#: Rows a person may read, of these keys; rows everybody may read, in these alliances.
OfPerson = Callable[[User, Collection[int]], QuerySet[Any]]
OfPublic = Callable[[Sequence[Alliance]], QuerySet[Any]]


def some_of(visible_to: Callable[[User], QuerySet[Any]]) -> OfPerson:
    """Of what a subject shows a person, that of these keys."""
    return lambda user, keys: visible_to(user).filter(pk__in=keys)


#: Keys of the objects that say something else when this row changes.
Watched = Callable[[Any], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing.

    ``rows`` gives all there are, with what ``entries`` reads; ``entries`` may give several texts of
    one object for several classes, and joins those that say the same. ``readable`` is the last word
    on who may read: for each class, the subject's own query.
    """

    kind: str
    #: What several of them are called.
    label: Any
    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    entries: Callable[[Any], Iterable[Entry]]
    readable: Mapping[Letter, OfPerson]
    #: None: nothing of it is public.
    public: OfPublic | None
    #: By which field the rows come in the order of time.
    order: str
    alliance_of: Callable[[Any], int] = lambda row: int(row.alliance_id)
    page_of: Callable[[Any], int] = lambda row: int(row.pk)
    #: Pages below /a/<slug>/ and /p/<slug>/.
    desk_page: str = ""
    public_page: str = ""
    watches: Mapping[type[Model], Watched] = field(default_factory=dict)

    def public_in(self, alliances: Sequence[Alliance]) -> QuerySet[Any]:
        """What everybody may read of it in these alliances."""
        return self.public(alliances) if self.public else self.model._default_manager.none()

    def texts_of(self, row: Any) -> list[Entry]:
        """Its entries; classes that read the same words share one."""
        joined: dict[tuple[Any, ...], Entry] = {}
        for one in self.entries(row):
            words = (one.title, one.title_en, one.text, one.at)
            known = joined.get(words)
            classes = one.classes | (known.classes if known else frozenset())
            joined[words] = Entry(classes, one.title, one.at, one.text, one.title_en)
        return list(joined.values())
