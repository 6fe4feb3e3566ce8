"""Announcements of the historic quarter, one or more in every state."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.governance.queries import open_decision
from binglian.domain.newsroom import actions as act
from binglian.domain.newsroom.actions.publishing import STATEMENT
from binglian.domain.newsroom.facts import Draft, IllustrationFacts
from binglian.domain.newsroom.models import Announcement
from binglian.domain.refusals import found_or_refused

from .drawings import drawn
from .files import HERE
from .rounds import Cast, agree

#: How often each was opened, so that «much read» has something to show.
_READ = {"drains": 11, "open_day": 7, "noise": 3}
_TEXTS = ("title", "summary", "body", "title_en", "summary_en", "body_en")


def enter(alliance: Alliance, cast: Cast, administrator: User) -> None:
    """Every announcement of ``news.json``, brought to its state and to the day it was told."""
    rows = json.loads((HERE / "historic/news.json").read_text(encoding="utf-8"))
    desk = _Desk(alliance, cast)
    for row in rows:
        announcement = desk.written(row)
        _BECOMES[row["becomes"]](desk, announcement, row)
        if row.get("days_ago"):
            act.move_announcement_back(
                announcement=announcement, days=row["days_ago"], by=administrator
            )
        for _time in range(_READ.get(row["key"], 0)):
            act.count_reading(announcement=announcement)


class _Desk:
    """Who writes and who reviews."""

    def __init__(self, alliance: Alliance, cast: Cast) -> None:
        self.alliance, self.cast = alliance, cast
        members = alliance.memberships.select_related("organisation")
        self.members = {one.organisation.name: one.organisation for one in members}

    def written(self, row: dict[str, Any]) -> Announcement:
        organisation = self.members[row["organisation"]]
        return act.start_announcement(
            alliance=self.alliance,
            organisation=organisation,
            draft=self.draft(row),
            by=self.cast.of(organisation),
        )

    def draft(self, row: dict[str, Any]) -> Draft:
        return Draft(
            is_statement=row["becomes"] == "statement",
            illustrations=tuple(self._picture(*said) for said in row["pictures"]),
            **{name: row[name] for name in _TEXTS},
        )

    def _picture(self, name: str, alternative: str, caption: str, credit: str) -> IllustrationFacts:
        by: Organisation = self.members[credit]
        return IllustrationFacts(alternative, caption, by, content=drawn(name))

    def submitted(self, announcement: Announcement, row: dict[str, Any]) -> Announcement:
        days = row.get("days")
        return act.submit_for_review(
            announcement=announcement,
            by=self.cast.of(announcement.organisation),
            may_be_public=row.get("may_be_public", ()),
            goes_out_at=now() + timedelta(days=days) if days else None,
        )

    def approved(self, announcement: Announcement, row: dict[str, Any]) -> Announcement:
        self.submitted(announcement, row)
        return act.review_announcement(
            announcement=announcement, is_yes=True, by=self.cast.secretariat
        )


def _corrected(desk: _Desk, announcement: Announcement, row: dict[str, Any]) -> None:
    """Published with a mistake, and put right by a second version."""
    right = desk.draft(row)
    kept = announcement.latest.illustrations.all() if announcement.latest else ()
    same = tuple(
        IllustrationFacts(one.alternative, one.caption, one.credit, one.picture) for one in kept
    )
    by = desk.cast.of(announcement.organisation)
    wrong = right.body.replace(row["corrected_from"], row["corrected_was"])
    act.change_announcement(
        announcement=announcement, draft=replace(right, body=wrong, illustrations=same), by=by
    )
    desk.approved(announcement, row)
    told = right.body + row["corrected_body"]
    act.change_announcement(
        announcement=announcement, draft=replace(right, body=told, illustrations=same), by=by
    )
    desk.approved(announcement, row)


def _stated(desk: _Desk, announcement: Announcement, row: dict[str, Any]) -> None:
    """Both leads agree to the statement."""
    desk.approved(announcement, row)
    decision = open_decision(desk.alliance, STATEMENT, announcement.pk)
    agree(found_or_refused(decision, "No decision was asked."), desk.cast)


def _withdrawn(desk: _Desk, announcement: Announcement, row: dict[str, Any]) -> None:
    desk.approved(announcement, row)
    act.withdraw_announcement(announcement=announcement, why=row["note"], by=desk.cast.secretariat)


_BECOMES: dict[str, Callable[[_Desk, Announcement, dict[str, Any]], object]] = {
    "draft": lambda _desk, announcement, _row: announcement,
    "in_review": _Desk.submitted,
    "queued": _Desk.approved,
    "published": _Desk.approved,
    "corrected": _corrected,
    "statement": _stated,
    "withdrawn": _withdrawn,
}
