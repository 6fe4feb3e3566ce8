"""A run as a workbook: matches and unmet needs."""

from binglian.domain.coupling.models import CouplingRun
from binglian.domain.coupling.queries import matches_of
from binglian.domain.coupling.slots import slot_window
from binglian.sheets.cells import TimeWindow, write_windows
from binglian.sheets.columns import Column
from binglian.sheets.writing import SheetOut, write_workbook

MATCHES = (
    Column("need_number", "需求编号", "Need no."),
    Column("receiver", "需求单位", "Needed by"),
    Column("need", "需求名称", "Need"),
    Column("component", "组成", "Component"),
    Column("offer_number", "资源编号", "Offer no."),
    Column("giver", "提供单位", "Offered by"),
    Column("offer", "资源名称", "Offer"),
    Column("quantity", "数量", "Quantity"),
    Column("unit", "计量单位", "Unit"),
    Column("slot", "时段", "Slot"),
    Column("price", "单价", "Unit price"),
    Column("reason", "理由", "Reason"),
    Column("by_hand", "人工调整", "By hand"),
)
UNMET = (
    Column("need_number", "需求编号", "Need no."),
    Column("receiver", "需求单位", "Needed by"),
    Column("need", "需求名称", "Need"),
    Column("served", "已满足比例", "Share served"),
    Column("reason", "原因", "Reason"),
    Column("missing", "还缺", "Missing"),
    Column("would_help", "最有帮助的资源", "What would help most"),
)


def run_book(run: CouplingRun, language: str) -> bytes:
    """The .xlsx file, headings and texts in ``language``."""
    english = language.startswith("en")
    matches = [
        {
            "need_number": match.component.need.number,
            "receiver": str(match.component.need.organisation),
            "need": match.component.need.title,
            "component": match.component.title,
            "offer_number": match.offer.number,
            "giver": str(match.offer.organisation),
            "offer": match.offer.title,
            "quantity": match.quantity,
            "unit": match.offer.unit,
            "slot": _slot(match.slot, language),
            "price": match.offer.price or None,
            "reason": match.reason,
            "by_hand": match.is_by_hand,
        }
        for match in matches_of(run)
    ]
    unmet = [
        {
            "need_number": row.need.number,
            "receiver": str(row.need.organisation),
            "need": row.need.title,
            "served": round(row.served_share, 4),
            "reason": row.reason,
            "missing": row.missing,
            "would_help": row.would_help,
        }
        for row in run.unmet.select_related("need__organisation").order_by("pk")
    ]
    return write_workbook(
        [
            SheetOut("Matches" if english else "匹配", MATCHES, matches),
            SheetOut("Unmet" if english else "未满足", UNMET, unmet),
        ],
        language,
    )


def _slot(code: str, language: str) -> str:
    return write_windows([TimeWindow.from_json(slot_window(code))], language) if code else ""
