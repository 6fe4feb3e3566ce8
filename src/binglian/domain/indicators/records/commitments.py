"""Commitments as the record stood at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.coupling.public_lists import public_commitments
from binglian.domain.coupling.queries import BOTH_SIDES

from .rewinding import Later, moments

State = Commitment.State


@dataclass(frozen=True, slots=True)
class Promised:
    """One commitment: who, for which need, by when, and what had become of it."""

    pk: int
    title: str
    giver_id: int
    receiver_id: int
    need_id: int | None
    need_entered_at: datetime | None
    proposed_at: datetime
    accepted_at: datetime | None
    due_on: date | None
    #: The day of the delivery that the other side has accepted.
    fulfilled_on: date | None
    #: Delivered, and the other side has not said yet.
    is_unjudged: bool
    #: The day it was given up and the other side told why; nobody waits for it any more.
    explained_on: date | None
    is_public: bool

    @property
    def ends(self) -> frozenset[int]:
        return frozenset((self.giver_id, self.receiver_id))


def commitments_of(alliance: Alliance, as_of: datetime) -> list[Promised]:
    """Every commitment there was at the instant, oldest first."""
    rows = list(
        alliance.commitments.filter(proposed_at__lte=as_of)
        .select_related(*BOTH_SIDES)
        .prefetch_related("deliveries")
        .order_by("pk")
    )
    explained = [row.pk for row in rows if row.state == State.EXPLAINED and not row.is_pledged]
    accepted = moments(Commitment, explained, "commitment.accepted", chain=alliance.slug)
    later = Later(Commitment, as_of, chain=alliance.slug)
    public = set(public_commitments(alliance).values_list("pk", flat=True))
    return [_as_it_stood(row, as_of, accepted, later, row.pk in public) for row in rows]


def _as_it_stood(
    row: Commitment, as_of: datetime, accepted: dict[int, datetime], later: Later, is_public: bool
) -> Promised:
    known = [one for one in row.deliveries.all() if one.reported_at <= as_of]
    fulfilled = [one for one in known if _is_accepted(one, as_of)]
    accepted_at = _accepted_at(row, accepted)
    due_on = later.before(row.pk, "due_on", row.due_on)
    return Promised(
        pk=row.pk,
        title=row.title,
        giver_id=row.giver_id,
        receiver_id=row.receiver_id,
        need_id=row.component.need_id if row.component else None,
        need_entered_at=row.component.need.entered_at if row.component else None,
        proposed_at=row.proposed_at,
        accepted_at=accepted_at if accepted_at and accepted_at <= as_of else None,
        due_on=date.fromisoformat(due_on) if isinstance(due_on, str) else due_on,
        fulfilled_on=fulfilled[-1].delivered_on if fulfilled else None,
        is_unjudged=any(one.judged_at is None or one.judged_at > as_of for one in known),
        explained_on=_explained_on(row, as_of),
        is_public=is_public,
    )


def _is_accepted(delivery: Delivery, as_of: datetime) -> bool:
    judged = delivery.judged_at is not None and delivery.judged_at <= as_of
    return judged and delivery.verdict != Delivery.Verdict.NOT_MET


def _explained_on(row: Commitment, as_of: datetime) -> date | None:
    given_up_at = row.answered_at if row.state == State.EXPLAINED else None
    return localdate(given_up_at) if given_up_at and given_up_at <= as_of else None


def _accepted_at(row: Commitment, accepted: dict[int, datetime]) -> datetime | None:
    if row.is_pledged:  # accepted from the start
        return row.proposed_at
    if row.state == State.EXPLAINED:  # its row says when it was given up
        return accepted.get(row.pk, row.proposed_at)
    return row.answered_at if row.state in Commitment.BINDING else None


def claimed_first(commitments: list[Promised]) -> list[Promised]:
    """Of each need, the commitment that was taken on first."""
    first: dict[int, Promised] = {}
    for one in commitments:
        if one.need_id is None or one.accepted_at is None:
            continue
        best = first.get(one.need_id)
        if best is None or (best.accepted_at and one.accepted_at < best.accepted_at):
            first[one.need_id] = one
    return list(first.values())


def day_of(instant: datetime) -> date:
    """The day of an instant in the alliance's time zone."""
    return localdate(instant)
