"""A list of goods is entered whole or not at all."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.checks.imports import GoodsPlan, Receipt
from binglian.domain.checks.models import Donation
from binglian.domain.refusals import refuse_unless

from .donations import enter_donation, find_donor
from .handing_out import hand_out


@transaction.atomic
def enter_goods_list(*, plan: GoodsPlan, are_no_wages: bool, by: User) -> list[Donation]:
    """Enter every receipt of a list with what was handed out of it; nothing is public yet.

    Raises
    ------
    ActionRefused
        Something is wrong in the list, or what a donation is refused for; nothing is entered.
    """
    refuse_unless(not plan.problems, _("表里还有要改的地方，什么也没有登记。"))
    refuse_unless(plan.receipts, _("表里没有物资。"))
    return [_enter(receipt, are_no_wages, by) for receipt in plan.receipts]


def _enter(receipt: Receipt, are_no_wages: bool, by: User) -> Donation:
    donor = find_donor(
        project=receipt.project, name=receipt.donor, credit_code=receipt.credit_code, by=by
    )
    donation = enter_donation(
        project=receipt.project,
        donor=donor,
        receipt_number=receipt.number,
        given_on=receipt.given_on,
        goods=[line.facts for line in receipt.lines],
        are_no_wages=are_no_wages,
        by=by,
    )
    for good, line in zip(donation.goods.all(), receipt.lines, strict=True):
        for organisation, quantity in line.out:
            hand_out(
                good=good,
                organisation=organisation,
                quantity=quantity,
                on=receipt.given_on,
                by=by,
            )
    return donation
