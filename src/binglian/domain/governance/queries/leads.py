"""Who may decide for which of the two cores today."""

from django.db.models import Q, QuerySet

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, permissions_of
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    Organisation,
    keep_seats_of,
    today,
)
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.models import Delegation, Lead

DECIDES = {Lead.A: Permission.DECIDE_AS_LEAD_A, Lead.B: Permission.DECIDE_AS_LEAD_B}
SEATS = {Lead.A: Role.LEAD_A, Lead.B: Role.LEAD_B}


def body_of(alliance: Alliance, lead: Lead) -> Organisation:
    return alliance.lead_a if lead == Lead.A else alliance.lead_b


def seat_holders(alliance: Alliance) -> dict[Lead, list[User]]:
    """Who sits for each of the two cores today."""
    roles = [role.value for role in SEATS.values()]
    seats = alliance.appointments.current().filter(role__in=roles, user__is_active=True)
    held = list(seats.select_related("user").order_by("user"))
    return {
        lead: list(dict.fromkeys(seat.user for seat in held if seat.role == role.value))
        for lead, role in SEATS.items()
    }


def seats_held(user: User, alliance: Alliance) -> list[Lead]:
    """The cores whose own seat the person holds; a delegation is no seat."""
    granted = permissions_of(user, within=alliance)
    return [lead for lead in Lead if DECIDES[lead] in granted]


def leads_of(
    user: User, alliance: Alliance, given: list[Delegation] | None = None
) -> dict[Lead, Delegation | None]:
    """For which of the two cores the person may answer here today, and by which delegation.

    ``given`` is :func:`delegations_to` them, where the caller has it.
    """
    held = seats_held(user, alliance)
    if given is None:
        given = delegations_to(user)
    by_delegation = {
        lead: found
        for lead in Lead
        if lead not in held and (found := delegation_to(user, lead, alliance, given))
    }
    return dict.fromkeys(held) | by_delegation


def delegations_to(user: User) -> list[Delegation]:
    """The delegations to a person that run today, of all alliances."""
    return list(Delegation.objects.current().filter(delegate=user).select_related("giver"))


def delegation_to(
    user: User, lead: Lead, alliance: Alliance, given: list[Delegation] | None = None
) -> Delegation | None:
    """The delegation by which the person decides for a core today.

    It lapses by itself when the giver leaves the seat, when the delegate leaves the lead body or
    comes to act for the other core.
    """
    if given is None:
        given = delegations_to(user)
    found = [one for one in given if one.alliance_id == alliance.pk]
    # Few have one, and every page of the desk asks: the other facts are read only if needed.
    if not found or any(one.lead != lead for one in found):
        return None
    if not could_be_delegate(user, lead, alliance):
        return None
    return next((one for one in found if lead in seats_held(one.giver, alliance)), None)


def is_delegate(user: User) -> bool:
    """Whether the person may decide for a core today in anybody's place."""
    return Delegation.objects.current().filter(delegate=user).exists()


def could_be_delegate(user: User, lead: Lead, alliance: Alliance) -> bool:
    """Whether a delegation to the person can count: a colleague who has no part on another side."""
    closed = {Role.SECRETARIAT, *LEADS} - {SEATS[lead]}
    if not user.is_active or user.platform_roles:
        return False
    held, body = alliance.seats_held(user), body_of(alliance, lead)
    is_colleague = any(seat.organisation_id == body.pk for seat in held)
    return is_colleague and not closed & {Role(seat.role) for seat in held}


def colleagues(alliance: Alliance, lead: Lead) -> QuerySet[User]:
    """People who hold any seat here for the lead body."""
    seats = alliance.appointments.current().filter(organisation=body_of(alliance, lead))
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def deciders(alliance: Alliance, lead: Lead) -> list[User]:
    """Everybody who may answer for a core today: holders of its seat, and their delegates."""
    given = alliance.delegations.current().filter(lead=lead).select_related("delegate")
    delegates = [one.delegate for one in given if delegation_to(one.delegate, lead, alliance)]
    return list(dict.fromkeys([*people_with(alliance, SEATS[lead]), *delegates]))


def possible_delegates(giver: User, lead: Lead, alliance: Alliance) -> list[User]:
    """Whom the holder of a seat can choose from."""
    others = list(colleagues(alliance, lead).exclude(pk=giver.pk).order_by("display_name"))
    keep_seats_of(others)
    elsewhere = set(
        alliance.delegations.filter(revoked_at=None, until_on__gte=today())
        .exclude(lead=lead)
        .values_list("delegate", flat=True)
    )
    return [
        user
        for user in others
        if user.pk not in elsewhere and could_be_delegate(user, lead, alliance)
    ]


def may_decide_somewhere(user: User) -> Q:
    """Condition on an alliance's rows: the person has a lead's seat or a delegation there.

    Few have; whether it counts today, ``leads_of`` tells.
    """
    seats = Appointment.objects.current().filter(user=user, role__in=[lead.value for lead in LEADS])
    delegations = Delegation.objects.current().filter(delegate=user)
    return Q(alliance__in=seats.values("alliance")) | Q(alliance__in=delegations.values("alliance"))


def delegations_in(alliance: Alliance) -> QuerySet[Delegation]:
    """Every delegation ever made here, the newest first; members may know who decides."""
    return alliance.delegations.select_related("giver", "delegate", "alliance")
