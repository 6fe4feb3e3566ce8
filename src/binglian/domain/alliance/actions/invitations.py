"""Links by which an organisation joins or its liaison officer takes the seat."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import create_user
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    Invitation,
    Membership,
    Organisation,
)
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import (
    create_organisation,
    enter_membership,
    hash_of,
    send_invitation,
    take_seat,
)


@transaction.atomic
def invite(
    *, alliance: Alliance, by: User, email: str = "", organisation: Organisation | None = None
) -> tuple[Invitation, str]:
    """Make a link by which an organisation joins or its liaison officer takes the seat.

    Returns the invitation and the link's path; only its hash is kept, so show it now.
    """
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    return send_invitation(alliance, organisation, email, by)


@transaction.atomic
def accept_invitation(
    *,
    token: str,
    by: User,
    category: str = "",
    **organisation_facts: Any,
) -> Appointment | Membership:
    """Use a link: take the seat of an invited organisation, or put a new one forward.

    A new organisation is put forward together with its liaison officer; the seat counts at
    once, the membership after admission.
    """
    invitation = open_invitation(token)
    alliance, organisation = invitation.alliance, invitation.organisation
    if organisation is None:
        organisation = create_organisation(by, alliance, organisation_facts)
        codes = {word.code for word in alliance.category_words()}
        refuse_unless(category in codes, _("请选择成员类别。"))
        enter_membership(alliance, organisation, by, category, Membership.State.APPLIED, None)
    elif not alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    ).exists():
        enter_membership(
            alliance, organisation, by, category or "other", Membership.State.APPLIED, None
        )
    invitation.used_at, invitation.used_by = now(), by
    invitation.save(update_fields=["used_at", "used_by"])
    record(by, "invitation.used", invitation, within=alliance, organisation=organisation)
    return take_seat(alliance, by, Role.LIAISON, organisation, by)


@transaction.atomic
def open_account_by_invitation(
    *, token: str, username: str, email: str, display_name: str, password: str
) -> User:
    """An invited person without an account opens one; the link stays good for the seat."""
    invitation = open_invitation(token)
    user = create_user(username=username, email=email, display_name=display_name, password=password)
    record(user, "account.opened", user, within=invitation.alliance)
    return user


def open_invitation(token: str) -> Invitation:
    """The unused, unexpired invitation of a link; refuses with the remedy otherwise."""
    still_good = Invitation.objects.select_for_update(of=("self",)).filter(
        token_hash=hash_of(token), used_at=None, expires_at__gt=now()
    )
    return found_or_refused(
        still_good.first(), _("邀请链接无效、已使用或已过期，请向秘书处索取新链接。")
    )
