"""What the pages of residents' matters need."""

from datetime import datetime
from typing import Any

from django import template

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import awaited_matters
from binglian.web.access import seats_held
from binglian.web.matters import clock_words

register = template.Library()
#: More are not counted.
MOST = 99


@register.filter
def time_left(matter: Matter) -> str:
    """How long until the answer is due, in words."""
    return clock_words.time_left(matter)


@register.filter
def about(share: float | None) -> str:
    """A confidence, 0 … 1, no finer than it is known: 71%."""
    return "" if share is None else f"{share:.0%}"


@register.filter
def matter_urgency(matter: Matter) -> str:
    return clock_words.urgency(matter)


@register.filter
def until(due_at: datetime | None) -> str:
    """How long until an instant, in words."""
    return clock_words.words_until(due_at) if due_at else ""


@register.filter
def instant_urgency(due_at: datetime | None) -> str:
    return clock_words.urgency_of(due_at) if due_at else "calm"


@register.simple_tag(takes_context=True)
def matters_waiting(context: template.Context, alliance: Alliance) -> str:
    """How many matters wait for the reader here; nothing for none."""
    if "matters_waiting" in context:  # the page knows
        return _figure(context["matters_waiting"])
    request = context["request"]
    waiting = awaited_matters(request.user, seats_held(request)).filter(alliance=alliance)
    return _figure(waiting.order_by().values("pk")[: MOST + 1].count())


def _figure(count: Any) -> str:
    return "" if not count else f"{MOST}+" if count > MOST else str(count)
