"""Changing the table of reserved acts: itself always for both leads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.words import BOTH, NOBODY
from binglian.domain.governance.models import Decision, RuleChange
from binglian.domain.governance.reserved import (
    Change,
    ReservedAct,
    leads_needed,
    register,
    reserved_acts,
)
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.chain import digest_of
from binglian.domain.refusals import refuse_unless

from .asking import ask_decision
from .settling import lapse_if_changed, locked_alliance

RULES = "governance.rules"
#: Whose approval an act needs, in words.
RESERVED_FOR = {
    BOTH: _("两个牵头单位"),
    "a": _("牵头单位甲"),
    "b": _("牵头单位乙"),
    NOBODY: pgettext_lazy("reserved for", "不须提请"),
}


@transaction.atomic
def ask_rule_change(
    *,
    alliance: Alliance,
    reserved: Mapping[str, str],
    decision_days: int,
    large_from: Decimal | None,
    by: User,
    why: str = "",
) -> Decision:
    """Ask both leads for another table: act → letters of the leads, term, threshold.

    ``decision_days`` are working days, ``large_from`` yuan; acts left out keep their row. Raises
    ``ActionRefused`` for an act that is not known or stays with both, a change that changes
    nothing, or while another one is open.
    """
    alliance = locked_alliance(alliance)
    known = {act.code for act in reserved_acts() if not act.is_fixed}
    unknown = [act for act in reserved if act not in known]
    refuse_unless(not unknown, _("这些事项不能调整：%(acts)s。") % {"acts": "、".join(unknown)})
    refuse_unless(set(reserved.values()) <= set(RESERVED_FOR), _("请为每个事项选择由谁同意。"))
    refuse_unless(1 <= decision_days <= 60, _("答复期限须为 1 至 60 个工作日。"))
    refuse_unless(large_from is None or large_from > 0, _("大额承诺起点须大于零。"))
    wanted = {
        "reserved": {**alliance.reserved, **reserved},
        "decision_days": decision_days,
        "large_from": None if large_from is None else str(Decimal(large_from).quantize(_CENT)),
    }
    open_ones = alliance.decisions.filter(act=RULES, state=Decision.State.ASKED)
    refuse_unless(not open_ones.exists(), _("已有一项调整在等两个牵头单位答复。"))
    change = RuleChange(alliance=alliance, wanted=wanted, why=why.strip(), asked_by=by)
    refuse_unless(_lines(change), _("与现行的表没有不同。"))
    change.save()
    return ask_decision(
        alliance=alliance,
        act=RULES,
        object_ids=[change.pk],
        by=by,
        permission=Permission.ASK_LEADS,
    )


@transaction.atomic
def adopt_rules(*, change: RuleChange) -> Alliance:
    """Both leads approved: the table is in force, and what was asked under another one lapses."""
    alliance = locked_alliance(change.alliance)
    before = rules_of(alliance)
    wanted = change.wanted
    alliance.reserved, alliance.decision_days = wanted["reserved"], wanted["decision_days"]
    alliance.large_from = Decimal(wanted["large_from"]) if wanted["large_from"] else None
    alliance.save(update_fields=["reserved", "decision_days", "large_from"])
    facts = {"before": before, "after": wanted}
    record(None, "alliance.rules_changed", alliance, within=alliance, change=facts)
    for decision in alliance.decisions.filter(state=Decision.State.ASKED).exclude(act=RULES):
        decision.alliance = alliance
        lapse_if_changed(decision, None)
    return alliance


def rules_of(alliance: Alliance) -> dict[str, Any]:
    """The table in force, in the form it is asked and recorded in."""
    return {
        "reserved": alliance.reserved,
        "decision_days": alliance.decision_days,
        "large_from": None if alliance.large_from is None else str(alliance.large_from),
    }


_CENT = Decimal("0.01")


def _change(ids: list[int]) -> RuleChange:
    return RuleChange.objects.select_related("alliance").get(pk=ids[0])


def _changes(ids: list[int]) -> list[Change]:
    return _lines(_change(ids))


def _lines(change: RuleChange) -> list[Change]:
    alliance, wanted = change.alliance, change.wanted
    lines = [
        Change(str(act.label), str(RESERVED_FOR[before]), str(RESERVED_FOR[after]))
        for act in reserved_acts()
        for before in [leads_needed(alliance, act.code)]
        for after in [BOTH if act.is_fixed else wanted["reserved"].get(act.code, BOTH)]
        if before != after
    ]
    terms = [
        (_("答复决定的期限"), _days(alliance.decision_days), _days(wanted["decision_days"])),
        (_("大额承诺起点"), _yuan(alliance.large_from), _yuan(wanted["large_from"])),
    ]
    lines += [Change(str(label), old, new) for label, old, new in terms if old != new]
    return lines


def _days(count: int) -> str:
    return str(_("%(count)s 个工作日") % {"count": count})


def _yuan(amount: Decimal | str | None) -> str:
    if amount is None:
        return str(pgettext_lazy("threshold", "不设"))
    return str(_("%(amount)s 元") % {"amount": f"{Decimal(amount).normalize():f}"})


def _digest(ids: list[int]) -> str:
    change = _change(ids)
    return digest_of(
        {"change": change.pk, "before": rules_of(change.alliance), "after": change.wanted}
    )


def register_rules() -> None:
    register(
        ReservedAct(
            code=RULES,
            label=_("修改保留事项表"),
            subject=lambda ids: str(_change(ids)),
            changes=_changes,
            digest=_digest,
            put_in_force=lambda ids: adopt_rules(change=_change(ids)),
            refuse=lambda _ids: None,
            path=lambda _ids: "decisions/rules/",
            is_fixed=True,
        )
    )
