"""The answer on the terminal, as JSON text and as a workbook."""

import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from binglian.command.words import gettext as _
from binglian.engine.coupling.form import lines
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut, write_workbook

from .answers import Answer

Row = TypeVar("Row")
#: A problem in JSON form may be long; a list somebody keeps by hand is shown whole.
MOST_OF_JSON = 20
_DJANGO_LANGUAGE = {"zh": "zh-hans", "en": "en"}

MATCH_COLUMNS = (
    Column("need_row", "需求行", "Need row"),
    Column("receiver", "需求单位", "Needed by"),
    Column("need", "需求名称", "Need"),
    Column("component", "组成", "Component"),
    Column("offer_row", "资源行", "Offer row"),
    Column("giver", "提供单位", "Offered by"),
    Column("offer", "资源名称", "Offer"),
    Column("quantity", "数量", "Quantity"),
    Column("unit", "计量单位", "Unit"),
    Column("when", "时间", "When"),
    Column("reason", "理由", "Reason"),
)
UNMET_COLUMNS = (
    Column("need_row", "需求行", "Need row"),
    Column("receiver", "需求单位", "Needed by"),
    Column("need", "需求名称", "Need"),
    Column("served", "已满足比例", "Share served"),
    Column("reason", "原因", "Reason"),
    Column("missing", "还缺", "Missing"),
    Column("would_help", "最有帮助的资源", "What would help most"),
)


def show(answer: Answer, most: int | None = None) -> None:
    """Print the figures, then matches and unmet needs with reasons, ``most`` of each."""
    _show_figures(answer)
    if most is None and not answer.asked.is_spreadsheet:
        most = MOST_OF_JSON
    if most == 0:
        return
    if answer.matches:
        print("\n" + _heading_of_matches(answer))
    for match in answer.matches[:most]:
        what = f"{match.need} · {match.component} ← {match.offer}（{match.giver}）"
        said = f"{what}{match.quantity:g} {match.unit}".rstrip()
        print(f"  {match.need_row:>4}  {said}{f'（{match.when}）' if match.when else ''}")
        print(f"        {match.reason}")
    _show_more(answer.matches, most, answer.match_count)
    if answer.unmet:
        print("\n" + _("未满足"))
    for unmet in answer.unmet[:most]:
        print(f"  {unmet.need_row:>4}  {unmet.need}（{unmet.receiver}）{unmet.served:.0%}")
        print(f"        {' '.join(filter(None, (unmet.reason, unmet.missing, unmet.would_help)))}")
    _show_more(answer.unmet, most, answer.unmet_count)


def json_text(document: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the document piece by piece, as it is written."""
    return (line.encode() for line in lines(document))


def workbook(answer: Answer, language: str) -> bytes:
    """The matches and the unmet needs as two sheets."""
    is_timed = bool(answer.asked.problem.slots)
    columns = tuple(column for column in MATCH_COLUMNS if is_timed or column.key != "when")
    matches = [asdict(match) for match in answer.matches]
    unmet = [asdict(row) for row in answer.unmet]
    english = language == "en"
    return write_workbook(
        [
            SheetOut("Matches" if english else "匹配", columns, matches),
            SheetOut("Unmet" if english else "未满足", UNMET_COLUMNS, unmet),
        ],
        _DJANGO_LANGUAGE[language],
    )


def _show_figures(answer: Answer) -> None:
    problem, result = answer.asked.problem, answer.result
    print(
        _("满足 %(met)s 项需求，共 %(all)s 项；%(matches)s 项匹配。")
        % {
            "met": len(problem.needs) - answer.unmet_count,
            "all": len(problem.needs),
            "matches": answer.match_count,
        }
    )
    figures = {
        "objective": f"{result.objective:g}",
        "bound": f"{result.bound:g}",
        "gap": f"{result.gap:.2%}",
        "seconds": f"{result.seconds:.1f}",
    }
    print(_("目标值 %(objective)s，上界 %(bound)s，差距 %(gap)s，用时 %(seconds)s 秒。") % figures)
    if result.status == "optimal":
        print(_("已证明：没有更好的方案。"))
    else:
        print(_("按时限结束：任何方案最多再好 %(gap)s。") % figures)
    used = {"pairs": f"{len(problem.pairs):,}", "memory": f"{_peak_megabytes():,.0f}"}
    print(_("候选配对 %(pairs)s 个，内存峰值 %(memory)s MB。") % used)


def _heading_of_matches(answer: Answer) -> str:
    if answer.asked.is_spreadsheet:
        return _("匹配（前面是需求清单的行号）")
    return _("匹配（前面是需求在文件中的次序）")


def _show_more(rows: Sequence[Row], most: int | None, count: int) -> None:
    shown = len(rows[:most])
    if count > shown:
        print("  " + _("另有 %(count)s 项。") % {"count": f"{count - shown:,}"})


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
