"""Carrying out what the dry run of an inventory showed."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.imports import ImportPlan, Line, Verdict
from binglian.domain.coupling.imports import IMPORTERS, Importer
from binglian.domain.heritage.imports import plan_places
from binglian.domain.heritage.models import Place
from binglian.domain.refusals import ActionRefused

from .guardians import add_guardian, end_guardian
from .places import save_place


@transaction.atomic
def carry_out_places(plan: ImportPlan, by: User) -> None:
    """Write the lines of an inventory; what is the same stays untouched."""
    require_permission(by, Permission.KEEP_PLACES, within=plan.alliance)
    written: list[tuple[Line, Place]] = []
    # Rows with a number come first, so that no automatic number takes theirs.
    for line in sorted(plan.lines, key=lambda line: not line.facts["place"]["number"]):
        if line.verdict is Verdict.SAME:
            continue
        try:
            written.append((line, _save(plan, line, by)))
        except ActionRefused as refusal:
            where = {"sheet": line.sheet, "row": line.row, "why": refusal.message}
            raise ActionRefused(_("工作表“%(sheet)s”第 %(row)s 行：%(why)s") % where) from refusal
    # A courtyard may stand below its buildings in the file, so these come last.
    for line, place in written:
        _set_part_of(place, line.facts["part_of"], by)
        _set_guardians(place, line, by)


def register_places() -> None:
    IMPORTERS["places"] = Importer(plan=plan_places, carry_out=carry_out_places)


def _save(plan: ImportPlan, line: Line, by: User) -> Place:
    place = cast("Place | None", line.current)
    facts = dict(line.facts["place"])
    if place is not None:
        facts["number"] = facts["number"] or place.number
    return save_place(alliance=plan.alliance, by=by, place=place, **facts)


def _set_part_of(place: Place, named: str, by: User) -> None:
    whole = None
    if named:
        others = place.alliance.heritage.exclude(pk=place.pk)
        whole = others.filter(number=named).first() or others.filter(name_zh=named).first()
    if place.part_of != whole:
        save_place(alliance=place.alliance, by=by, place=place, part_of=whole)


def _set_guardians(place: Place, line: Line, by: User) -> None:
    current = list(place.guardians.filter(until_on=None).select_related("organisation", "place"))
    for role, organisations in line.facts["guardians"].items():
        for guardian in current:
            if guardian.role == role and guardian.organisation not in organisations:
                end_guardian(guardian=guardian, by=by)
        held = {guardian.organisation for guardian in current if guardian.role == role}
        for organisation in organisations:
            if organisation not in held:
                add_guardian(place=place, organisation=organisation, role=role, by=by)
