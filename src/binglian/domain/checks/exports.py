"""Goods given to sites as a sheet: one row for each good, whose three quantities balance."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from binglian.domain.checks.goods_columns import GOODS
from binglian.domain.checks.models import Donation
from binglian.sheets.writing import SheetOut


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
            "value": good.value,
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
    return SheetOut(title=_("慰问品和捐赠"), columns=GOODS, rows=rows)


def goods_template() -> SheetOut:
    """The same columns with their help, to be filled in; example rows are left out on purpose."""
    columns = tuple(column for column in GOODS if column.key != "state")
    return SheetOut(title=_("慰问品和捐赠"), columns=columns, rows=[], helped=True)
