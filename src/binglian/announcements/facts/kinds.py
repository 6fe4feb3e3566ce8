"""What kind an organisation is of: what its head word says, unless its whole name says more."""

import re

from .lexicon import STATE

_STATE_BUREAU = re.compile(
    r"(?:中铁|中建|中交|中电|中冶|华建|隧道|工程|供电|电网|(?<!港)航|[一二三四五六七八九十]+)局"
)
_CARRIERS = ("国网", "中国移动", "中国电信", "中国联通")
_FOREIGN_BANK = re.compile("汇丰|渣打|花旗|东亚|恒生|星展|三井|瑞穗")
_SHOP = re.compile(r"(?:店|铺|坊|斋|轩|阁|堂|馆|屋|房|吧|鲜生|天地|广场|豆花|小筑|汇|城|号|庄)$")
_TRADE = re.compile(r"(?:网络|传媒|文化|智能|软件|信息|生物|电子|机器人|医药|置业|科技)$")


def kind_of(name: str, kind: str) -> str:
    """The kind of an organisation whose head word is of ``kind``; «firm» becomes one of two."""
    if kind == "other":
        return "merchant" if _SHOP.search(name) else "private_firm" if _TRADE.search(name) else kind
    if kind == "department" and _STATE_BUREAU.search(name) and name.endswith("局"):
        return "state_firm"
    if kind == "institution" and name.startswith(_CARRIERS):
        return "state_firm"
    if kind == "institution" and "物业" in name:
        return "private_firm"
    if kind != "firm":
        return kind
    if _FOREIGN_BANK.match(name):
        return "private_firm"
    return "state_firm" if _STATE_BUREAU.search(name) or STATE.search(name) else "private_firm"
