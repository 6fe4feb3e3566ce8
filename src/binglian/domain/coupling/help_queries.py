"""Who offers help with a need, and who may answer them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import own_organisations
from binglian.domain.ledger.looks import Look, looks_at

from .models import Commitment, HelpApplication

_WITH = ("alliance", "need__organisation", "need__alliance", "offer")


def help_visible_to(user: User, alliance: Alliance) -> QuerySet[HelpApplication]:
    """What the person may answer: the secretariat all, others what is for their own needs."""
    found = alliance.help_applications.select_related(*_WITH)
    if has_permission(user, Permission.TAKE_APPLICATIONS, within=alliance):
        return found
    return found.filter(Q(need__organisation__in=own_organisations(user, alliance)))


def may_answer_help(user: User, application: HelpApplication) -> bool:
    """Whether the person may say no or call: the secretariat, or who needs it."""
    if has_permission(user, Permission.TAKE_APPLICATIONS, within=application.alliance):
        return True
    seat = application.need.seat
    return has_permission(user, Permission.ANSWER_COMMITMENT, within=seat)


def help_by_token(token: str) -> HelpApplication | None:
    """The help whose secret link this is."""
    found = HelpApplication.objects.filter(token_digest=digest_of(token))
    return found.select_related(*_WITH).first()


def commitment_for_help(application: HelpApplication) -> Commitment | None:
    """What was promised on its account, and what became of it."""
    if application.offer_id is None:
        return None
    return Commitment.objects.filter(offer=application.offer_id).order_by("-pk").first()


def looks_at_help(application: HelpApplication) -> list[Look]:
    """Every look at the contact, from the ledger."""
    return looks_at(application, "help_application.contact_read")
