"""Promises made in an agreement or at a meeting; the subject above that keeps them registers here.

A clause and a resolution end in one list of commitments, beside what coupling proposes. Governance
stands below that list, so it speaks to whoever keeps it through this door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.refusals import refuse_unless


@dataclass(frozen=True, slots=True)
class Promise:
    """What one organisation promises another; ``origin`` says where, e.g. "resolution:7"."""

    alliance: Alliance
    giver: Organisation
    #: Judges whether it was kept; never the giver itself.
    receiver: Organisation
    title_zh: str
    title_en: str
    #: How one will know that it was kept, e.g. 全年不少于 4 场; may be empty.
    target: str
    due_on: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class PromiseState:
    """How a promise stands; ``state`` is one of accepted, delivered, judged and explained."""

    state: str
    label: Any
    due_on: date | None
    overdue: bool
    explanation: str
    url: str

    @property
    def is_open(self) -> bool:
        return self.state in ("accepted", "delivered")


@dataclass(frozen=True, slots=True)
class PromiseBook:
    """Whoever keeps promises: makes one, says how some stand, ends those no longer owed."""

    make: Callable[[Promise, User], object]
    states: Callable[[Alliance, list[str]], dict[str, PromiseState]]
    release: Callable[[Alliance, list[str], str, User | None], object]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a promise was made, for the reader of its page."""

    label: str
    url: str


#: Finds the source from what follows the colon of an origin.
SourceFinder = Callable[[Alliance, str], Source | None]

_book: list[PromiseBook] = []
_finders: dict[str, SourceFinder] = {}


def register(book: PromiseBook) -> None:
    """Make the keeper of promises known; called once when its app is ready."""
    _book[:] = [book]


def register_source(kind: str, find: SourceFinder) -> None:
    """Say where origins that begin with ``kind:`` are explained."""
    _finders[kind] = find


def promise(made: Promise, by: User) -> None:
    """Put a promise on the list of commitments; the same origin twice is one promise.

    The caller has asked the permission and stands in its transaction.

    Raises
    ------
    ActionRefused
        Nobody but the giver would judge it.
    """
    refuse_unless(
        made.giver != made.receiver,
        _("“%(who)s”不能向自己承诺，请另选评价单位。") % {"who": made.giver},
    )
    _book[0].make(made, by)


def state_of(alliance: Alliance, origins: Iterable[str]) -> dict[str, PromiseState]:
    """How the promises of these origins stand; origins nobody promised are left out."""
    return _book[0].states(alliance, list(origins))


def release(alliance: Alliance, origins: Iterable[str], why: str, by: User | None) -> None:
    """End what of these is still owed, with the reason, e.g. at the end of a notice period."""
    _book[0].release(alliance, list(origins), why, by)


def source_of(alliance: Alliance, origin: str) -> Source | None:
    """Where the promise was made; ``None`` when nobody knows any more."""
    kind, _colon, rest = origin.partition(":")
    find = _finders.get(kind)
    return find(alliance, rest) if find else None
