"""Reads about the rotating chair."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.governance.models import DutySwap, DutyTurn


def turns_visible_to(user: User) -> QuerySet[DutyTurn]:
    turns = DutyTurn.objects.filter(alliance__in=alliances_visible_to(user))
    return turns.select_related("alliance", "organisation")


def turn_on(alliance: Alliance, day: date) -> DutyTurn | None:
    """Whose turn it is on a day."""
    turns = alliance.duty_turns.filter(from_on__lte=day, until_on__gte=day)
    return turns.select_related("organisation").first()


def chair_on(alliance: Alliance, day: date) -> Organisation | None:
    """Who organises the meeting of that day."""
    turn = turn_on(alliance, day)
    return turn.organisation if turn else None


def next_turn(turn: DutyTurn) -> DutyTurn | None:
    """The turn that follows this one."""
    later = turn.alliance.duty_turns.filter(from_on__gt=turn.from_on)
    return later.select_related("organisation").order_by("from_on").first()


def turns_ahead(alliance: Alliance) -> QuerySet[DutyTurn]:
    """The present turn and those to come."""
    turns = alliance.duty_turns.filter(until_on__gte=today())
    return turns.select_related("organisation", "alliance").order_by("from_on")


def swaps_in(alliance: Alliance) -> QuerySet[DutySwap]:
    """Exchanges somebody is still asked about."""
    swaps = DutySwap.objects.filter(turn__alliance=alliance, state=DutySwap.State.ASKED)
    return swaps.select_related("turn__organisation", "turn__alliance", "other__organisation")
