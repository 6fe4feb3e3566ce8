"""What the alliance owes the public to read, and when it was let out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.governance.models import Decision, Evaluation, Meeting
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.newsroom.models import AnnouncementVersion

_FINISHED = (
    CouplingRun.State.PROPOSED,
    CouplingRun.State.PUBLISHED,
    CouplingRun.State.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Publishable:
    """One item: since when it could be published, and when it was."""

    title: str
    path: str
    ready_at: datetime
    published_at: datetime | None


class Openings:
    """When each list of an alliance was opened to the public, by the ledger, as of an instant."""

    def __init__(self, alliance: Alliance, as_of: datetime) -> None:
        entries = LedgerEntry.objects.filter(chain=alliance.slug, act="alliance.changed")
        self._turns: list[tuple[datetime, list[str], list[str]]] = []
        for at, change in entries.order_by("number").values_list("at", "change"):
            published = json.loads(change).get("published")
            if published is not None:
                self._turns.append((at, *published))
        self._as_of, self._now = as_of, list(alliance.published)

    def published_at(self, what: Published, ready_at: datetime) -> datetime | None:
        """When something of this list, ready at an instant, could be read; ``None``: not yet."""
        is_open = what.value in (self._turns[0][1] if self._turns else self._now)
        since = ready_at
        for at, _before, after in self._turns:
            if at > self._as_of:
                break
            opens = what.value in after
            if opens and not is_open:
                since = max(ready_at, at)
            is_open = opens
        return since if is_open else None


def publications_of(alliance: Alliance, as_of: datetime) -> list[Publishable]:
    """Results of runs, decisions, minutes, evaluations, news, once each is final. Six queries."""
    openings = Openings(alliance, as_of)
    found = [
        Publishable(run.title, f"runs/{run.pk}/", run.finished_at, _by(run.published_at, as_of))
        for run in alliance.runs.filter(state__in=_FINISHED, finished_at__lte=as_of)
        if run.finished_at
    ]
    decisions = alliance.decisions.filter(state=Decision.State.IN_FORCE, settled_at__lte=as_of)
    meetings = alliance.meetings.filter(state=Meeting.State.MINUTED, minuted_at__lte=as_of)
    for what, rows, instant, place in (
        (Published.DECISIONS, decisions, "settled_at", "decisions"),
        (Published.RESOLUTIONS, meetings, "minuted_at", "meetings"),
    ):
        for row in rows.order_by("pk"):
            ready_at = getattr(row, instant)
            published_at = openings.published_at(what, ready_at)
            found.append(Publishable(str(row), f"{place}/{row.pk}/", ready_at, published_at))
    return [*found, *_evaluations(alliance, as_of), *_announcements(alliance, as_of)]


def _evaluations(alliance: Alliance, as_of: datetime) -> list[Publishable]:
    final = alliance.evaluations.filter(
        state=Evaluation.State.FINAL, settled_at__lte=as_of
    ).order_by("pk")
    entries = LedgerEntry.objects.filter(
        chain=alliance.slug, act="evaluation.published", at__lte=as_of
    )
    published = {int(pk): at for pk, at in entries.values_list("object_id", "at")}
    return [
        Publishable(row.title, f"evaluations/{row.pk}/", row.settled_at, published.get(row.pk))
        for row in final
        if row.settled_at
    ]


def _announcements(alliance: Alliance, as_of: datetime) -> list[Publishable]:
    """From the first approval of a text on; a withdrawal later does not undo it."""
    approved = AnnouncementVersion.objects.filter(
        announcement__alliance=alliance, is_approved=True, reviewed_at__lte=as_of
    ).select_related("announcement")
    first: dict[int, AnnouncementVersion] = {}
    for version in approved.order_by("reviewed_at", "pk"):
        first.setdefault(version.announcement_id, version)
    return [
        Publishable(
            title=version.title,
            path=f"news/{pk}/",
            ready_at=version.reviewed_at,
            published_at=_by(version.announcement.published_at, as_of),
        )
        for pk, version in first.items()
        if version.reviewed_at
    ]


def _by(instant: datetime | None, as_of: datetime) -> datetime | None:
    return instant if instant and instant <= as_of else None
