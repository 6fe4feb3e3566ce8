"""Who is asking: which classes of documents they are asked for, and what of those they may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import CharField, QuerySet, Value

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment
from binglian.domain.matters.queries import has_to_do_with_matters
from binglian.domain.newsroom.queries import has_to_do_with_drafts

from .source import Letter
from .sources import SOURCES


@dataclass(frozen=True, slots=True)
class Stub:
    """A document without its words: all that is looked at before the reader is let near."""

    pk: int
    kind: str
    object_id: int
    alliance_id: int
    classes: str


class Reader(Protocol):
    """Somebody who searches; ``alliances`` are those searched, by key."""

    @property
    def alliances(self) -> dict[int, Alliance]: ...

    def classes(self) -> list[str]:
        """The class marks asked for, any of which will do."""

    def letter_for(self, classes: str, alliance: int) -> Letter | None:
        """As which of its classes the reader may ask for a document."""

    def rows(
        self, kind: str, letter: Letter, alliances: Sequence[Alliance], keys: Collection[int], /
    ) -> QuerySet[Any]:
        """Objects of the kind, of these keys, that the reader may read as one of that class."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """The public, in one alliance or in all of them."""

    alliances: dict[int, Alliance]
    is_everywhere: bool

    def classes(self) -> list[str]:
        mark = class_mark(Letter.PUBLIC)
        return [mark] if self.is_everywhere else [f"{mark}{pk}" for pk in self.alliances]

    def letter_for(self, classes: str, alliance: int) -> Letter | None:
        is_asked = Letter.PUBLIC.value in classes and alliance in self.alliances
        return Letter.PUBLIC if is_asked else None

    def rows(
        self, kind: str, _letter: Letter, alliances: Sequence[Alliance], keys: Collection[int]
    ) -> QuerySet[Any]:
        return SOURCES[kind].public_in(alliances).filter(pk__in=keys)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A signed-in person, in the alliances in which they hold a seat."""

    user: User
    alliances: dict[int, Alliance]
    letters: dict[int, set[Letter]]
    is_everywhere: bool

    def classes(self) -> list[str]:
        if self.is_everywhere:
            return [class_mark(letter) for letter in set().union(*self.letters.values())]
        return [
            f"{class_mark(letter)}{alliance}"
            for alliance, held in self.letters.items()
            for letter in held
        ]

    def letter_for(self, classes: str, alliance: int) -> Letter | None:
        held = self.letters.get(alliance, set())
        return next((one for one in _AT_DESK if one.value in classes and one in held), None)

    def rows(
        self, kind: str, letter: Letter, alliances: Sequence[Alliance], keys: Collection[int]
    ) -> QuerySet[Any]:
        if letter is Letter.TOLD:
            return SOURCES[kind].public_in(alliances).filter(pk__in=keys)
        return SOURCES[kind].readable[letter](self.user, keys)


#: In this order: the fullest text a person may read first.
_AT_DESK = (Letter.DESK, Letter.MATTERS, Letter.DRAFTS, Letter.TOLD)


def everybody(alliance: Alliance | None = None) -> Everybody:
    """The public, searching one alliance or all."""
    found = [alliance] if alliance else list(Alliance.objects.order_by("pk"))
    return Everybody({one.pk: one for one in found}, is_everywhere=alliance is None)


def at_desk(user: User, alliance: Alliance | None = None) -> AtDesk:
    """A person, searching one alliance or all of theirs; nothing where they have no seat."""
    letters: dict[int, set[Letter]] = defaultdict(set)
    if user.platform_roles:
        alliances = list(Alliance.objects.order_by("pk"))
        for one in alliances:
            letters[one.pk].update(*map(_letters_of, user.platform_roles))
    else:
        alliances = []
    is_everywhere = bool(user.platform_roles) and alliance is None
    for seat in Appointment.objects.current().filter(user=user).select_related("alliance"):
        letters[seat.alliance_id].update(_letters_of(Role(seat.role)))
        alliances.append(seat.alliance)
    searched = {one.pk: one for one in alliances if alliance is None or one == alliance}
    return AtDesk(user, searched, {pk: letters[pk] for pk in searched}, is_everywhere)


def _letters_of(role: Role) -> set[Letter]:
    found = {Letter.DESK, Letter.TOLD}
    if has_to_do_with_matters(role):
        found.add(Letter.MATTERS)
    if has_to_do_with_drafts(role):
        found.add(Letter.DRAFTS)
    return found


def class_mark(letter: Letter) -> str:
    """How the index marks documents of a class, everywhere; with an alliance's key, there."""
    return f"__{letter.value}"


def readable(reader: Reader, stubs: Iterable[Stub]) -> set[int]:
    """Keys of those documents whose objects the subject's own queries show the reader."""
    asked: dict[tuple[str, Letter], list[Stub]] = defaultdict(list)
    for stub in stubs:
        letter = reader.letter_for(stub.classes, stub.alliance_id)
        if letter:
            asked[stub.kind, letter].append(stub)
    if not asked:
        return set()
    questions = []
    for number, ((kind, letter), group) in enumerate(asked.items()):
        alliances = [reader.alliances[pk] for pk in {stub.alliance_id for stub in group}]
        keys = {stub.object_id for stub in group}
        rows = reader.rows(kind, letter, alliances, keys).prefetch_related(None).order_by()
        which = Value(str(number), output_field=CharField())
        questions.append(rows.values_list(which, "pk"))
    shown = set(questions[0].union(*questions[1:], all=True))
    return {
        stub.pk
        for number, group in enumerate(asked.values())
        for stub in group
        if (str(number), stub.object_id) in shown
    }
