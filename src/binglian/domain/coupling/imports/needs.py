"""What a list of needs would do."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.imports import (
    ImportPlan,
    Line,
    Verdict,
    differences,
    kinds_of,
    merged,
)
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Commitment, Component, Need
from binglian.sheets.cells import Choices, TimeWindow, label
from binglian.sheets.columns import NEEDS
from binglian.sheets.reading import Table
from binglian.sheets.rows import ComponentRow, NeedRow, Parsed, need_cells

from .listed import Listed

_CHECKED = ("number", "title", "place", "note", "beneficiaries", "max_suppliers", "times")
_COMPONENT = {"component": "title", "kind": "kind", "tags": "tags", "unit": "unit"}
_CENT = Decimal("0.01")


def plan_needs(
    alliance: Alliance,
    parsed: Parsed[NeedRow],
    tables: Iterable[Table] = (),
    *,
    by: User | None = None,
) -> ImportPlan:
    """Compare a list of needs with those on record; nothing is written.

    A need is known by its number or, where that is blank, by organisation and title. Columns
    that the ``tables`` lack are left as they are. With ``by``, rows that the person may not
    enter are problems.
    """
    asked = Commitment.objects.filter(component__need=OuterRef("pk"))
    records = (
        alliance.needs.select_related("organisation", "alliance")
        .prefetch_related("components", "prefers", "rules_out")
        .annotate(is_asked=Exists(asked))
    )
    listed = Listed(alliance, records, tables, by)
    lines = [line for row in parsed.rows if (line := _line(listed, row))]
    problems = listed.notes.in_order(parsed.problems)
    return ImportPlan(alliance, "needs", tuple(lines), problems)


def need_row(need: Need) -> NeedRow:
    """A need as a row of the list. Load components and named organisations with it."""
    return NeedRow(
        sheet="",
        row=0,
        number=need.number,
        organisation=need.organisation.name,
        title=need.title,
        priority=need.priority,
        deadline=need.deadline,
        windows=tuple(TimeWindow.from_json(window) for window in need.windows),
        place=need.place,
        longitude=need.longitude,
        latitude=need.latitude,
        within_km=None if need.within_km is None else Decimal(str(need.within_km)),
        beneficiaries=need.beneficiaries or None,
        all_or_nothing=need.is_all_or_nothing,
        max_suppliers=need.max_suppliers,
        prefers=tuple(sorted(o.name for o in need.prefers.all())),
        rules_out=tuple(sorted(o.name for o in need.rules_out.all())),
        refuses=tuple(need.refuses),
        note=need.note,
        components=tuple(
            ComponentRow(0, c.title, c.kind, tuple(c.tags), c.quantity, c.unit)
            for c in need.components.all()
        ),
        times=None if need.times == 1 else need.times,
        consecutive=need.is_consecutive,
    )


def _line(listed: Listed[Need], row: NeedRow) -> Line | None:
    row = listed.notes.as_written(row, "title", "place", "note")
    organisation = listed.organisation(row)
    if organisation is None:
        return None
    need = listed.find(row, organisation)
    if need and listed.note_withdrawn(row, need):
        return Line(row.sheet, row.row, row.title, Verdict.SAME, {}, need)
    row = _resolved(listed, row, organisation)
    before = need_row(need) if need else None
    if before:
        row = _merged(listed, before, row)
    _check(listed, row)
    facts = _facts(listed, row, organisation)
    listed.notes.check_fields(
        row, Need(**{name: facts[name] for name in _CHECKED}), {name: name for name in _CHECKED}
    )
    kinds = kinds_of(listed.alliance)
    changes = differences(_cells(before, kinds), _cells(row, kinds)) if before else {}
    if "component" in changes and getattr(need, "is_asked", False):
        listed.notes.add(
            row,
            "component",
            changes["component"][1],
            _("已有单位就此需求作出承诺，组成不能再改。"),
            _("请恢复原样，或撤回后另填一项。"),
        )
    if need is None or changes:
        listed.check_current(row, organisation)
    if listed.notes.failed(row):
        return None
    verdict = Verdict.CREATE if need is None else Verdict.CHANGE if changes else Verdict.SAME
    return Line(row.sheet, row.row, row.title, verdict, facts, need, changes)


def _resolved(listed: Listed[Need], row: NeedRow, organisation: Organisation) -> NeedRow:
    """The row with names as on record and quantities as they will be stored."""
    prefers = listed.organisations(row, "prefers", row.prefers)
    rules_out = listed.organisations(row, "rules_out", row.rules_out)
    return replace(
        row,
        organisation=organisation.name,
        prefers=tuple(o.name for o in prefers),
        rules_out=tuple(o.name for o in rules_out),
        beneficiaries=row.beneficiaries or None,
        times=None if row.times == 1 else row.times,
        components=tuple(
            replace(part, quantity=part.quantity.quantize(_CENT)) for part in row.components
        ),
    )


def _merged(listed: Listed[Need], before: NeedRow, row: NeedRow) -> NeedRow:
    silent = [c.key for c in NEEDS if not listed.notes.has_column(row, c.key)]
    if "mode" in silent:
        silent.append("all_or_nothing")
    parts = row.components
    if len(parts) == len(before.components):
        names = {name for key, name in _COMPONENT.items() if key in silent}
        if "quantity" in silent:
            names.add("quantity")
        pairs = zip(before.components, parts, strict=True)
        parts = tuple(
            merged(was, part, names - ({"unit"} if part.unit else set())) for was, part in pairs
        )
    if not row.number:
        silent.append("number")
    return replace(merged(before, row, silent), components=parts)


def _check(listed: Listed[Need], row: NeedRow) -> None:
    for part in row.components:
        listed.check_kind(row, part.kind)
        listed.check_quantity(row, part.quantity)
        candidate = Component(title=part.title, unit=part.unit)
        listed.notes.check_fields(row, candidate, {"title": "component", "unit": "unit"})


def _facts(listed: Listed[Need], row: NeedRow, organisation: Organisation) -> dict[str, Any]:
    return {
        "number": row.number,
        "organisation": organisation,
        "title": row.title,
        "priority": row.priority,
        "deadline": row.deadline,
        "windows": [window.as_json() for window in row.windows],
        "place": row.place,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "within_km": None if row.within_km is None else float(row.within_km),
        "beneficiaries": row.beneficiaries or 0,
        "is_all_or_nothing": row.all_or_nothing,
        "max_suppliers": row.max_suppliers,
        "prefers": listed.names.find_all(row.prefers)[0],
        "rules_out": listed.names.find_all(row.rules_out)[0],
        "refuses": list(row.refuses),
        "note": row.note,
        "times": row.times or 1,
        "is_consecutive": row.consecutive,
        "components": [
            ComponentFacts(
                kind=part.kind,
                quantity=part.quantity,
                title=part.title,
                tags=list(part.tags),
                unit=part.unit,
            )
            for part in row.components
        ],
    }


def _cells(row: NeedRow, kinds: Choices) -> dict[str, Any]:
    """The need-level cells, and all components as one text."""
    language = get_language() or "zh-hans"
    whole = need_cells(row, language, kinds=kinds)[0]
    parts = []
    for part in row.components:
        words = [part.title, label(kinds, part.kind, language), *part.tags]
        parts.append(f"{' '.join(filter(None, words))} {part.quantity.normalize():f}{part.unit}")
    cells = {key: value for key, value in whole.items() if key not in _COMPONENT}
    return cells | {"quantity": None, "component": "；".join(parts)}
