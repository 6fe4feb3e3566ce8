"""Who is awaited about a commitment, since when, and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.models import Commitment

State = Commitment.State


@dataclass(frozen=True, slots=True)
class Awaited:
    """The organisation whose turn it is."""

    organisation: Organisation
    what: Any
    since: datetime
    due_on: date | None


def awaited_in(commitment: Commitment) -> Awaited | None:
    """Whose turn it is; ``None`` when nothing more is to be done."""
    if commitment.state == State.PROPOSED:
        facts = commitment.giver, _("认领或谢绝"), commitment.proposed_at, commitment.answer_due_on
        return Awaited(*facts)
    last = _last_delivery(commitment)
    if commitment.state == State.ACCEPTED:
        since = last.judged_at if last and last.judged_at else commitment.answered_at
        return Awaited(commitment.giver, _("兑现"), since, commitment.due_on)
    if commitment.state == State.DELIVERED and last:
        return Awaited(commitment.receiver, _("评价"), last.reported_at, last.judge_due_on)
    return None


def _last_delivery(commitment: Commitment) -> Any:
    deliveries = list(commitment.deliveries.all())
    return deliveries[-1] if deliveries else None
