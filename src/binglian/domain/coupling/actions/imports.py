"""Carrying out what a dry run showed."""

from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import carry_out_members, settle_draft
from binglian.domain.alliance.imports import ImportPlan, Line, Verdict
from binglian.domain.alliance.models import ImportDraft
from binglian.domain.coupling.imports import IMPORTERS
from binglian.domain.coupling.models import Need, Offer
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.domain.refusals import ActionRefused, refuse_unless

from .lists import save_need, save_offer


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How many rows were created, changed, found the same, and left out as wrong."""

    created: int
    changed: int
    same: int
    left_out: int
    #: The admission asked for, where members were put forward.
    decision: Decision | None = None


@transaction.atomic
def carry_out_import(
    *,
    plan: ImportPlan,
    by: User,
    only_good_rows: bool = False,
    draft: ImportDraft | None = None,
) -> ImportOutcome:
    """Write the rows of a plan, all or none; each row asks permission and is recorded.

    Members are put forward, and one decision on their admission is asked for all of them.
    ``draft`` is marked as carried out in the same transaction.

    Raises
    ------
    PermissionDenied
        ``by`` may not enter one of the rows.
    ActionRefused
        The file has errors and ``only_good_rows`` was not chosen; or the facts have changed
        since the dry run: the message names sheet and row.
    """
    errors = len(plan.errors)
    refuse_unless(
        only_good_rows or not errors,
        _("表格有 %(count)s 处错误，没有导入任何一行。请改正后重新上传，或只导入无误的行。")
        % {"count": errors},
    )
    if draft is not None:
        settle_draft(draft=draft, by=by)
    decision = None
    if plan.kind in IMPORTERS:
        IMPORTERS[plan.kind].carry_out(plan, by)
    elif plan.kind == "members":
        proposed = carry_out_members(plan=plan, by=by)
        if proposed:
            decision = ask_decision(
                alliance=plan.alliance,
                act="alliance.admission",
                object_ids=[membership.pk for membership in proposed],
                by=by,
                permission=Permission.MANAGE_MEMBERS,
            )
    else:
        # Rows with a number come first, so that no automatic number takes theirs.
        for line in sorted(plan.lines, key=lambda line: not line.facts.get("number")):
            if line.verdict != Verdict.SAME:
                _save(plan, line, by)
    return ImportOutcome(plan.to_create, plan.to_change, plan.unchanged, plan.bad_rows, decision)


def _save(plan: ImportPlan, line: Line, by: User) -> None:
    try:
        if plan.kind == "offers":
            offer = cast("Offer | None", line.current)
            save_offer(alliance=plan.alliance, by=by, offer=offer, **line.facts)
        else:
            need = cast("Need | None", line.current)
            save_need(alliance=plan.alliance, by=by, need=need, **line.facts)
    except ActionRefused as refusal:
        where = {"sheet": line.sheet, "row": line.row, "why": refusal.message}
        raise ActionRefused(_("工作表“%(sheet)s”第 %(row)s 行：%(why)s") % where) from refusal
