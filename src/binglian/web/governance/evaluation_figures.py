"""The facts of evaluations as people read them: n of m, and nothing where m is too small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.evaluation_facts import FEWEST, Facts
from binglian.domain.governance.models import Evaluation, EvaluationRemark, EvaluationSheet
from binglian.domain.governance.queries import facts_on, sheets_of
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut

#: Label, numerator, denominator.
FIGURES: tuple[tuple[Any, str, str], ...] = (
    (_("按期兑现"), "kept", "due"),
    (_("迟后兑现"), "late", "due"),
    (_("已兑现待评价"), "unjudged", "due"),
    (_("已说明不能兑现"), "explained", "due"),
    (_("逾期未兑现"), "overdue", "due"),
    (_("对方评价满足"), "met", "judged"),
    (_("对方评价部分满足"), "partly", "judged"),
    (_("对方退回"), "not_met", "judged"),
    (_("提出的需求已办结"), "got", "asked"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of another; ``share`` is empty where the whole is too small to say anything."""

    label: Any
    share: str

    @property
    def is_hidden(self) -> bool:
        return not self.share


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """One organisation's page."""

    sheet: EvaluationSheet
    figures: list[Figure]
    remarks: list[EvaluationRemark]

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be shown at all."""
        return all(figure.is_hidden for figure in self.figures)


def figures_of(evaluation: Evaluation) -> list[SheetFigures]:
    """Every organisation by name."""
    return [
        SheetFigures(sheet, _figures(facts_on(sheet)), list(sheet.remarks.all()))
        for sheet in sheets_of(evaluation)
    ]


def _figures(facts: Facts) -> list[Figure]:
    rows = []
    for label, part, whole in FIGURES:
        n, m = getattr(facts, part), getattr(facts, whole)
        rows.append(Figure(label, f"{n} / {m}" if m >= FEWEST else ""))
    return rows


def as_spreadsheet(evaluation: Evaluation) -> SheetOut:
    """One row for each organisation."""
    columns = [
        Column("organisation", "单位", "Organisation"),
        *(Column(part, str(label), str(label)) for label, part, _whole in FIGURES),
        Column("remarks", "对方评语", "Remarks of the other side"),
        Column("answer", "本单位说明", "The organisation's answer"),
    ]
    rows = []
    for one in figures_of(evaluation):
        cells = {
            part: figure.share or gettext("不足 %(count)s 项") % {"count": FEWEST}
            for (_label, part, _whole), figure in zip(FIGURES, one.figures, strict=True)
        }
        remarks = "\n".join(f"{remark.organisation}：{remark.text}" for remark in one.remarks)
        facts = {"organisation": str(one.sheet.organisation), "remarks": remarks}
        rows.append(cells | facts | {"answer": one.sheet.answer})
    return SheetOut(str(evaluation)[:31], columns, rows)
