"""Checklists, inspections and draws: who sees which, and what waits for an inspector."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import alliances_visible_to, people_with
from binglian.domain.checks.models import Checklist, Draw, Inspection


def checklists_visible_to(user: User) -> QuerySet[Checklist]:
    """Checklists of the alliances in which the person holds a seat, old versions too."""
    return Checklist.objects.filter(alliance__in=alliances_visible_to(user))


def checklists_in_force(alliance: Alliance) -> QuerySet[Checklist]:
    """What is inspected by now, with the number of points as ``points``."""
    standing = alliance.checklists.filter(replaced_at=None)
    return standing.annotate(points=Count("items"))


def inspectors_of(alliance: Alliance) -> QuerySet[User]:
    return people_with(alliance, Role.INSPECTOR)


def inspections_visible_to(user: User) -> QuerySet[Inspection]:
    """Inspections in the alliances in which the person holds a seat."""
    rows = Inspection.objects.filter(project__alliance__in=alliances_visible_to(user))
    return rows.select_related("project__alliance", "project__owner", "checklist", "inspector")


def inspections_awaiting(user: User, alliance: Alliance) -> QuerySet[Inspection]:
    """What this inspector has to look at, the most pressing first."""
    own = inspections_visible_to(user).filter(inspector=user, done_at=None)
    return own.filter(project__alliance=alliance).order_by("due_on", "pk")


def draws_visible_to(user: User) -> QuerySet[Draw]:
    """Draws by lot of the alliances in which the person holds a seat."""
    rows = Draw.objects.filter(alliance__in=alliances_visible_to(user))
    return rows.select_related("alliance", "drawn_by")
