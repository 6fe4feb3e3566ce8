"""Entering a problem as a need, changing it, and saying that it is resolved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.checkups.models import CheckupProblem, digest_of
from binglian.domain.coupling.actions import save_need, withdraw_row
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

_PRIORITY = {
    CheckupProblem.Severity.SEVERE.value: Need.Priority.URGENT,
    CheckupProblem.Severity.SERIOUS.value: Need.Priority.IMPORTANT,
    CheckupProblem.Severity.SLIGHT.value: Need.Priority.ORDINARY,
}


@transaction.atomic
def save_problem(
    *,
    alliance: Alliance,
    organisation: Organisation,
    by: User,
    kind: str = "other",
    quantity: Decimal = Decimal(1),
    unit: str = "",
    deadline: date | None = None,
    longitude: float | None = None,
    latitude: float | None = None,
    note: str = "",
    found: CheckupProblem | None = None,
    **facts: Any,
) -> CheckupProblem:
    """Enter a problem and the need of the responsible organisation, or change both.

    ``facts`` are fields of ``CheckupProblem``: number, dimension, indicator, problem, place,
    severity, source, year. How severe it is decides how urgent the need is.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the check-up's problems, or not that organisation's lists.
    ActionRefused
        Entered already, resolved, or something the need itself does not allow.
    """
    require_permission(by, Permission.KEEP_CHECKUPS, within=alliance)
    if found is not None:
        found = _locked(found)
        refuse_unless(found.alliance_id == alliance.pk, _("该行属于另一联盟。"))
        refuse_unless(not found.is_resolved, _("这个问题已解决。"))
    # Needs are numbered one at a time, so two imports of one file meet here.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    _refuse_known(alliance, facts, found)
    need = save_need(
        alliance=alliance,
        organisation=organisation,
        by=by,
        need=found.need if found else None,
        components=[ComponentFacts(kind=kind, quantity=quantity, unit=unit)],
        title=facts["problem"],
        place=facts.get("place", ""),
        priority=_PRIORITY[facts.get("severity", CheckupProblem.Severity.SLIGHT.value)],
        deadline=deadline,
        longitude=longitude,
        latitude=latitude,
        note=note,
        is_all_or_nothing=False,
    )
    if found is None:
        found = CheckupProblem.objects.create(alliance=alliance, need=need, entered_by=by, **facts)
        return _recorded("entered", found, by, {"need": need.number})
    change = {
        name: [str(getattr(found, name)), str(value)]
        for name, value in facts.items()
        if getattr(found, name) != value
    }
    if not change:
        return found
    for name in change:
        setattr(found, name, facts[name])
    found.save()
    return _recorded("changed", found, by, change)


@transaction.atomic
def settle_problem(*, found: CheckupProblem, evidence: str, by: User) -> CheckupProblem:
    """Say that a problem is resolved without a delivery, and what shows it.

    The need is taken off the list, so that nobody is asked for it any more; what was promised
    for it stays. A problem whose need was delivered and judged is resolved without anybody
    saying so.

    Raises
    ------
    PermissionDenied
        ``by`` may not say so.
    ActionRefused
        No evidence, or resolved already.
    """
    require_permission(by, Permission.SETTLE_CHECKUPS, within=found.alliance)
    found = _locked(found)
    refuse_unless(not found.is_resolved, _("这个问题已解决。"))
    refuse_unless(evidence.strip(), _("请写明依据：哪份验收单、哪次复查、哪个文号，看得到什么。"))
    found.evidence, found.settled_by, found.settled_at = evidence.strip(), by, now()
    found.save(update_fields=["evidence", "settled_by", "settled_at"])
    if found.need.state == Need.State.OPEN:
        withdraw_row(row=found.need, by=by)
    return _recorded("settled", found, by, {"evidence": found.evidence})


def _locked(found: CheckupProblem) -> CheckupProblem:
    rows = CheckupProblem.objects.select_for_update(of=("self",))
    return rows.select_related("alliance", "need__alliance", "need__organisation").get(pk=found.pk)


def _refuse_known(alliance: Alliance, facts: dict[str, Any], found: CheckupProblem | None) -> None:
    others = alliance.checkup_problems.all()
    if found is not None:
        others = others.exclude(pk=found.pk)
    words = digest_of(
        *(facts[name] for name in ("source", "year", "dimension", "indicator")),
        facts.get("place", ""),
        facts["problem"],
    )
    refuse_unless(not others.filter(digest=words).exists(), _("这个问题已经登记过。"))
    number = facts.get("number", "")
    if number:
        taken = others.filter(source=facts["source"], year=facts["year"], number=number)
        refuse_unless(not taken.exists(), _("编号“%(number)s”已被使用。") % {"number": number})


def _recorded(what: str, found: CheckupProblem, by: User, change: dict[str, Any]) -> CheckupProblem:
    record(
        by,
        f"checkup.{what}",
        found,
        within=found.alliance,
        organisation=found.need.organisation,
        change=change,
    )
    return found
