"""Entering organisations and correcting what is known of them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import (
    Alliance,
    Membership,
    Organisation,
)
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .steps import (
    apply_facts,
    create_organisation,
)


@transaction.atomic
def enter_organisation(*, by: User, alliance: Alliance | None, **facts: Any) -> Organisation:
    """Enter a new organisation. ``alliance`` is where the person's permission comes from."""
    if alliance is None:
        require_permission(by, Permission.MANAGE_PLATFORM, within=None)
    else:
        require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    return create_organisation(by, alliance, facts)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, alliance: Alliance, by: User, **facts: Any
) -> Organisation:
    """Correct what is known of an organisation; says in the ledger what was before."""
    require_permission(by, Permission.EDIT_ORGANISATION, within=alliance.seat_of(organisation))
    own = organisation.memberships.filter(alliance=alliance)
    refuse_unless(own.exists(), _("该单位不在本联盟。"))
    # Putting an organisation forward must not be a way to rewrite another alliance's member.
    elsewhere = organisation.memberships.exclude(alliance=alliance)
    is_foreign = (
        elsewhere.filter(state=Membership.State.ADMITTED).exists()
        and not own.filter(state=Membership.State.ADMITTED).exists()
    )
    refuse_unless(not is_foreign, _("该单位是其他联盟的成员，加入本联盟后才能在这里修改。"))
    if "name" in facts and facts["name"] != organisation.name:
        taken = Organisation.objects.filter(name=facts["name"]).exists()
        refuse_unless(not taken, _("已有名为“%(name)s”的单位。") % facts)
    change = apply_facts(organisation, facts)
    if change:
        record(
            by,
            "organisation.changed",
            organisation,
            within=alliance,
            organisation=organisation,
            change=change,
        )
    return organisation
