"""Commitments as the record stood at an instant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.coupling.public_lists import public_commitments
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.together import Reader

from .rewinding import Later, acts_after

State = Commitment.State
#: What is read of each commitment: a city has hundreds of thousands.
_READ = (
    "alliance", "title_zh", "title_en", "state", "proposed_at", "due_on", "answered_at",
    "giver__name", "giver__name_en", "receiver__name", "receiver__name_en", "offer__number",
    "component__title", "component__need__title", "component__need__entered_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promised:
    """One commitment: who, for which need, by when, and what had become of it."""

    pk: int
    title: str
    giver: Organisation
    receiver: Organisation
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
    def giver_id(self) -> int:
        return self.giver.pk

    @property
    def receiver_id(self) -> int:
        return self.receiver.pk

    @property
    def ends(self) -> frozenset[int]:
        return frozenset((self.giver_id, self.receiver_id))


def commitments_of(alliance: Alliance, as_of: datetime) -> Reader[list[Promised]]:
    """Every commitment there was at the instant, oldest first. One statement."""
    given_up = alliance.commitments.filter(state=State.EXPLAINED, offer__isnull=False)
    rows, deliveries, accepted, acts, public = yield (
        alliance.commitments.filter(proposed_at__lte=as_of)
        .select_related("giver", "receiver", "offer", "component__need")
        .only(*_READ)
        .order_by("pk"),
        Delivery.objects.filter(commitment__alliance=alliance, reported_at__lte=as_of)
        .order_by("pk")
        .defer("note", "verdict_note"),
        # When what was given up had been taken on: its row says the former only.
        LedgerEntry.objects.filter(
            chain=alliance.slug,
            object_type=Commitment._meta.label_lower,
            object_id__in=given_up.values(key=Cast("pk", CharField())),
            act="commitment.accepted",
        )
        .order_by("number")
        .values_list("object_id", "at"),
        acts_after(as_of, Commitment, chain=alliance.slug),
        public_commitments(alliance)
        .order_by()
        .select_related(None)
        .prefetch_related(None)
        .values_list("pk", flat=True),
    )
    known: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        known[delivery.commitment_id].append(delivery)
    then = _Then(as_of, known, {int(pk): at for pk, at in accepted}, Later(acts), set(public))
    return [_as_it_stood(row, then) for row in rows]


@dataclass(frozen=True, slots=True)
class _Then:
    """What is needed to say how a commitment stood."""

    as_of: datetime
    deliveries: dict[int, list[Delivery]]
    accepted: dict[int, datetime]
    later: Later
    public: set[int]


def _as_it_stood(row: Commitment, then: _Then) -> Promised:
    as_of, known = then.as_of, then.deliveries.get(row.pk, [])
    fulfilled = [one for one in known if _is_accepted(one, as_of)]
    accepted_at = _accepted_at(row, then.accepted)
    due_on = then.later.before(row.pk, "due_on", row.due_on)
    return Promised(
        pk=row.pk,
        title=row.title,
        giver=row.giver,
        receiver=row.receiver,
        need_id=row.component.need_id if row.component else None,
        need_entered_at=row.component.need.entered_at if row.component else None,
        proposed_at=row.proposed_at,
        accepted_at=accepted_at if accepted_at and accepted_at <= as_of else None,
        due_on=date.fromisoformat(due_on) if isinstance(due_on, str) else due_on,
        fulfilled_on=fulfilled[-1].delivered_on if fulfilled else None,
        is_unjudged=any(one.judged_at is None or one.judged_at > as_of for one in known),
        explained_on=_explained_on(row, as_of),
        is_public=row.pk in then.public,
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
