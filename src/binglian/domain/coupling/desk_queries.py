"""What the desk shows of promises: each officer's lists, and how an alliance stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import JSONObject, RowNumber

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.alliance.queries import of_own_organisations
from binglian.domain.counting import number_of

from .models import Commitment, Delivery, Need
from .queries import BOTH_SIDES, State, commitments_visible_to


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything one liaison officer's home shows, each list most pressing first."""

    asked: list[Commitment]
    overdue: list[Commitment]
    due_this_week: list[Commitment]
    due_later: list[Commitment]
    to_judge: list[Commitment]
    awaited: list[Commitment]


def desk_of(user: User, *, most: int = 100) -> Desk:
    """What is asked of us, due, overdue, to be judged, and what we wait for.

    Of each list the first ``most``, all of them in one statement. What was delivered has
    ``judge_due_on``, until when it is to be judged.
    """
    lists: dict[str, list[Commitment]] = {one.name: [] for one in fields(Desk)}
    gives = of_own_organisations(user, "alliance", "giver")
    if gives:
        receives = of_own_organisations(user, "alliance", "receiver")
        named = _named(commitments_visible_to(user).filter(gives | receives), gives, receives)
        places = {side: _place(side) for side in ("to_give", "to_get")}
        rows = named.annotate(to_give_place=places["to_give"], to_get_place=places["to_get"])
        first = Q(to_give__isnull=False, to_give_place__lte=most)
        first |= Q(to_get__isnull=False, to_get_place__lte=most)
        found = list(rows.prefetch_related(None).filter(first))
        for side in places:
            placed = sorted(found, key=attrgetter(f"{side}_place"))
            for row in placed:
                name = getattr(row, side)
                if name and getattr(row, f"{side}_place") <= most:
                    lists[name].append(row)
    return Desk(**lists)


def _named(rows: QuerySet[Commitment], gives: Q, receives: Q) -> QuerySet[Commitment]:
    """Each promise with the list it belongs to, ``to_give`` or ``to_get``, if any."""
    accepted = gives & Q(state=State.ACCEPTED)
    week = today() + timedelta(days=7)
    to_give = Case(
        When(gives & Q(state=State.PROPOSED), then=Value("asked")),
        When(accepted & Q(due_on__lt=today()), then=Value("overdue")),
        When(accepted & Q(due_on__lte=week), then=Value("due_this_week")),
        When(accepted, then=Value("due_later")),
        output_field=CharField(),
    )
    to_get = Case(
        When(receives & Q(state=State.DELIVERED), then=Value("to_judge")),
        When(receives & Q(state__in=[State.PROPOSED, State.ACCEPTED]), then=Value("awaited")),
        output_field=CharField(),
    )
    delivered = Delivery.objects.filter(commitment=OuterRef("pk")).order_by("-pk")
    return rows.annotate(
        to_give=to_give,
        to_get=to_get,
        judge_due_on=Subquery(delivered.values("judge_due_on")[:1]),
    )


def _place(side: str) -> Window:
    """The place in its list, by the day on which something is due."""
    due = Case(
        When(to_give="asked", then="answer_due_on"),
        When(to_get="to_judge", then=None),
        default="due_on",
        output_field=DateField(),
    )
    order = [due.asc(nulls_last=True), F("pk").asc()]
    return Window(RowNumber(), partition_by=side, order_by=order)


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of one alliance that ask for attention; organisations, never persons."""

    asked: int
    answers_overdue: int
    deliveries_overdue: int
    judgements_overdue: int
    due_this_week: int
    delivered: int
    judged: int
    open_needs: int


def standing_of(alliance: Alliance) -> Standing:
    """What an alliance's secretariat watches."""
    (counted,) = with_standing(Alliance.objects.filter(pk=alliance.pk))
    return standing_in(counted)


def standing_in(alliance: Any) -> Standing:
    """The same of an alliance that came out of :func:`with_standing`."""
    counts = alliance.commitment_counts or dict.fromkeys(_COUNTED, 0)
    beside = {name: getattr(alliance, name) for name in ("judgements_overdue", "open_needs")}
    return Standing(**beside, **counts)


_COUNTED = (
    *("asked", "answers_overdue", "deliveries_overdue", "due_this_week"),
    *("delivered", "judged"),
)


def with_standing(alliances: QuerySet[Alliance]) -> QuerySet[Alliance]:
    """Alliances with what is counted of each, in one statement for however many."""
    unjudged = Delivery.objects.filter(commitment__alliance=OuterRef("pk"), verdict="")
    late = unjudged.filter(judge_due_on__lt=today())
    open_needs = Need.objects.filter(alliance=OuterRef("pk"), state=Need.State.OPEN)
    week = today() + timedelta(days=7)
    asked, accepted = Q(state=State.PROPOSED), Q(state=State.ACCEPTED)
    here = Commitment.objects.filter(alliance=OuterRef("pk")).order_by().values("alliance")
    counts = JSONObject(
        asked=Count("pk", filter=asked),
        answers_overdue=Count("pk", filter=asked & Q(answer_due_on__lt=today())),
        deliveries_overdue=Count("pk", filter=accepted & Q(due_on__lt=today())),
        due_this_week=Count("pk", filter=accepted & Q(due_on__gte=today(), due_on__lte=week)),
        delivered=Count("pk", filter=Q(state=State.DELIVERED)),
        judged=Count("pk", filter=Q(state=State.JUDGED)),
    )
    return alliances.annotate(
        commitment_counts=Subquery(here.annotate(counts=counts).values("counts")),
        judgements_overdue=number_of(late),
        open_needs=number_of(open_needs),
    )


def overdue_in(*alliances: Alliance) -> QuerySet[Commitment]:
    """Whatever is late, with who is awaited: answers first, then deliveries."""
    late = Q(state=State.PROPOSED, answer_due_on__lt=today()) | Q(
        state=State.ACCEPTED, due_on__lt=today()
    )
    return Commitment.objects.filter(late, alliance__in=alliances).select_related(*BOTH_SIDES)
