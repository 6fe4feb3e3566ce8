"""Reads about decisions."""

from django.db.models import QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.governance.models import Decision, Lead


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """Decisions of the alliances the person may see, newest first."""
    decisions = Decision.objects.filter(alliance__in=alliances_visible_to(user))
    return decisions.select_related("alliance", "asked_by").prefetch_related("approvals__by")


def leads_of(user: User, alliance: Alliance) -> list[Lead]:
    """For which of the two cores the person may answer here."""
    asked = ((Lead.A, Permission.DECIDE_AS_LEAD_A), (Lead.B, Permission.DECIDE_AS_LEAD_B))
    return [lead for lead, what in asked if has_permission(user, what, within=alliance)]


def decisions_awaiting(user: User) -> list[tuple[Decision, Lead]]:
    """What this person can answer now: open decisions their core has not answered yet."""
    waiting = []
    for decision in decisions_visible_to(user).filter(state=Decision.State.ASKED):
        answers = list(decision.approvals.all())
        if any(answer.by_id == user.pk for answer in answers):
            continue
        answered = {answer.lead for answer in answers}
        for lead in leads_of(user, decision.alliance):
            if lead.value not in answered:
                waiting.append((decision, lead))
                break
    return waiting


def open_decision(alliance: Alliance, act: str, object_id: int) -> Decision | None:
    """The decision now waiting about this object, if any."""
    for decision in alliance.decisions.filter(act=act, state=Decision.State.ASKED):
        if object_id in decision.object_ids:
            return decision
    return None
