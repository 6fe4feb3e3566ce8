"""Everything figures are counted from, as the record of one alliance stood at an instant.

Two times are kept apart: a figure's *period* asks when something happened (delivered on, answered
at, finished on), ``as_of`` asks whether it was known by then (reported at, judged at). What a later
act has overwritten on a row is read from the ledger, so a figure for a past date stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.words import Word
from binglian.domain.indicators.periods import Period
from binglian.domain.together import Reader, asked_together, made_of

from .books import SiteBooks, books_at
from .commitments import Promised, claimed_first, commitments_of
from .findings import FoundOnSite, findings_at
from .joint_matters import HandledTogether, joint_matters_at
from .matters import Topic, matters_at
from .members import Member, Register, Roll, members_of, register_of, roll_of
from .projects import Step, Undertaking, projects_at
from .publications import Publishable, publications_of
from .rewinding import Later

__all__ = [
    "FoundOnSite",
    "HandledTogether",
    "Later",
    "Member",
    "Promised",
    "Publishable",
    "Records",
    "Register",
    "SiteBooks",
    "Step",
    "Topic",
    "Undertaking",
    "claimed_first",
]


class Records:
    """What the figures of one alliance are counted from.

    Each kind is read when it is asked for, once and in one statement; several at once by
    :meth:`prepare`.
    """

    def __init__(self, alliance: Alliance, as_of: datetime) -> None:
        self.alliance, self.as_of = alliance, as_of

    def prepare(self, *kinds: str) -> Records:
        """Read several kinds in one statement, those that are not read yet."""
        missing = [kind for kind in kinds if kind not in self.__dict__]
        readers = [self._reader(kind) for kind in missing]
        wanted = [next(reader) for reader in readers]
        rows = iter(asked_together(*(one for lists in wanted for one in lists)))
        for kind, reader, lists in zip(missing, readers, wanted, strict=True):
            self.__dict__[kind] = made_of(reader, [next(rows) for _list in lists])
        return self

    def _reader(self, kind: str) -> Reader[Any]:
        then = self.alliance, self.as_of
        if kind == "projects":
            return projects_at(*then, lambda: self.roll.bodies)
        return _READERS[kind](*then)

    @property
    def on(self) -> date:
        """The day of the instant."""
        return localdate(self.as_of)

    @cached_property
    def roll(self) -> Roll:
        return self.prepare("roll").roll

    @cached_property
    def members(self) -> list[Member]:
        return members_of(self.roll)

    @cached_property
    def register(self) -> Register:
        return register_of(self.roll)

    @cached_property
    def commitments(self) -> list[Promised]:
        return self.prepare("commitments").commitments

    @cached_property
    def topics(self) -> list[Topic]:
        return self.prepare("topics").topics

    @cached_property
    def joint_matters(self) -> list[HandledTogether]:
        return self.prepare("joint_matters").joint_matters

    @cached_property
    def projects(self) -> list[Undertaking]:
        return self.prepare("roll", "projects").projects

    @cached_property
    def findings(self) -> list[FoundOnSite]:
        return self.prepare("findings").findings

    @cached_property
    def books(self) -> SiteBooks:
        return self.prepare("books").books

    @cached_property
    def publications(self) -> list[Publishable]:
        return self.prepare("publications").publications

    @property
    def categories(self) -> list[str]:
        """Codes of the member categories the alliance had."""
        return self.roll.categories

    @cached_property
    def doers(self) -> dict[int, str]:
        """The names of those who do the tasks of the projects."""
        doers = {step.doer_id for project in self.projects for step in project.steps}
        return dict(Organisation.objects.filter(pk__in=doers).values_list("pk", "name"))

    def fulfilled(self, period: Period) -> list[tuple[Promised, date]]:
        """Commitments fulfilled in a period, as the other side has confirmed, with their day."""
        days = ((one, one.fulfilled_on) for one in self.commitments)
        return [(one, day) for one, day in days if day and day in period]

    def category_of(self, organisation_id: int, day: date) -> str:
        """The category of a member on a day; of one that had left, the last; "" of others."""
        own = [one for one in self.members if one.organisation.pk == organisation_id]
        there = [one for one in own if one.belongs_on(day)]
        return (there or own)[-1].category if own else ""

    def category_words(self) -> dict[str, Word]:
        return {word.code: word for word in self.alliance.category_words()}


_READERS: dict[str, Callable[[Alliance, datetime], Reader[Any]]] = {
    "roll": roll_of,
    "commitments": commitments_of,
    "topics": matters_at,
    "joint_matters": joint_matters_at,
    "findings": findings_at,
    "books": books_at,
    "publications": publications_of,
}
