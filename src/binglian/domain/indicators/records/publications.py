"""What the alliance owes the public to read, and when it was let out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.coupling.models import CouplingRun
from binglian.domain.governance.models import Decision, Evaluation, Meeting
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.newsroom.models import AnnouncementVersion
from binglian.domain.together import Reader

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
    """When each list of an alliance was opened to the public, as of an instant.

    ``changes`` are when and how the alliance was changed, by its ledger, earliest first.
    """

    def __init__(
        self, alliance: Alliance, as_of: datetime, changes: Iterable[tuple[datetime, str]]
    ) -> None:
        self._turns: list[tuple[datetime, list[str], list[str]]] = []
        for at, change in changes:
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


def publications_of(alliance: Alliance, as_of: datetime) -> Reader[list[Publishable]]:
    """Results of runs, decisions, minutes, evaluations, news, once each is final. One statement."""
    acts = LedgerEntry.objects.filter(chain=alliance.slug).order_by("number")
    changes, let_out, runs, decisions, meetings, evaluations, approved = yield (
        acts.filter(act="alliance.changed").values_list("at", "change"),
        acts.filter(act="evaluation.published", at__lte=as_of).values_list("object_id", "at"),
        alliance.runs.filter(state__in=_FINISHED, finished_at__lte=as_of)
        .order_by("-pk")
        .only("alliance", "title", "finished_at", "published_at"),
        alliance.decisions.filter(state=Decision.State.IN_FORCE, settled_at__lte=as_of).order_by(
            "pk"
        ),
        alliance.meetings.filter(state=Meeting.State.MINUTED, minuted_at__lte=as_of).order_by("pk"),
        alliance.evaluations.filter(state=Evaluation.State.FINAL, settled_at__lte=as_of).order_by(
            "pk"
        ),
        AnnouncementVersion.objects.filter(
            announcement__alliance=alliance, is_approved=True, reviewed_at__lte=as_of
        )
        .order_by("reviewed_at", "pk")
        .values_list("announcement", "title", "reviewed_at", "announcement__published_at"),
    )
    openings = Openings(alliance, as_of, changes)
    found = [
        Publishable(run.title, f"runs/{run.pk}/", run.finished_at, _by(run.published_at, as_of))
        for run in runs
    ]
    for what, rows, instant, place in (
        (Published.DECISIONS, decisions, "settled_at", "decisions"),
        (Published.RESOLUTIONS, meetings, "minuted_at", "meetings"),
    ):
        for row in rows:
            ready_at = getattr(row, instant)
            published_at = openings.published_at(what, ready_at)
            found.append(Publishable(str(row), f"{place}/{row.pk}/", ready_at, published_at))
    published = {int(pk): at for pk, at in let_out}
    found += [
        Publishable(row.title, f"evaluations/{row.pk}/", row.settled_at, published.get(row.pk))
        for row in evaluations
    ]
    return [*found, *_announcements(approved, as_of)]


def _announcements(
    approved: Iterable[tuple[int, str, datetime, datetime | None]], as_of: datetime
) -> list[Publishable]:
    """From the first approval of a text on; a withdrawal later does not undo it."""
    first: dict[int, Publishable] = {}
    for pk, title, ready_at, published_at in approved:
        item = Publishable(title, f"news/{pk}/", ready_at, _by(published_at, as_of))
        first.setdefault(pk, item)
    return list(first.values())


def _by(instant: datetime | None, as_of: datetime) -> datetime | None:
    return instant if instant and instant <= as_of else None
