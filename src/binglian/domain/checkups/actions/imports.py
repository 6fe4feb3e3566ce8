"""Carrying out what the dry run of a check-up's list showed."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.imports import ImportPlan, Verdict
from binglian.domain.checkups.imports import plan_checkup
from binglian.domain.checkups.models import CheckupProblem
from binglian.domain.coupling.imports import IMPORTERS, Importer
from binglian.domain.refusals import ActionRefused

from .problems import save_problem


@transaction.atomic
def carry_out_checkup(plan: ImportPlan, by: User) -> None:
    """Write the lines of a check-up's list; what is the same stays untouched."""
    require_permission(by, Permission.KEEP_CHECKUPS, within=plan.alliance)
    for line in plan.lines:
        if line.verdict is Verdict.SAME:
            continue
        found = cast("CheckupProblem | None", line.current)
        try:
            save_problem(alliance=plan.alliance, by=by, found=found, **line.facts)
        except ActionRefused as refusal:
            where = {"sheet": line.sheet, "row": line.row, "why": refusal.message}
            raise ActionRefused(_("工作表“%(sheet)s”第 %(row)s 行：%(why)s") % where) from refusal


def register_checkup() -> None:
    IMPORTERS["checkup"] = Importer(plan=plan_checkup, carry_out=carry_out_checkup)
