"""Goods given to sites as a sheet: one row for each good, whose three quantities balance."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from binglian.domain.checks.models import Donation
from binglian.sheets.column import Column
from binglian.sheets.writing import SheetOut

_COLUMNS = (
    Column("receipt", "收据编号", "Receipt"),
    Column("donor", "捐赠单位", "Donor"),
    Column("site", "工地", "Site"),
    Column("given_on", "接收日期", "Received on"),
    Column("item", "品名", "Item"),
    Column("unit", "计量单位", "Unit"),
    Column("unit_price", "单价（元）", "Unit price (yuan)"),
    Column("quantity", "收到", "Received"),
    Column("handed_out", "已发放", "Handed out"),
    Column("remaining", "结存", "Left"),
    Column("receivers", "接收单位", "Receivers"),
    Column("state", "状态", "State"),
)


def goods_sheet(donations: Iterable[Donation]) -> SheetOut:
    """Donations for ``write_workbook`` or ``write_csv``, as ``donations_visible_to`` loads them."""
    rows = [
        {
            "receipt": donation.receipt_number,
            "donor": str(donation.donor),
            "site": str(donation.project),
            "given_on": donation.given_on,
            "item": good.item,
            "unit": good.unit,
            "unit_price": good.unit_price,
            "quantity": good.quantity,
            "handed_out": good.handed_out,
            "remaining": good.remaining,
            "receivers": "、".join(
                f"{row.organisation} {row.quantity}" for row in good.hand_outs.all()
            ),
            "state": donation.get_state_display(),
        }
        for donation in donations
        for good in donation.goods.all()
    ]
    return SheetOut(title=_("慰问品和捐赠"), columns=_COLUMNS, rows=rows)
