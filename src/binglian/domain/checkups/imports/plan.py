"""Compare a check-up's list of problems with those on record."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.alliance.imports import (
    ImportPlan,
    Line,
    Names,
    Notes,
    Reading,
    Verdict,
    differences,
    kinds_of,
    merged,
)
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.checkups.models import CheckupProblem, digest_of
from binglian.domain.coupling.models import Commitment, Need
from binglian.sheets.columns import CHECKUP
from binglian.sheets.rows import CheckupRow, checkup_cells

#: Facts of the problem itself; the others are the need's.
FOUND = ("number", "dimension", "indicator", "problem", "place", "severity", "source", "year")
_TEXTS = ("indicator", "problem", "place", "source", "note")
_CENT, _MOST = Decimal("0.01"), Decimal(10) ** 12


def plan_checkup(alliance: Alliance, reading: Reading) -> ImportPlan:
    """What a list of problems would do; nothing is written.

    A problem is known by its number within source and year, else by its own words: source,
    year, dimension, indicator, place and what is wrong. Columns that the file lacks are left as
    they are; what is resolved is not opened again.
    """
    planner = _Planner(alliance, reading)
    lines = [line for row in reading.parsed.rows if (line := planner.line(row))]
    problems = planner.notes.in_order(reading.parsed.problems)
    return ImportPlan(alliance, "checkup", tuple(lines), problems)


def problem_row(found: CheckupProblem) -> CheckupRow:
    """A problem as a row of the list. Load ``need__organisation`` and its components with it."""
    need = found.need
    part = need.components.all()[0]
    return CheckupRow(
        sheet="",
        row=0,
        organisation=need.organisation.name,
        longitude=need.longitude,
        latitude=need.latitude,
        deadline=need.deadline,
        kind=part.kind,
        quantity=part.quantity,
        unit=part.unit,
        note=need.note,
        **{name: getattr(found, name) for name in FOUND},
    )


class _Planner:
    def __init__(self, alliance: Alliance, reading: Reading) -> None:
        self.alliance = alliance
        self.notes = Notes(list(reading.tables))
        self.names = Names(alliance)
        self.kinds = kinds_of(alliance)
        asked = Commitment.objects.filter(component__need=OuterRef("need"))
        self.by_words: dict[str, CheckupProblem] = {}
        self.by_number: dict[tuple[str, int, str], CheckupProblem] = {}
        for found in (
            alliance.checkup_problems.select_related("need__organisation")
            .prefetch_related("need__components")
            .annotate(is_asked=Exists(asked))
        ):
            self.by_words[found.digest] = found
            if found.number:
                self.by_number[found.source, found.year, found.number] = found
        self.taken: dict[object, int] = {}

    def line(self, row: CheckupRow) -> Line | None:
        """The line of one row; ``None`` when something is wrong with it."""
        row = self.notes.as_written(row, *_TEXTS)
        row = replace(row, quantity=row.quantity.quantize(_CENT))
        found = self._find(row)
        organisation = self._organisation(row)
        if organisation is None or self.notes.failed(row):
            return None
        if found and (found.is_resolved or found.need.state != Need.State.OPEN):
            self._note_over(row, found)
            return Line(row.sheet, row.row, row.problem, Verdict.SAME, {}, found)
        row = replace(row, organisation=organisation.name)
        before = problem_row(found) if found else None
        if found and before:
            silent = [c.key for c in CHECKUP if not self.notes.has_column(row, c.key)]
            row = merged(before, row, silent if row.number else [*silent, "number"])
            organisation = found.need.organisation if "organisation" in silent else organisation
        changes = differences(self._cells(before), self._cells(row)) if before else {}
        self._check(row, found, changes)
        if (found is None or changes) and not self.names.is_current(organisation):
            self._wrong(
                row,
                "organisation",
                _("“%(name)s”已不是成员。") % {"name": organisation.name},
                _("请改填现在的成员。"),
            )
        if self.notes.failed(row):
            return None
        verdict = Verdict.CREATE if found is None else Verdict.CHANGE if changes else Verdict.SAME
        told = _facts(row) | {"organisation": organisation}
        return Line(row.sheet, row.row, row.problem, verdict, told, found, changes)

    def _find(self, row: CheckupRow) -> CheckupProblem | None:
        """The problem on record that this row means; noted when another row means it too."""
        words = digest_of(
            row.source, row.year, row.dimension, row.indicator, row.place, row.problem
        )
        number = (row.source, row.year, row.number)
        found = self.by_number.get(number) if row.number else None
        same = self.by_words.get(words)
        if found and same and same != found:
            self._wrong(
                row,
                "problem",
                _("与编号“%(number)s”是同一个问题。") % {"number": same.number or same.need.number},
                _("请删去一行，或写清楚不同在哪里。"),
            )
        found = found or same
        keys: list[object] = [words, *([number] if row.number else []), *([found] if found else [])]
        earlier = [self.taken.setdefault(key, row.row) for key in keys]
        if any(other != row.row for other in earlier):
            other = next(other for other in earlier if other != row.row)
            self._wrong(
                row,
                "problem",
                _("与第 %(row)s 行是同一个问题。") % {"row": other},
                _("请删去一行，或写清楚不同在哪里。"),
            )
        return found

    def _organisation(self, row: CheckupRow) -> Organisation | None:
        organisation = self.names.find(row.organisation)
        if organisation is None:
            message = _("成员名单里没有“%(name)s”。") % {"name": row.organisation}
            self._wrong(row, "organisation", message, self.names.remedy(row.organisation))
        return organisation

    def _note_over(self, row: CheckupRow, found: CheckupProblem) -> None:
        is_resolved = found.is_resolved
        self.notes.add(
            row,
            "problem",
            row.problem,
            _("这个问题已解决，不再导入。") if is_resolved else _("这项需求已撤回，不再导入。"),
            _("若又出现，请写明新的年度。"),
            "warning",
        )

    def _check(
        self, row: CheckupRow, found: CheckupProblem | None, changes: dict[str, tuple[str, str]]
    ) -> None:
        if row.kind not in self.kinds:
            labels = _("、").join(str(word) for word in self.alliance.kind_words())
            self._wrong(
                row,
                "kind",
                _("没有“%(value)s”这个选项。") % {"value": row.kind},
                _("请从中选一项：%(labels)s。") % {"labels": labels},
            )
        if not 0 < row.quantity < _MOST:
            self._wrong(row, "quantity", _("数量须大于零且不能过大。"), _("请核对数字和单位。"))
        if {"kind", "quantity", "unit"} & set(changes) and getattr(found, "is_asked", False):
            self._wrong(
                row,
                "quantity",
                _("已有单位就此需求作出承诺，组成不能再改。"),
                _("请恢复原样，或撤回后另填一项。"),
            )

    def _wrong(self, row: CheckupRow, key: str, message: str, remedy: str) -> None:
        self.notes.add(row, key, getattr(row, key), message, remedy)

    def _cells(self, row: CheckupRow) -> dict[str, Any]:
        return checkup_cells(row, get_language() or "zh-hans", kinds=self.kinds)


def _facts(row: CheckupRow) -> dict[str, Any]:
    """What ``actions.save_problem`` is given."""
    names = (
        *FOUND, "longitude", "latitude", "deadline", "kind", "quantity", "unit", "note",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}
