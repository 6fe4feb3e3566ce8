"""Steps of a decision's life that several actions share, inside their transaction."""

from typing import Any

from django.utils.functional import lazy
from django.utils.timezone import now
from django.utils.translation import gettext_noop, override

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import deciders
from binglian.domain.governance.reserved import leads_needed, reserved_act
from binglian.domain.ledger.actions import record

_TOLD = {
    "asked": gettext_noop("“%(alliance)s”有一项决定等您答复：%(act)s。"),
    "in_force": gettext_noop("“%(alliance)s”的决定已生效：%(act)s。"),
    "refused": gettext_noop("“%(alliance)s”的决定未获同意：%(act)s。"),
    "lapsed": gettext_noop("“%(alliance)s”的决定因内容已变而作废：%(act)s。变动：%(what)s"),
    "withdrawn": gettext_noop("“%(alliance)s”的提请已撤回：%(act)s。"),
}


def locked_alliance(alliance: Alliance) -> Alliance:
    """Asking, answering and changing the table go one at a time in an alliance.

    Always locked first. Not as a key, so that rows pointing to it can be written meanwhile.
    """
    return Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)


def locked(decision: Decision) -> Decision:
    """The decision as it is now, in an alliance as it is now."""
    alliance = locked_alliance(decision.alliance)
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    decision.alliance = alliance
    return decision


def frozen_changes(act: str, object_ids: list[int]) -> dict[str, list[list[str]]]:
    """What a decision would change, in both languages, to be kept with it."""
    frozen = {}
    for language in ("zh-hans", "en"):
        with override(language):
            lines = reserved_act(act).changes(object_ids)
            frozen[language] = [[line.label, line.before, line.after] for line in lines]
    return frozen


def put_in_force(decision: Decision) -> None:
    """Carry the act out; what was approved, and by whom, goes on record with it."""
    reserved_act(decision.act).put_in_force(decision.object_ids)
    approvals = {answer.lead: answer.by.username for answer in decision.approvals.all()}
    settle(decision, Decision.State.IN_FORCE, None, approvals=approvals)


def lapse_if_changed(decision: Decision, by: User | None) -> bool:
    """Whether the thing, or who must approve it, has changed since it was asked; then it lapses."""
    kind = reserved_act(decision.act)
    kind.hold(decision.object_ids)
    is_same = kind.digest(decision.object_ids) == decision.digest
    if is_same and leads_needed(decision.alliance, decision.act) == decision.reserved_for:
        return False
    decision.changes_at_lapse = frozen_changes(decision.act, decision.object_ids)
    decision.save(update_fields=["changes_at_lapse"])
    settle(decision, Decision.State.LAPSED, by)
    return True


def settle(decision: Decision, state: Decision.State, by: User | None, **change: Any) -> None:
    """Close the decision, and tell the secretariat and the asker."""
    decision.state, decision.settled_at = state, now()
    decision.save(update_fields=["state", "settled_at"])
    change["digest"] = decision.digest
    record(by, f"decision.{state.value}", decision, within=decision.alliance, change=change)
    told = {*people_with(decision.alliance, Role.SECRETARIAT), decision.asked_by}
    tell(decision, state.value, told)


def tell_deciders(decision: Decision) -> None:
    """Whoever may answer hears that they are asked."""
    tell(
        decision,
        "asked",
        {user for lead in decision.leads for user in deciders(decision.alliance, lead)},
    )


def tell(decision: Decision, what: str, users: set[User]) -> None:
    notify(
        users,
        key=f"decision:{decision.pk}:{what}",
        message=_TOLD[what],
        facts={
            "alliance": decision.alliance.name,
            "act": reserved_act(decision.act).label,
            "what": _changed(decision),
        },
        url=address_of(decision),
    )


def address_of(decision: Decision) -> str:
    return f"/a/{decision.alliance.slug}/decisions/{decision.pk}/"


def _what_changed(decision: Decision) -> str:
    lines = [
        f"{change.label}：{change.before or '—'} → {change.after or '—'}"
        for change in decision.changed_since_asked()
    ]
    return "；".join(lines) or "—"


#: Written out in whichever language the notice is.
_changed = lazy(_what_changed, str)
