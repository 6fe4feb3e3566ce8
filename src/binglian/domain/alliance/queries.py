"""Reads about alliances, members and seats; every list starts from what the reader may see."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.roles import OF_AN_ORGANISATION, Role

from .models import Alliance, Appointment, Invitation, Membership, Organisation, seats_of
from .names import search_terms
from .publicness import Published


def alliances_visible_to(user: User) -> QuerySet[Alliance]:
    """Alliances in which the person holds a seat; all of them for platform roles."""
    if user.platform_roles:
        return Alliance.objects.all()
    seats = Appointment.objects.current().filter(user=user)
    return Alliance.objects.filter(pk__in=seats.values("alliance"))


def organisations_visible_to(user: User) -> QuerySet[Organisation]:
    """Organisations that belong, or ask to belong, to an alliance the person may see."""
    if user.platform_roles:
        return Organisation.objects.all()
    current = Membership.objects.filter(alliance__in=alliances_visible_to(user))
    return Organisation.objects.filter(pk__in=current.values("organisation"))


def members_of(alliance: Alliance) -> QuerySet[Membership]:
    """Admitted members and those who wait for admission, with their organisations."""
    states = [Membership.State.ADMITTED, Membership.State.APPLIED]
    return alliance.memberships.filter(state__in=states).select_related("organisation", "alliance")


def those_publishing(what: Published, alliances: Iterable[Alliance]) -> list[Alliance]:
    """Those of the alliances that show a list to everybody."""
    return [alliance for alliance in alliances if alliance.publishes(what)]


def public_members(*alliances: Alliance) -> QuerySet[Membership]:
    """Members everybody may see: none, unless the alliance publishes them."""
    publishing = those_publishing(Published.MEMBERS, alliances)
    members = Membership.objects.filter(alliance__in=publishing, state=Membership.State.ADMITTED)
    return members.select_related("organisation", "alliance")


def admitted_organisations(alliance: Alliance) -> QuerySet[Organisation]:
    admitted = alliance.memberships.filter(state=Membership.State.ADMITTED)
    return Organisation.objects.filter(pk__in=admitted.values("organisation"))


def find_organisation(name: str) -> Organisation | None:
    """The organisation of this exact name, in either language."""
    return Organisation.objects.filter(Q(name=name) | Q(name_en__iexact=name)).first()


def matching_names(memberships: QuerySet[Membership], query: str) -> QuerySet[Membership]:
    """Members whose name, pinyin, pinyin initials or credit code contain every typed word."""
    for term in search_terms(query):
        memberships = memberships.filter(organisation__search_text__contains=term)
    return memberships


def seats_in(alliance: Alliance) -> QuerySet[Appointment]:
    return alliance.appointments.current().select_related("user", "organisation")


def own_organisations(user: User, alliance: Alliance) -> QuerySet[Organisation]:
    """The organisations the person speaks for as liaison officer."""
    seats = alliance.appointments.current().filter(user=user, role=Role.LIAISON.value)
    return Organisation.objects.filter(pk__in=seats.values("organisation"))


def of_own_organisations(
    user: User, alliance: str, organisation: str, role: Role = Role.LIAISON
) -> Q:
    """Condition on rows of several alliances: they are of organisations the person speaks for.

    ``alliance`` and ``organisation`` are the paths to them; false where the person has no such
    seat at all, so that nothing need be asked.
    """
    ours = Q()
    for seat in seats_of(user):
        if seat.role == role.value:
            ours |= Q(**{alliance: seat.alliance_id, organisation: seat.organisation_id})
    return ours


def may_somewhere(user: User, permission: Permission) -> bool:
    """Whether any role of the person grants the permission, in whichever alliance."""
    roles = [*user.platform_roles, *(Role(seat.role) for seat in seats_of(user))]
    return any(permission in role.permissions for role in roles)


def liaison_officers(alliance: Alliance, organisation: Organisation) -> QuerySet[User]:
    seats = alliance.appointments.current().filter(
        role=Role.LIAISON.value, organisation=organisation
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def signatories(alliance: Alliance, organisation: Organisation) -> QuerySet[User]:
    """Who may sign for an organisation here."""
    seats = alliance.appointments.current().filter(
        role=Role.SIGNATORY.value, organisation=organisation
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def signed_for_by(user: User, alliance: Alliance) -> QuerySet[Organisation]:
    """The organisations the person may sign for."""
    seats = alliance.appointments.current().filter(user=user, role=Role.SIGNATORY.value)
    return Organisation.objects.filter(pk__in=seats.values("organisation"))


def people_with(alliance: Alliance, *roles: Role) -> QuerySet[User]:
    seats = alliance.appointments.current().filter(role__in=[role.value for role in roles])
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def invitations_visible_to(user: User, alliance: Alliance) -> QuerySet[Invitation]:
    if not has_permission(user, Permission.MANAGE_MEMBERS, within=alliance):
        return Invitation.objects.none()
    return alliance.invitations.select_related("organisation", "used_by")


def organisations_kept_by(user: User, alliance: Alliance) -> QuerySet[Organisation]:
    """Current members whose offers and needs the person may enter."""
    states = [Membership.State.ADMITTED, Membership.State.APPLIED]
    members = Organisation.objects.filter(
        pk__in=alliance.memberships.filter(state__in=states).values("organisation")
    )
    own = [role.value for role in OF_AN_ORGANISATION]
    held = (seat.role for seat in alliance.seats_held(user) if seat.role not in own)
    roles = [*user.platform_roles, *map(Role, held)]
    if any(Permission.EDIT_LISTS in role.permissions for role in roles):
        return members
    return members.filter(pk__in=own_organisations(user, alliance).values("pk"))


def keeps_lists(user: User, alliance: Alliance) -> bool:
    """Whether there is any organisation here whose lists the person keeps."""
    return organisations_kept_by(user, alliance).exists()
