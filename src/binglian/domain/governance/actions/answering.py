"""The leads' answers."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import require_permission
from binglian.domain.governance.models import Approval, Decision, Delegation, Lead
from binglian.domain.governance.queries import delegation_to, seats_held
from binglian.domain.governance.queries.decisions import has_part_in
from binglian.domain.governance.queries.leads import DECIDES
from binglian.domain.governance.reserved import reserved_act
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .settling import lapse_if_changed, locked, put_in_force, settle


def answer_decision(
    *, decision: Decision, lead: Lead, is_yes: bool, by: User, note: str = ""
) -> Decision:
    """One lead approves or refuses; once all whom it is reserved for approved, it takes effect.

    Raises
    ------
    PermissionDenied
        ``by`` neither holds the seat of this lead nor has its delegation today.
    ActionRefused
        Not asked of this lead; answered or settled before; answered by, or for, the same person
        for the other lead; or the thing decided upon, or who must approve it, has changed since
        it was asked: then the decision lapses.
    """
    with transaction.atomic():
        decision = locked(decision)
        delegation = _authority(decision, lead, by)
        refuse_unless(decision.is_open, _("这项决定已办结。"))
        refuse_unless(
            lead in decision.leads, _("这项决定不须%(lead)s答复。") % {"lead": lead.label}
        )
        refuse_unless(lead in decision.awaited, _("%(lead)s已答复。") % {"lead": lead.label})
        answers = list(decision.approvals.select_related("delegation"))
        is_other = not has_part_in(answers, by, delegation)
        refuse_unless(is_other, _("同一人不能代表两个牵头单位。"))
        refuse_unless(is_yes or note.strip(), _("请写明不同意的理由。"))
        has_lapsed = lapse_if_changed(decision, by)
        if not has_lapsed:
            _answer(decision, lead, delegation, is_yes, by, note.strip())
    # Outside the transaction: the lapse itself must stay.
    refuse_unless(not has_lapsed, _("内容在提请后已变动，原决定作废，请重新提请。"))
    return decision


def _authority(decision: Decision, lead: Lead, by: User) -> Delegation | None:
    """The delegation ``by`` acts under; none for the holder of the seat."""
    alliance = decision.alliance
    # Held, so that nobody loses the seat between this look and the answer.
    list(alliance.appointments.current().filter(user=by).select_for_update())
    delegation = None if lead in seats_held(by, alliance) else delegation_to(by, lead, alliance)
    if delegation is None:
        require_permission(by, DECIDES[lead], within=alliance)
    return delegation


def _answer(
    decision: Decision,
    lead: Lead,
    delegation: Delegation | None,
    is_yes: bool,
    by: User,
    note: str,
) -> None:
    Approval.objects.create(
        decision=decision, lead=lead, by=by, delegation=delegation, is_yes=is_yes, note=note
    )
    change: dict[str, Any] = {"lead": lead.value, "note": note, "digest": decision.digest}
    if delegation:
        change |= {"for": delegation.giver.username, "delegation": delegation.pk}
    record(
        by,
        "decision.approved" if is_yes else "decision.refused",
        decision,
        within=decision.alliance,
        organisation=decision.body_of(lead),
        change=change,
    )
    if not is_yes:
        settle(decision, Decision.State.REFUSED, by)
        reserved_act(decision.act).refuse(decision.object_ids)
    elif not decision.awaited:
        put_in_force(decision)
