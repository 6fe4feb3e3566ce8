"""Accounts, seats and their handover."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import create_user, notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    Organisation,
    today,
)
from binglian.domain.alliance.queries import liaison_officers, people_with, signatories
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import (
    end_seat,
    take_seat,
)

#: Told to who takes over; kept as a source, rendered in both languages.
_HANDED_OVER = gettext_noop(
    "您接任“%(organisation)s”在“%(alliance)s”的联络员，原有事项由您继续办理。"
)

#: Told to the leads: nobody becomes one of the two cores unseen by the other.
_LEAD_SEATED = gettext_noop(
    "“%(who)s”现任“%(alliance)s”的%(role)s。如非贵单位所派，请与秘书处核对。"
)

#: Told to the organisation: nobody comes to sign for it unseen.
_SIGNATORY_SEATED = gettext_noop(
    "“%(who)s”现可代表“%(organisation)s”在“%(alliance)s”确认协议。如非贵单位授权，请立即告知牵头单位。"
)


@transaction.atomic
def open_account(
    *,
    alliance: Alliance | None,
    by: User,
    username: str,
    email: str,
    display_name: str = "",
    platform_role: str = "",
) -> User:
    """Open a sign-in for somebody who is to hold a seat; they set the password by mail.

    Only the platform itself, ``alliance=None``, gives a platform role.
    """
    if alliance is None or platform_role:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    else:
        require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    user = create_user(
        username=username, email=email, display_name=display_name, platform_role=platform_role
    )
    change = {"platform_role": platform_role} if platform_role else None
    record(by, "account.opened", user, within=alliance, change=change)
    return user


@transaction.atomic
def open_platform_account(*, username: str, email: str, password: str, platform_role: str) -> User:
    """The operator, who holds the machine, opens the first administrator's or auditor's account."""
    user = create_user(
        username=username, email=email, password=password, platform_role=platform_role
    )
    record(None, "account.opened", user, change={"platform_role": platform_role})
    return user


@transaction.atomic
def appoint(
    *,
    alliance: Alliance,
    user: User,
    role: Role,
    by: User,
    organisation: Organisation | None = None,
) -> Appointment:
    """Give a person a seat. A lead's seat is always that of the lead body.

    The secretariat works for both cores and so does not choose who they are: lead seats are
    given by the platform administrator, on the lead bodies' word.
    """
    _require_right_over(role, alliance, by)
    refuse_unless(not role.is_on_platform, _("平台角色不在联盟内任命。"))
    if role in LEADS:
        organisation = alliance.lead_a if role is Role.LEAD_A else alliance.lead_b
    seat = take_seat(alliance, user, role, organisation, by)
    if role in LEADS:
        notify(
            people_with(alliance, *LEADS).exclude(pk=user.pk),
            key=f"seat:{seat.pk}",
            message=_LEAD_SEATED,
            facts={"who": user, "alliance": alliance.name, "role": role.label},
            url=f"/a/{alliance.slug}/seats/",
        )
    if role is Role.SIGNATORY and organisation is not None:
        _tell_of_signatory(alliance, organisation, user)
    return seat


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: User) -> None:
    """A person gives a seat up from today."""
    _require_right_over(Role(appointment.role), appointment.alliance, by)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    refuse_unless(appointment.until_on is None, _("该任职已结束。"))
    end_seat(appointment, appointment.alliance, by)


def _tell_of_signatory(alliance: Alliance, organisation: Organisation, user: User) -> None:
    """The organisation's own people hear who may now bind it; without any, the leads do."""
    own = liaison_officers(alliance, organisation) | signatories(alliance, organisation)
    told = own.exclude(pk=user.pk).distinct()
    notify(
        told if told.exists() else people_with(alliance, *LEADS),
        key=f"signatory:{alliance.pk}:{organisation.pk}:{user.pk}:{today()}",
        message=_SIGNATORY_SEATED,
        facts={"who": user, "organisation": organisation.name, "alliance": alliance.name},
        url=f"/a/{alliance.slug}/seats/",
    )


def _require_right_over(role: Role, alliance: Alliance, by: User) -> None:
    if role in LEADS:
        require_permission(by, Permission.APPOINT_LEADS, within=None)
    else:
        require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)


@transaction.atomic
def hand_over(
    *, alliance: Alliance, organisation: Organisation, leaving: User, taking_over: User, by: User
) -> Appointment:
    """One liaison officer gives the seat to another in one step (交接).

    Nothing else moves: offers, needs and commitments belong to the organisation.
    """
    require_permission(by, Permission.HAND_OVER, within=alliance.seat_of(organisation))
    held = alliance.appointments.current().filter(
        user=leaving, organisation=organisation, role=Role.LIAISON.value
    )
    seat = found_or_refused(held.first(), _("%(who)s 不是该单位的联络员。") % {"who": leaving})
    refuse_unless(leaving != taking_over, _("请选择另一位接手人。"))
    end_seat(seat, alliance, by)
    new_seat = take_seat(alliance, taking_over, Role.LIAISON, organisation, by)
    notify(
        [taking_over],
        key=f"handover:{new_seat.pk}",
        message=_HANDED_OVER,
        facts={"organisation": organisation.name, "alliance": alliance.name},
        url="/",
    )
    return new_seat
