"""Steps that several actions share, inside the transaction of the one that asked permission."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import LEADS, OF_AN_ORGANISATION, Role
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    Invitation,
    Membership,
    Organisation,
    today,
)
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

INVITATION_DAYS = 14

#: Who prepares a decision does not take it, and the two cores are two people.
_NOT_TOGETHER = (
    {Role.SECRETARIAT, Role.LEAD_A},
    {Role.SECRETARIAT, Role.LEAD_B},
    {Role.SECRETARIAT, Role.LIAISON},
    {Role.SECRETARIAT, Role.SIGNATORY},
    {Role.LEAD_A, Role.LEAD_B},
    {Role.LIAISON, Role.REVIEWER},
)
#: The platform's own people decide nothing and promise nothing; an auditor runs nothing either.
_CLOSED_TO = {
    Role.ADMINISTRATOR: {*LEADS, *OF_AN_ORGANISATION, Role.REVIEWER},
    Role.AUDITOR: {*LEADS, *OF_AN_ORGANISATION, Role.SECRETARIAT, Role.REVIEWER},
}


def apply_facts(row: models.Model, facts: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the fields that differ and save; returns ``{field: [before, after]}``."""
    change = {}
    for field, value in facts.items():
        before = getattr(row, field)
        if before != value:
            change[field] = [before, value]
            setattr(row, field, value)
    if change:
        row.save()
    return change


def create_organisation(
    by: User | None, alliance: Alliance | None, facts: dict[str, Any]
) -> Organisation:
    taken = Organisation.objects.filter(name=facts["name"]).exists()
    refuse_unless(not taken, _("已有名为“%(name)s”的单位。") % facts)
    organisation = Organisation.objects.create(**facts)
    record(
        by,
        "organisation.entered",
        organisation,
        within=alliance,
        organisation=organisation,
        change={key: value for key, value in facts.items() if value not in ("", None)},
    )
    return organisation


def enter_membership(
    alliance: Alliance,
    organisation: Organisation,
    by: User | None,
    category: str,
    state: str,
    from_on: date | None,
    note: str = "",
) -> Membership:
    membership = Membership.objects.create(
        alliance=alliance,
        organisation=organisation,
        category=category,
        state=state,
        from_on=from_on,
        note=note,
    )
    record(
        by,
        f"membership.{state}",
        membership,
        within=alliance,
        organisation=organisation,
        change={"category": category, "from_on": from_on},
    )
    return membership


def take_seat(
    alliance: Alliance,
    user: User,
    role: Role,
    organisation: Organisation | None,
    by: User | None,
) -> Appointment:
    if role in OF_AN_ORGANISATION:
        refuse_unless(organisation, _("请选择所代表的单位。"))
        current = alliance.memberships.filter(
            organisation=organisation, state__in=["applied", "admitted"]
        )
        refuse_unless(current.exists(), _("该单位不是本联盟成员。"))
    held = alliance.appointments.current().filter(
        user=user, role=role.value, organisation=organisation
    )
    refuse_unless(not held.exists(), _("%(who)s 已担任该职。") % {"who": user})
    _refuse_conflicting(alliance, user, role)
    seat = Appointment.objects.create(
        alliance=alliance, user=user, role=role.value, organisation=organisation, from_on=today()
    )
    record(
        by,
        "appointment.made",
        seat,
        within=alliance,
        organisation=organisation,
        change={"user": user.username, "role": role.value},
    )
    return seat


def _refuse_conflicting(alliance: Alliance, user: User, role: Role) -> None:
    # Locked, so that two seats given at the same moment cannot slip past each other.
    user = User.objects.select_for_update().get(pk=user.pk)
    for other in (*user.platform_roles, *alliance.roles_of(user)):
        refuse_unless(
            {role, other} not in _NOT_TOGETHER and role not in _CLOSED_TO.get(other, ()),
            _("%(who)s 现任“%(other)s”，不能兼任“%(role)s”。请另选一人，或先结束现任职。")
            % {"who": user, "other": other.label, "role": role.label},
        )


def end_seat(seat: Appointment, alliance: Alliance, by: User | None) -> None:
    seat.until_on = today()
    seat.save(update_fields=["until_on"])
    record(by, "appointment.ended", seat, within=alliance, organisation=seat.organisation)


def close_doors(alliance: Alliance, organisation: Organisation, by: User | None) -> None:
    """The organisation's seats end, and links not yet used no longer open."""
    for seat in alliance.appointments.current().filter(organisation=organisation):
        end_seat(seat, alliance, by)
    alliance.invitations.filter(organisation=organisation, used_at=None).update(expires_at=now())


def send_invitation(
    alliance: Alliance, organisation: Organisation | None, email: str, by: User | None
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(24)
    inviter = found_or_refused(
        by or secretariat_of(alliance).first(), _("联盟还没有秘书处人员，不能发出邀请。")
    )
    invitation = Invitation.objects.create(
        alliance=alliance,
        organisation=organisation,
        email=email,
        token_hash=hash_of(token),
        created_by=inviter,
        expires_at=now() + timedelta(days=INVITATION_DAYS),
    )
    record(by, "invitation.made", invitation, within=alliance, organisation=organisation)
    path = f"/join/{token}/"
    if email:
        text = gettext("“%(alliance)s”邀请贵单位加入。请在 %(days)s 天内打开：%(url)s") % {
            "alliance": alliance.name,
            "days": INVITATION_DAYS,
            "url": settings.SITE_URL + path,
        }
        message = EmailMessage(subject=" ".join(str(alliance).split()), body=text, to=[email])
        # A mail server that is down must not undo what the person saw succeed.
        transaction.on_commit(message.send, robust=True)
    return invitation, path


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def secretariat_of(alliance: Alliance) -> models.QuerySet[User]:
    seats = alliance.appointments.current().filter(role=Role.SECRETARIAT.value)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)
