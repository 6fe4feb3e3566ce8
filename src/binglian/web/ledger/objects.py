"""Where the things that the ledger tells of can be seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from binglian.domain.accounts.models import User
from binglian.domain.alliance.queries import organisations_visible_to
from binglian.domain.coupling.queries import (
    commitments_visible_to,
    needs_visible_to,
    offers_visible_to,
    runs_visible_to,
)
from binglian.domain.governance.queries import decisions_visible_to
from binglian.domain.governance.queries.agreements import agreements_visible_to
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.projects.queries import projects_visible_to


@dataclass(frozen=True)
class Shown:
    """A kind of thing with a page of its own at ``/a/<slug>/…/<pk>/``."""

    visible_to: Callable[[User], QuerySet[Any]]
    route: str
    #: Whether everybody who sees the thing may also read and take away its records: true of what
    #: binds the whole alliance. The rest of the ledger is for those who hold VIEW_LEDGER.
    is_open: bool = False


SHOWN = {
    "alliance.organisation": Shown(organisations_visible_to, "alliance:organisation"),
    "coupling.commitment": Shown(commitments_visible_to, "coupling:commitment"),
    "coupling.couplingrun": Shown(runs_visible_to, "coupling:run"),
    "coupling.need": Shown(needs_visible_to, "coupling:need"),
    "coupling.offer": Shown(offers_visible_to, "coupling:offer"),
    "governance.agreement": Shown(agreements_visible_to, "governance:agreement", is_open=True),
    "governance.decision": Shown(decisions_visible_to, "governance:decision", is_open=True),
    "projects.project": Shown(projects_visible_to, "projects:project"),
}


def links(user: User, slug: str, entries: Iterable[LedgerEntry]) -> dict[int, str]:
    """The page of each entry's object, by the entry's pk; one query for each kind of thing."""
    entries = [entry for entry in entries if entry.object_type in SHOWN]
    found: dict[int, str] = {}
    for kind in {entry.object_type for entry in entries}:
        told = [entry for entry in entries if entry.object_type == kind]
        pks = {int(entry.object_id) for entry in told if entry.object_id.isdecimal()}
        seen = set(SHOWN[kind].visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
        route = SHOWN[kind].route
        found |= {
            entry.pk: reverse(route, args=[slug, entry.object_id])
            for entry in told
            if entry.object_id.isdecimal() and int(entry.object_id) in seen
        }
    return found


def is_open_to(user: User, entry: LedgerEntry) -> bool:
    """Whether somebody without VIEW_LEDGER may read this row, since they see what it is about."""
    kind = SHOWN.get(entry.object_type)
    if kind is None or not kind.is_open or not entry.object_id.isdecimal():
        return False
    return kind.visible_to(user).filter(pk=int(entry.object_id)).exists()
