"""Residents' supervisors: who was named, and what they saw."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.checks.models import Finding, Observation, SupervisorNomination
from binglian.domain.projects.models import Project


def community_of(user: User, alliance: Alliance) -> Organisation | None:
    """The community whose residents the supervisor looks for."""
    held = alliance.appointments.current().filter(
        user=user, role=Role.SUPERVISOR.value, organisation__isnull=False
    )
    seat = held.select_related("organisation").order_by("pk").first()
    return seat.organisation if seat else None


def nominating_organisations(user: User, alliance: Alliance) -> list[Organisation]:
    """Communities and streets for which the person may name somebody."""
    kinds = [Organisation.Kind.COMMUNITY, Organisation.Kind.SUBDISTRICT]
    members = Organisation.objects.filter(
        memberships__alliance=alliance, memberships__state="admitted", kind__in=kinds
    )
    own = members.filter(
        pk__in=alliance.appointments.current().filter(user=user).values("organisation")
    )
    return [
        one
        for one in own.distinct().order_by("name")
        if has_permission(user, Permission.NOMINATE_SUPERVISORS, within=alliance.seat_of(one))
    ]


def nominations_visible_to(user: User, alliance: Alliance) -> QuerySet[SupervisorNomination]:
    """Every one for who confirms them; a community's own for its people."""
    rows = alliance.supervisor_nominations.select_related("organisation", "user")
    if has_permission(user, Permission.MANAGE_MEMBERS, within=alliance):
        return rows
    return rows.filter(organisation__in=nominating_organisations(user, alliance))


def observations_visible_to(user: User) -> QuerySet[Observation]:
    """What supervisors saw in the alliances in which the person holds a seat."""
    rows = Observation.objects.filter(alliance__in=alliances_visible_to(user))
    return rows.select_related("alliance", "project__alliance", "project__owner", "organisation")


def observations_to_look_at(user: User, alliance: Alliance) -> QuerySet[Observation]:
    """Of which nobody has made a finding and which nobody has answered; for who may find."""
    rows = observations_visible_to(user).filter(alliance=alliance)
    if not has_permission(user, Permission.INSPECT, within=alliance):
        return rows.none()
    return rows.filter(state=Observation.State.FILED, findings=None)


def public_observations(project: Project) -> QuerySet[Observation]:
    """Answered, and not kept from the public: the newest first, each with the findings made of
    it that everybody may read as ``public_findings``."""
    rows = project.observations.filter(state=Observation.State.ANSWERED, is_public=True)
    shown = Finding.objects.filter(is_public=True).select_related("project").order_by("pk")
    return rows.select_related("organisation").prefetch_related(
        Prefetch("findings", shown, to_attr="public_findings")
    )
