"""One arrival of something that may arrive again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from .sealing import digest_of


@dataclass(slots=True)
class Attempt:
    """Who sends it, under which key, and what it says; ``number`` tells two arrivals apart."""

    asker: str  # «client:7», «user:3», «anybody»
    key: str = field(repr=False)
    content: str = field(repr=False)
    number: str = field(default_factory=lambda: secrets.token_hex(8))
    #: Whether an act of this request has written the key down.
    is_claimed: bool = False

    @property
    def is_programs(self) -> bool:
        return self.asker.startswith("client:")

    @property
    def asked(self) -> str:
        """What the key is found by; the key itself is not kept."""
        return digest_of(self.asker, self.key)

    @property
    def request(self) -> str:
        """What tells a repeated request from a changed one."""
        return digest_of(self.content)


class DoneBefore(Exception):
    """Another arrival of the same thing has been acted upon; this one changes nothing."""


_current: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


def current_attempt() -> Attempt | None:
    """The arrival that is being answered now, if it came with a key."""
    return _current.get()


def begin(attempt: Attempt) -> None:
    """From here on things are done for this arrival, until ``attempting`` is left."""
    _current.set(attempt)


@contextmanager
def attempting(attempt: Attempt | None) -> Iterator[None]:
    """Whatever is done meanwhile is done for this arrival."""
    token = _current.set(attempt)
    try:
        yield
    finally:
        _current.reset(token)
