"""Goods only: money and what is as good as money is nothing to be given here."""

import re

from django.utils.translation import gettext_lazy as _

#: Nobody without the qualification may raise money from the public (慈善法); wages are paid in
#: money and only in money (保障农民工工资支付条例).
MONEY = re.compile(
    r"现金|红包|礼金|捐款|善款|资金|钱款|转账|汇款|工资|薪金|薪水|薪酬|补贴款|购物卡|礼品卡|储值卡|消费卡|提货券|"
    r"代金券|消费券|购物券|\b(cash|money|gift ?cards?|vouchers?|wages?|salary|salaries)\b",
    re.IGNORECASE,
)
NO_MONEY = _("“%(item)s”是钱或当钱用的东西，这里只登记物资。工资须以货币支付，本平台不收钱款。")


def is_money(item: str) -> bool:
    """Whether what somebody would give is money by its name."""
    return bool(MONEY.search(item))
