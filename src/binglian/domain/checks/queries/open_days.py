"""Open days: which ones everybody sees, and the sign-up of a secret link."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.checks.models import OpenDay, SignUp
from binglian.domain.ledger.looks import Look, looks_at
from binglian.domain.projects.queries import public_projects

_WITH = ("alliance", "project__alliance", "project__owner")


def open_days_visible_to(user: User) -> QuerySet[OpenDay]:
    """Open days of the alliances in which the person holds a seat."""
    days = OpenDay.objects.filter(alliance__in=alliances_visible_to(user))
    return days.select_related(*_WITH)


def public_open_days(alliance: Alliance) -> QuerySet[OpenDay]:
    """What everybody may see: every open day of a public project."""
    shown = public_projects().filter(alliance=alliance)
    return alliance.open_days.filter(project__in=shown).select_related(*_WITH)


def coming(days: QuerySet[OpenDay]) -> QuerySet[OpenDay]:
    """Those not over yet, the next one first; a cancelled one is told until its hour is past."""
    return days.filter(ends_at__gt=now()).order_by("starts_at", "pk")


def past(days: QuerySet[OpenDay]) -> QuerySet[OpenDay]:
    """Those that are over, the last one first."""
    return days.filter(ends_at__lte=now()).order_by("-starts_at", "-pk")


def sign_up_by_token(token: str) -> SignUp | None:
    """The sign-up whose secret link this is."""
    found = SignUp.objects.filter(token_digest=digest_of(token))
    return found.select_related("open_day__alliance", "open_day__project").first()


def looks_at_visitors(open_day: OpenDay) -> list[Look]:
    """Every look at the contacts of those who signed up, from the ledger."""
    return looks_at(open_day, "sign_up.contacts_read")
