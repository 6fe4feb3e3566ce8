"""Reminders of what is due and overdue, to the organisation that is awaited."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.coupling.models import Commitment, Delivery, title_in_each_language
from binglian.domain.coupling.queries import BOTH_SIDES

#: Days before the due date on which the giver is reminded.
AHEAD = 3

_TOLD = {
    "answer": gettext_noop("“%(need)s”等贵单位答复，期限 %(day)s。"),
    "answer_late": gettext_noop("“%(need)s”的答复已逾期（%(day)s），等待“%(who)s”。"),
    "delivery": gettext_noop("“%(need)s”将于 %(day)s 到期，请按时兑现。"),
    "delivery_late": gettext_noop("“%(need)s”的兑现已逾期（%(day)s），等待“%(who)s”。"),
    "judge_late": gettext_noop("“%(need)s”的评价已逾期（%(day)s），等待“%(who)s”。"),
}


def remind() -> int:
    """Tell whoever is awaited, once per event; overdue ones also reach the secretariat.

    Safe to run at any time and as often as wished. Returns how many messages were new.
    """
    soon, told = today() + timedelta(days=AHEAD), 0
    state = Commitment.State
    pressing = Commitment.objects.filter(
        Q(state=state.PROPOSED, answer_due_on__lte=soon) | Q(state=state.ACCEPTED, due_on__lte=soon)
    ).select_related(*BOTH_SIDES)
    for commitment in pressing:
        is_asked = commitment.state == state.PROPOSED
        day = commitment.answer_due_on if is_asked else commitment.due_on
        told += _remind(commitment, "answer" if is_asked else "delivery", day, commitment.giver)
    unjudged = Delivery.objects.filter(verdict="", judge_due_on__lt=today())
    for delivery in unjudged.select_related(*(f"commitment__{side}" for side in BOTH_SIDES)):
        commitment = delivery.commitment
        told += _remind(commitment, "judge", delivery.judge_due_on, commitment.receiver)
    return told


def _remind(commitment: Commitment, what: str, day: date | None, organisation: Organisation) -> int:
    is_late = day is not None and day < today()
    users = liaison_officers(commitment.alliance, organisation)
    if is_late:
        users = (users | people_with(commitment.alliance, Role.SECRETARIAT)).distinct()
    name = f"{what}_late" if is_late else what
    return notify(
        users,
        key=f"commitment:{commitment.pk}:{name}:{day}",
        message=_TOLD[name],
        facts={"need": title_in_each_language(commitment), "day": day, "who": organisation.name},
        url=f"/a/{commitment.alliance.slug}/commitments/{commitment.pk}/",
    )
