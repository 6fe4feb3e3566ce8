"""Which acts are open to a reader now, about what, with which form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext

from binglian.domain.alliance.models import Organisation
from binglian.domain.matters.diversions import Hint, hints_in
from binglian.domain.matters.models import (
    Addition,
    Assignment,
    Category,
    Contact,
    Extension,
    Matter,
    MatterEvent,
    Parking,
    Pause,
    Reply,
    Whistle,
    WhistleCall,
)
from binglian.domain.matters.queries import responsibility_for

from .acts import ACTS, Act
from .filters import with_pause
from .forms import MatterForm
from .reader import Reader

#: By the name of the relation.
RARE = {
    "additions": Addition,
    "extensions": Extension,
    "pauses": Pause,
    "parkings": Parking,
}


@dataclass(frozen=True)
class Step:
    """One button of one matter."""

    name: str
    act: Act
    matter: Matter
    about: Any

    @property
    def route(self) -> str:
        return f"matters:act_{self.name}"

    @property
    def key(self) -> str:
        """Names the form on the page, also where two parts allow the same act."""
        return f"{self.name}-{self.about.pk}"

    @property
    def proposed(self) -> Category | None:
        """What the matter is likely about: as the reporter said, or as the text reads."""
        return self.matter.category or self.matter.proposed_category

    @cached_property
    def proposed_lead(self) -> Organisation | None:
        """Who answers for that by the catalogue."""
        entry = responsibility_for(self.proposed, self.matter.area) if self.proposed else None
        return entry.organisation if entry else None

    @property
    def hints(self) -> list[Hint]:
        """The kinds that law sends elsewhere of which the text speaks."""
        return hints_in(self.matter.text)

    @property
    def for_whom(self) -> str:
        """For which organisation, where the act belongs to a part of the matter."""
        organisation = getattr(self.about, "organisation", None)
        return gettext("（%(who)s）") % {"who": organisation} if organisation else ""

    def form(self, sent: Any = None) -> MatterForm:
        return self.act.form(sent, matter=self.matter, about=self.about, auto_id=f"{self.key}_%s")


def with_parts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with all that :func:`steps_of` looks at, in as few queries as there are tables."""
    assignments = Assignment.objects.select_related("organisation", "objection__suggested")
    calls = Prefetch("calls", WhistleCall.objects.select_related("organisation"))
    whistles = Whistle.objects.select_related("organisation").prefetch_related(calls)
    has_contact = Contact.objects.filter(matter=OuterRef("pk"), erased_at=None)
    doubts = MatterEvent.objects.filter(matter=OuterRef("pk"), what="doubted")
    rows = with_pause(matters)
    rows = rows.annotate(is_reachable=Exists(has_contact), is_doubted=Exists(doubts))
    return rows.select_related("proposed_category", "need").prefetch_related(
        Prefetch("assignments", assignments),
        Prefetch("whistles", whistles),
        Prefetch("replies", Reply.objects.select_related("revisit")),
    )


def for_page(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with their parts, which know whether anything of what is ``RARE`` happened."""
    rare = {
        f"has_{rows}": Exists(model.objects.filter(matter=OuterRef("pk")))
        for rows, model in RARE.items()
    }
    return with_parts(matters).annotate(**rare).prefetch_related("exclusions")


def steps_of(reader: Reader, matter: Matter, *, awaited: bool = False) -> Iterator[Step]:
    """What the reader can do with the matter now, the most pressing first.

    With ``awaited`` only what waits for them; for this nothing more is read than
    :func:`with_parts` has loaded.
    """
    for name, act in ACTS.items():
        if (awaited and not act.waits) or not act.could_be_open_to(reader):
            continue
        for part in act.parts(matter):
            if act.is_now(part) and act.is_open_to(reader, part):
                yield Step(name, act, matter, part)
