"""Proposing, admitting, refusing and withdrawing members."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import (
    Alliance,
    Application,
    Membership,
    Organisation,
    today,
)
from binglian.domain.alliance.words import NOBODY
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .steps import (
    apply_facts,
    close_doors,
    enter_membership,
    send_invitation,
)


@transaction.atomic
def propose_member(
    *,
    alliance: Alliance,
    organisation: Organisation,
    category: str,
    by: User,
    from_on: date | None = None,
    note: str = "",
) -> Membership:
    """Put an organisation forward for admission; ``from_on`` is the day it is to count from."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    codes = {word.code for word in alliance.category_words()}
    refuse_unless(category in codes, _("没有这一成员类别：%(code)s。") % {"code": category})
    current = alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    )
    refuse_unless(not current.exists(), _("该单位已是成员或正待批准。"))
    return enter_membership(
        alliance, organisation, by, category, Membership.State.APPLIED, from_on, note
    )


@transaction.atomic
def admit_members(*, memberships: Iterable[Membership], by: User | None) -> list[Membership]:
    """Let applicants in. ``by`` is ``None`` when a decision of both leads puts it in force."""
    admitted = []
    for membership in memberships:
        alliance = membership.alliance
        if by is not None:
            require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
            is_free = alliance.reserved_for("alliance.admission") == NOBODY
            refuse_unless(is_free, _("接纳成员须牵头单位同意。"))
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        is_open = membership.state == Membership.State.APPLIED
        refuse_unless(is_open, _("“%(who)s”的申请已办结。") % {"who": membership})
        membership.state = Membership.State.ADMITTED
        membership.from_on = membership.from_on or today()
        membership.save(update_fields=["state", "from_on"])
        record(
            by,
            "membership.admitted",
            membership,
            within=alliance,
            organisation=membership.organisation,
            change={"from_on": membership.from_on},
        )
        application = Application.objects.filter(membership=membership).first()
        if application:
            send_invitation(alliance, membership.organisation, application.email, None)
        admitted.append(membership)
    return admitted


@transaction.atomic
def refuse_members(*, memberships: Iterable[Membership], by: User | None) -> None:
    """The leads did not agree; seats end, and the organisations may be proposed again."""
    for membership in memberships:
        if by is not None:
            require_permission(by, Permission.MANAGE_MEMBERS, within=membership.alliance)
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if membership.state != Membership.State.APPLIED:
            continue
        membership.state = Membership.State.REFUSED
        membership.save(update_fields=["state"])
        close_doors(membership.alliance, membership.organisation, by)
        record(by, "membership.refused", membership, within=membership.alliance)


@transaction.atomic
def withdraw_member(*, membership: Membership, by: User, reason: str = "") -> Membership:
    """An organisation leaves; its seats end, what it still owes stays on record."""
    alliance = membership.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    refuse_unless(membership.state == Membership.State.ADMITTED, _("该单位不是现有成员。"))
    is_lead = membership.organisation_id in alliance.lead_ids
    refuse_unless(not is_lead, _("牵头单位不能退出。"))
    membership.state, membership.until_on = Membership.State.WITHDRAWN, today()
    membership.note = reason or membership.note
    membership.save(update_fields=["state", "until_on", "note"])
    close_doors(alliance, membership.organisation, by)
    record(
        by,
        "membership.withdrawn",
        membership,
        within=alliance,
        organisation=membership.organisation,
        change={"reason": reason},
    )
    return membership


@transaction.atomic
def change_membership(*, membership: Membership, by: User, **facts: Any) -> Membership:
    """Correct the ``category``, ``from_on`` or ``note`` of a current member.

    A decision on its admission that is still open lapses when the category changes.
    """
    alliance = membership.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    refuse_unless(not facts.keys() - {"category", "from_on", "note"}, _("这些内容不能在这里修改。"))
    codes = {word.code for word in alliance.category_words()}
    known = facts.get("category", membership.category) in codes
    refuse_unless(known, _("没有这一成员类别：%(code)s。") % {"code": facts.get("category")})
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    is_current = membership.state in (Membership.State.APPLIED, Membership.State.ADMITTED)
    refuse_unless(is_current, _("该单位不是现有成员。"))
    change = apply_facts(membership, facts)
    if change:
        record(
            by,
            "membership.changed",
            membership,
            within=alliance,
            organisation=membership.organisation,
            change=change,
        )
    return membership
