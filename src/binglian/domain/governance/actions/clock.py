"""What time does to open decisions: silence is told of, what has changed lapses."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify, notify_address
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import deciders
from binglian.domain.governance.reserved import reserved_act
from binglian.domain.ledger.actions import record

from .settling import address_of, lapse_if_changed, locked

_SILENT = gettext_noop(
    "“%(alliance)s”的决定自 %(day)s 起未获答复：%(act)s。等待“%(who)s”。不答复不等于同意。"
)


def escalate_silence() -> int:
    """Tell secretariat, awaited leads and their superiors of each answer that is overdue.

    Once when the alliance's term has passed, then once in every further term. Safe to run as
    often as wished; nothing is ever approved by it. Returns how many decisions were told of.
    """
    late = Decision.objects.filter(state=Decision.State.ASKED, answer_due_on__lt=today())
    return sum(_escalate(decision) for decision in late.select_related("alliance"))


@transaction.atomic
def _escalate(decision: Decision) -> bool:
    decision = locked(decision)
    if not decision.is_open or decision.answer_due_on >= today():
        return False  # answered, or told of by another worker, since the list was read
    term = max(1, decision.alliance.decision_days)
    while decision.answer_due_on < today():
        decision.answer_due_on = add_working_days(decision.answer_due_on, term)
    decision.escalations += 1
    decision.save(update_fields=["answer_due_on", "escalations"])
    awaited = decision.awaited
    change = {"awaited": [lead.value for lead in awaited], "time": decision.escalations}
    record(None, "decision.escalated", decision, within=decision.alliance, change=change)
    told = {*people_with(decision.alliance, Role.SECRETARIAT)}
    told |= {user for lead in awaited for user in deciders(decision.alliance, lead)}
    _tell(decision, told)
    return True


def _tell(decision: Decision, users: set[User]) -> None:
    alliance = decision.alliance
    notice: dict[str, Any] = {
        "key": f"decision:{decision.pk}:silent:{decision.escalations}",
        "message": _SILENT,
        "facts": {
            "alliance": alliance.name,
            "act": reserved_act(decision.act).label,
            "day": decision.asked_at.date(),
            "who": "、".join(decision.body_of(lead).name for lead in decision.awaited),
        },
        "url": address_of(decision),
    }
    notify(users, **notice)
    for superior in alliance.superiors.filter(lead__in=decision.awaited):
        notify_address(superior.email, **notice)


def lapse_what_changed() -> int:
    """Close open decisions about things that have changed, so that nobody reads them in vain."""
    asked = Decision.objects.filter(state=Decision.State.ASKED).select_related("alliance")
    return sum(_lapse(decision) for decision in asked)


@transaction.atomic
def _lapse(decision: Decision) -> bool:
    decision = locked(decision)
    return decision.is_open and lapse_if_changed(decision, None)
