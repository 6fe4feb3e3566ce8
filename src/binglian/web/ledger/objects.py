"""Where the things that the ledger tells of can be seen."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse

from binglian.domain.accounts.models import User
from binglian.domain.alliance.queries import organisations_visible_to
from binglian.domain.coupling.queries import (
    commitments_visible_to,
    needs_visible_to,
    offers_visible_to,
    runs_visible_to,
)
from binglian.domain.governance.queries import (
    decisions_visible_to,
    evaluations_visible_to,
    meetings_visible_to,
    resolutions_visible_to,
)
from binglian.domain.governance.queries.agreements import (
    agreements_visible_to,
    signatures_visible_to,
    versions_visible_to,
)
from binglian.domain.heritage.queries import places_visible_to
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.newsroom.queries import announcements_visible_to
from binglian.domain.projects.queries import projects_visible_to


@dataclass(frozen=True)
class Shown:
    """A kind of thing, who sees it, and its page: a route of slug and pk, or what ``page`` says."""

    visible_to: Callable[[User], QuerySet[Any]]
    route: str = ""
    page: Callable[[Any], str] | None = None
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
    "governance.agreementversion": Shown(
        versions_visible_to, page=lambda version: version.path, is_open=True
    ),
    "governance.signature": Shown(
        signatures_visible_to, page=lambda signature: signature.version.path, is_open=True
    ),
    "governance.decision": Shown(decisions_visible_to, "governance:decision", is_open=True),
    "governance.evaluation": Shown(evaluations_visible_to, "governance:evaluation", is_open=True),
    "governance.meeting": Shown(meetings_visible_to, "governance:meeting", is_open=True),
    "governance.resolution": Shown(
        resolutions_visible_to, page=lambda resolution: resolution.meeting.path, is_open=True
    ),
    "newsroom.announcement": Shown(announcements_visible_to, "newsroom:announcement"),
    "heritage.place": Shown(places_visible_to, "places:place"),
    "projects.project": Shown(projects_visible_to, "projects:project"),
}


def links(user: User, slug: str, entries: Iterable[LedgerEntry]) -> dict[int, str]:
    """The page of each entry's object, by the entry's pk, where the reader may see it."""
    told = [entry for entry in entries if entry.object_type in SHOWN]
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in told:
        if entry.object_id.isdecimal():
            ids[entry.object_type].add(int(entry.object_id))
    pages = _pages(user, slug, ids)
    places = [(entry.pk, pages.get((entry.object_type, entry.object_id))) for entry in told]
    return {pk: page for pk, page in places if page}


def _pages(user: User, slug: str, ids: dict[str, set[int]]) -> dict[tuple[str, str], str]:
    """The page of each of these objects that is still there and that the reader may see.

    One statement for all kinds whose page has the key in its address, one for each other kind.
    """
    found: dict[tuple[str, str], str] = {}
    keys = []
    for kind, pks in ids.items():
        seen = SHOWN[kind].visible_to(user).filter(pk__in=pks)
        if page := SHOWN[kind].page:
            found |= {(kind, str(thing.pk)): page(thing) for thing in seen}
        else:
            keys.append(seen.order_by().values_list(Value(kind), "pk"))
    for kind, pk in keys[0].union(*keys[1:], all=True) if keys else ():
        found[kind, str(pk)] = reverse(SHOWN[kind].route, args=[slug, pk])
    return found


def is_open_to(user: User, entry: LedgerEntry) -> bool:
    """Whether somebody without VIEW_LEDGER may read this row, since they see what it is about."""
    kind = SHOWN.get(entry.object_type)
    if kind is None or not kind.is_open or not entry.object_id.isdecimal():
        return False
    return kind.visible_to(user).filter(pk=int(entry.object_id)).exists()
