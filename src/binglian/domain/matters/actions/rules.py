"""Setting the terms and thresholds of an alliance."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import record
from binglian.domain.matters.models import Clock, MatterRules, Whistle, WhistleTimes
from binglian.domain.matters.queries.rules import matter_rules_of
from binglian.domain.refusals import ActionRefused, refuse_unless


@transaction.atomic
def change_matter_rules(*, alliance: Alliance, by: User, **facts: Any) -> MatterRules:
    """Other terms from now on; deadlines and retention dates already set stay as they are.

    ``facts``: objection_days, sure_percent, kept_days, whistles.

    Raises
    ------
    PermissionDenied
        ``by`` keeps no catalogue here.
    ActionRefused
        A number out of its range, or times that do not name every kind of whistle.
    """
    require_permission(by, Permission.MANAGE_CATALOGUE, within=alliance)
    rules = matter_rules_of(alliance)
    before = {name: getattr(rules, name) for name in facts}
    for name, value in facts.items():
        setattr(rules, name, value)
    try:
        rules.clean_fields(exclude=["alliance"])
    except ValidationError as wrong:
        raise ActionRefused(" ".join(wrong.messages)) from wrong
    refuse_unless(set(rules.whistles) == set(Whistle.Kind.values), _("请写明每类吹哨的时限。"))
    for kind in rules.whistles:
        _check(rules.whistle_times(kind))
    rules.save()
    change = {name: [before[name], new] for name, new in facts.items() if before[name] != new}
    record(by, "matter_rules.changed", rules, within=alliance, change=change)
    return rules


def _check(times: WhistleTimes) -> None:
    refuse_unless(1 <= times.hours <= 240, _("报到时限须为 1 至 240 小时。"))
    refuse_unless(1 <= times.period <= 240, _("反馈时限须为 1 至 240。"))
    refuse_unless(times.clock in Clock, _("请选择计时方式。"))
