"""What is wrong, where, and what to do about it."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.sheets.reading import Table

AnyRow_co = TypeVar("AnyRow_co", covariant=True)


@dataclass(frozen=True)
class Problem:
    """One fault. ``column`` is the spreadsheet's letter, "" when it concerns the whole row."""

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = _("工作表“%(sheet)s”第 %(row)s 行") % {"sheet": self.sheet, "row": self.row}
        if self.column:
            where += _(" %(column)s 列") % {"column": self.column}
        if self.heading:
            where += _("（%(heading)s）") % {"heading": self.heading}
        return str(_("%(where)s：%(advice)s") % {"where": where, "advice": self.advice})

    @property
    def advice(self) -> str:
        """Message and remedy as one text."""
        said = {"message": self.message, "remedy": self.remedy}
        return str(_("%(message)s%(remedy)s") % said)


@dataclass(frozen=True)
class Parsed(Generic[AnyRow_co]):
    """The rows that are right, and every problem in sheet order."""

    rows: tuple[AnyRow_co, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that left a row out."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def problems_of_headings(table: Table, *, given: frozenset[str] = frozenset()) -> list[Problem]:
    """One problem per required column the table lacks; ``given`` keys come from elsewhere."""
    if not table.heading_row:
        return [
            Problem(
                table.sheet, 1, "", "", "",
                _("没有找到表头。"),
                _("请用模板的列名做表头，或手工指定各列。"),
            )
        ]  # fmt: skip
    language = get_language() or ""
    return [
        Problem(
            table.sheet, table.heading_row, "", column.heading(language), "",
            _("没有找到“%(heading)s”这一列。") % {"heading": column.heading(language)},
            _("请加上这一列，或手工指定哪一列是它。"),
        )
        for column in table.missing_required
        if column.key not in given
    ]  # fmt: skip
