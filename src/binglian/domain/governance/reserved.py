"""The acts that can be reserved for both leads; each subject registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReservedAct:
    """How one kind of decision is shown, pinned to what was asked, and carried out."""

    code: str
    label: Any
    #: The name of the first object, to tell decisions of one kind apart.
    subject: Callable[[list[int]], str]
    #: What the leads are shown: a few plain lines about the objects.
    summary: Callable[[list[int]], list[str]]
    #: A digest of the facts decided upon; when it changes, approvals lapse.
    digest: Callable[[list[int]], str]
    put_in_force: Callable[[list[int]], object]
    refuse: Callable[[list[int]], object]
    #: Where the objects can be looked at, as a path below the alliance.
    path: Callable[[list[int]], str]


_ACTS: dict[str, ReservedAct] = {}


def register(act: ReservedAct) -> None:
    """Make an act known; called once when the subject's app is ready."""
    _ACTS[act.code] = act


def reserved_act(code: str) -> ReservedAct:
    return _ACTS[code]


def reserved_acts() -> list[ReservedAct]:
    return sorted(_ACTS.values(), key=lambda act: act.code)
