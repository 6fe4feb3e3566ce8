"""What is unfinished and belongs on the next agenda; each subject above registers its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One thing to speak of; ``origin`` names it for ever, e.g. "commitment:12"."""

    origin: str
    title_zh: str
    title_en: str
    organisation: Organisation | None
    url: str


@dataclass(frozen=True, slots=True)
class AgendaSource:
    """Where unfinished things come from."""

    code: str
    label: Any
    #: The most pressing first.
    items: Callable[[Alliance], Iterable[Unfinished]]
    #: The page that lists them all, below the alliance; a long list is cut to a link to it.
    path: str


#: Points that come from the meeting itself.
TOPICS, BY_HAND = "topics", "hand"
_OWN = {TOPICS: _("成员议题"), BY_HAND: _("会议安排")}

_SOURCES: dict[str, AgendaSource] = {}


def register(source: AgendaSource) -> None:
    """Make a source known; called once when the subject's app is ready."""
    _SOURCES[source.code] = source


def agenda_sources() -> list[AgendaSource]:
    """Every source in the order in which they were registered, from the ground up."""
    return list(_SOURCES.values())


def source_label(code: str) -> Any:
    """The plain words for a source; its code when nobody registers it any more."""
    source = _SOURCES.get(code)
    return source.label if source else _OWN.get(code, code)
