"""The acts that can be reserved for the leads; each subject registers its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.words import BOTH


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what a decision changes: how it is now, and how it would be."""

    label: str
    before: str
    after: str


def _nothing_to_hold(_ids: list[int]) -> None:
    """For objects that never change once they exist."""


@dataclass(frozen=True, slots=True)
class ReservedAct:
    """How one kind of decision is shown, pinned to what was asked, and carried out."""

    code: str
    label: Any
    #: The name of the first object, to tell decisions of one kind apart.
    subject: Callable[[list[int]], str]
    #: What the leads are shown, in the present language.
    changes: Callable[[list[int]], list[Change]]
    #: A digest of the facts decided upon; when it changes, approvals lapse.
    digest: Callable[[list[int]], str]
    put_in_force: Callable[[list[int]], object]
    refuse: Callable[[list[int]], object]
    #: Where the objects can be looked at, as a path below the alliance.
    path: Callable[[list[int]], str]
    #: Locks the rows the digest reads, so that what is approved is what takes effect.
    hold: Callable[[list[int]], None] = _nothing_to_hold
    #: Whether the table cannot give it to one lead or release it.
    is_fixed: bool = False


_ACTS: dict[str, ReservedAct] = {}


def register(act: ReservedAct) -> None:
    """Make an act known; called once when the subject's app is ready."""
    _ACTS[act.code] = act


def reserved_act(code: str) -> ReservedAct:
    return _ACTS[code]


def reserved_acts() -> list[ReservedAct]:
    return sorted(_ACTS.values(), key=lambda act: act.code)


def leads_needed(alliance: Alliance, act: str) -> str:
    """Letters of the leads whose approval the act needs here today; empty when it needs none."""
    return BOTH if reserved_act(act).is_fixed else alliance.reserved_for(act)
