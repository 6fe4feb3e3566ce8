"""Reads about decisions."""

from django.db.models import Prefetch, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.governance.models import Approval, Decision, Delegation, Lead

from .leads import delegation_to, delegations_to, leads_of, may_decide_somewhere, seats_held


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """Decisions of the alliances the person may see, newest first."""
    decisions = Decision.objects.filter(alliance__in=alliances_visible_to(user))
    answers = Approval.objects.select_related("by", "delegation__giver")
    return decisions.select_related(
        "alliance__lead_a", "alliance__lead_b", "asked_by"
    ).prefetch_related(Prefetch("approvals", answers))


def decisions_awaiting(
    user: User, given: list[Delegation] | None = None
) -> list[tuple[Decision, Lead]]:
    """What this person can answer now, the oldest first.

    ``given`` is :func:`delegations_to` them, where the caller knows it.
    """
    asked = decisions_visible_to(user).filter(state=Decision.State.ASKED).order_by("asked_at")
    may_answer: dict[int, dict[Lead, Delegation | None]] = {}
    waiting = []
    decisions = list(asked.filter(may_decide_somewhere(user)))
    if given is None:
        given = delegations_to(user) if decisions else []
    for decision in decisions:
        alliance = decision.alliance
        if alliance.pk not in may_answer:
            may_answer[alliance.pk] = leads_of(user, alliance, given)
        lead = _first_free(user, decision, may_answer[alliance.pk])
        if lead:
            waiting.append((decision, lead))
    return waiting


def lead_to_answer(user: User, decision: Decision) -> Lead | None:
    """The core for which the person can answer a decision now, if any."""
    return _first_free(user, decision, leads_of(user, decision.alliance))


def _first_free(
    user: User, decision: Decision, leads: dict[Lead, Delegation | None]
) -> Lead | None:
    answers = list(decision.approvals.all())
    free = (lead for lead in decision.awaited if lead in leads)
    return next((lead for lead in free if not has_part_in(answers, user, leads[lead])), None)


def acting_by(user: User, lead: Lead, alliance: Alliance) -> Delegation | None:
    """The delegation the person needs to answer for a core; none for who holds the seat."""
    return None if lead in seats_held(user, alliance) else delegation_to(user, lead, alliance)


def has_part_in(answers: list[Approval], user: User, delegation: Delegation | None) -> bool:
    """Whether an answer given by the person, or for somebody, would repeat one person's will."""
    people = {user.pk, delegation.giver_id} if delegation else {user.pk}
    return any(people & answer.people for answer in answers)


def may_withdraw(user: User, decision: Decision) -> bool:
    """The asker takes an open decision back; the secretariat does once the asker has no seat."""
    if not decision.is_open:
        return False
    asker = decision.asked_by
    is_gone = not asker.is_active or not (asker.platform_roles or decision.alliance.roles_of(asker))
    return user == asker or (
        is_gone and has_permission(user, Permission.ASK_LEADS, within=decision.alliance)
    )


def open_decision(alliance: Alliance, act: str, object_id: int) -> Decision | None:
    """The decision now waiting about this object, if any."""
    for decision in alliance.decisions.filter(act=act, state=Decision.State.ASKED):
        if object_id in decision.object_ids:
            return decision
    return None
