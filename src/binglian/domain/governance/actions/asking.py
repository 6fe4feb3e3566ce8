"""Asking the leads, and taking the ask back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, Scope, require_permission
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import may_withdraw, open_decision
from binglian.domain.governance.reserved import leads_needed, reserved_act
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .settling import (
    frozen_changes,
    locked,
    locked_alliance,
    put_in_force,
    settle,
    tell,
    tell_deciders,
)


@transaction.atomic
def ask_decision(
    *,
    alliance: Alliance,
    act: str,
    object_ids: list[int],
    by: User,
    permission: Permission,
    within: Scope | None = None,
) -> Decision:
    """Put a reserved act before the leads the alliance's table names for it.

    Where the table names none, it takes effect at once. ``permission`` is what the asking
    subject requires of the asker, ``within`` the alliance or one organisation's seat in it.
    """
    require_permission(by, permission, within=within or alliance)
    # Asked one at a time, or a double click asks twice.
    alliance = locked_alliance(alliance)
    kind = reserved_act(act)
    refuse_unless(object_ids, _("没有可提请的内容。"))
    kind.hold(object_ids)
    already = any(open_decision(alliance, act, pk) for pk in object_ids)
    refuse_unless(not already, _("已提请，正等牵头单位答复。"))
    decision = Decision.objects.create(
        alliance=alliance,
        act=act,
        object_ids=object_ids,
        reserved_for=leads_needed(alliance, act),
        digest=kind.digest(object_ids),
        changes=frozen_changes(act, object_ids),
        asked_by=by,
        answer_due_on=add_working_days(today(), alliance.decision_days),
    )
    change = {"digest": decision.digest, "leads": decision.reserved_for}
    record(by, "decision.asked", decision, within=alliance, change=change)
    if decision.reserved_for:
        tell_deciders(decision)
    else:
        put_in_force(decision)
    return decision


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: User) -> Decision:
    """The asker takes the ask back; nothing else changes, and it may be asked again."""
    decision = locked(decision)
    refuse_unless(decision.is_open, _("这项决定已办结。"))
    if not may_withdraw(by, decision):
        raise PermissionDenied(_("只有提请人可以撤回。"))
    answered = {answer.by for answer in decision.approvals.select_related("by")}
    settle(decision, Decision.State.WITHDRAWN, by)
    tell(decision, "withdrawn", answered)
    return decision
