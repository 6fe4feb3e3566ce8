"""Asking both leads, and their answers."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, Scope, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.models import Approval, Decision, Lead
from binglian.domain.governance.queries import open_decision
from binglian.domain.governance.reserved import reserved_act
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

_TOLD = {
    "asked": gettext_noop("“%(alliance)s”有一项决定等您答复：%(act)s。"),
    "in_force": gettext_noop("“%(alliance)s”的决定已生效：%(act)s。"),
    "refused": gettext_noop("“%(alliance)s”的决定未获同意：%(act)s。"),
    "lapsed": gettext_noop("“%(alliance)s”的决定因内容已变而作废：%(act)s。"),
}


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
    """Put a reserved act before both leads.

    Where the alliance has not reserved the act, it takes effect at once.
    ``permission`` is what the asking subject requires of the asker, ``within`` the alliance or
    one organisation's seat in it.
    """
    require_permission(by, permission, within=within or alliance)
    # Asked one at a time, or a double click asks twice.
    alliance = Alliance.objects.select_for_update().get(pk=alliance.pk)
    kind = reserved_act(act)
    refuse_unless(object_ids, _("没有可提请的内容。"))
    already = any(open_decision(alliance, act, pk) for pk in object_ids)
    refuse_unless(not already, _("已提请，正等两个牵头单位答复。"))
    decision = Decision.objects.create(
        alliance=alliance,
        act=act,
        object_ids=object_ids,
        digest=kind.digest(object_ids),
        asked_by=by,
    )
    record(by, "decision.asked", decision, within=alliance, change={"digest": decision.digest})
    if act in alliance.reserved:
        _tell(decision, "asked", Role.LEAD_A, Role.LEAD_B)
    else:
        _put_in_force(decision)
    return decision


def answer_decision(
    *, decision: Decision, lead: Lead, is_yes: bool, by: User, note: str = ""
) -> Decision:
    """One lead approves or refuses; with both approvals the act takes effect.

    Raises
    ------
    PermissionDenied
        ``by`` does not hold the seat of this lead.
    ActionRefused
        Answered or settled before, answered by the same person for the other lead, or the
        thing decided upon has changed since it was asked: then the decision lapses.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update().get(pk=decision.pk)
        what = Permission.DECIDE_AS_LEAD_A if lead == Lead.A else Permission.DECIDE_AS_LEAD_B
        require_permission(by, what, within=decision.alliance)
        refuse_unless(decision.state == Decision.State.ASKED, _("这项决定已办结。"))
        answers = list(decision.approvals.all())
        answered = any(answer.lead == lead for answer in answers)
        refuse_unless(not answered, _("%(lead)s已答复。") % {"lead": lead.label})
        same = any(answer.by_id == by.pk for answer in answers)
        refuse_unless(not same, _("同一人不能代表两个牵头单位。"))
        refuse_unless(is_yes or note.strip(), _("请写明不同意的理由。"))

        kind = reserved_act(decision.act)
        has_changed = kind.digest(decision.object_ids) != decision.digest
        if has_changed:
            _settle(decision, Decision.State.LAPSED, by)
        else:
            Approval.objects.create(decision=decision, lead=lead, by=by, is_yes=is_yes, note=note)
            record(
                by,
                "decision.approved" if is_yes else "decision.refused",
                decision,
                within=decision.alliance,
                organisation=_lead_body(decision.alliance, lead),
                change={"lead": lead.value, "note": note},
            )
            if not is_yes:
                _settle(decision, Decision.State.REFUSED, by)
                kind.refuse(decision.object_ids)
            elif {answer.lead for answer in answers} | {lead.value} == set(Lead.values):
                _put_in_force(decision)
    # Outside the transaction: the lapse itself must stay.
    refuse_unless(not has_changed, _("内容在提请后已变动，原决定作废，请重新提请。"))
    return decision


def _put_in_force(decision: Decision) -> None:
    reserved_act(decision.act).put_in_force(decision.object_ids)
    _settle(decision, Decision.State.IN_FORCE, None)


def _settle(decision: Decision, state: Decision.State, by: User | None) -> None:
    decision.state, decision.settled_at = state, now()
    decision.save(update_fields=["state", "settled_at"])
    record(by, f"decision.{state.value}", decision, within=decision.alliance)
    _tell(decision, state.value, Role.SECRETARIAT)


def _tell(decision: Decision, what: str, *roles: Role) -> None:
    notify(
        people_with(decision.alliance, *roles),
        key=f"decision:{decision.pk}:{what}",
        message=_TOLD[what],
        facts={
            "alliance": decision.alliance.name,
            "act": reserved_act(decision.act).label,
        },
        url=f"/a/{decision.alliance.slug}/decisions/{decision.pk}/",
    )


def _lead_body(alliance: Alliance, lead: Lead) -> Organisation:
    return alliance.lead_a if lead == Lead.A else alliance.lead_b
