"""The answer on the terminal and as a workbook."""

from binglian.command.words import gettext as _
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut, write_workbook

from .answers import Answer

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


def show(answer: Answer) -> None:
    """Print the figures, then every match and every unmet need with its reason."""
    print(
        _("满足 %(met)s 项需求，共 %(all)s 项；%(matches)s 项匹配。")
        % {
            "met": answer.need_count - len(answer.unmet),
            "all": answer.need_count,
            "matches": len(answer.matches),
        }
    )
    figures = {
        "objective": f"{answer.objective:g}",
        "bound": f"{answer.bound:g}",
        "gap": f"{answer.gap:.2%}",
        "seconds": f"{answer.seconds:.1f}",
    }
    print(_("目标值 %(objective)s，上界 %(bound)s，差距 %(gap)s，用时 %(seconds)s 秒。") % figures)
    if answer.status == "optimal":
        print(_("已证明：没有更好的方案。"))
    else:
        print(_("按时限结束：任何方案最多再好 %(gap)s。") % figures)
    if answer.matches:
        print("\n" + _("匹配（前面是需求清单的行号）"))
    for match in answer.matches:
        what = f"{match.need} · {match.component} ← {match.offer}（{match.giver}）"
        print(f"  {match.need_row:>4}  {what}{match.quantity:g} {match.unit}".rstrip())
        print(f"        {match.reason}")
    if answer.unmet:
        print("\n" + _("未满足"))
    for unmet in answer.unmet:
        print(f"  {unmet.need_row:>4}  {unmet.need}（{unmet.receiver}）{unmet.served:.0%}")
        print(f"        {' '.join(filter(None, (unmet.reason, unmet.missing, unmet.would_help)))}")


def workbook(answer: Answer, language: str) -> bytes:
    """The matches and the unmet needs as two sheets."""
    content = answer.as_json()
    english = language == "en"
    return write_workbook(
        [
            SheetOut("Matches" if english else "匹配", MATCH_COLUMNS, content["matches"]),
            SheetOut("Unmet" if english else "未满足", UNMET_COLUMNS, content["unmet"]),
        ],
        _DJANGO_LANGUAGE[language],
    )
