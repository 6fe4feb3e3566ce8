"""What a subject wants done with a job of its own that a dead worker left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Resumption:
    """Called with the arguments of the job, inside the transaction that takes it back."""

    #: Puts right what was begun, before the job is done again.
    again: Callable[..., Any]
    #: Says where people look that it will not be done.
    give_up: Callable[..., Any]


_known: dict[str, Resumption] = {}


def when_interrupted(
    task_path: str, *, again: Callable[..., Any], give_up: Callable[..., Any]
) -> None:
    """Have this done; a job for which nothing was asked is simply done again.

    The job is named, not imported: not every process needs the engines it loads.
    """
    _known[task_path] = Resumption(again, give_up)


def known_jobs() -> list[str]:
    return list(_known)


def resumption_of(task_path: str) -> Resumption | None:
    return _known.get(task_path)
