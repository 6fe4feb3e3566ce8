"""Units of measure: which spellings are the same unit, and which carry a factor."""

from decimal import Decimal

from binglian.sheets.cells.words import normalise

_SPELLINGS = {
    "元": ("块", "块钱", "元人民币", "人民币", "rmb", "cny", "yuan", "¥"),
    "平方米": ("m2", "m^2", "平米", "平方", "平", "㎡", "sqm", "sq m", "square metres"),
    "小时": ("h", "hr", "hrs", "hour", "hours", "钟头", "个小时", "课时", "学时"),
    "天": ("日", "day", "days", "个工作日"),
    "人": ("名", "位", "person", "persons", "people"),
    "人次": ("person-times", "visits"),
    "个": ("只", "处", "piece", "pieces", "pcs", "item", "items"),
    "车位": ("个车位", "泊位", "个泊位", "停车位", "space", "spaces", "parking spaces"),
    "席": ("座", "席位", "个席位", "座位", "个座位", "seat", "seats"),
    "台": ("部", "台套", "unit", "units", "machine", "machines"),
    "套": ("set", "sets"),
    "间": ("room", "rooms"),
    "场": ("场次", "次", "回", "session", "sessions", "times"),
    "箱": ("box", "boxes"),
    "件": ("份", "case", "cases"),
    "公里": ("km", "千米", "kilometres"),
    "公斤": ("kg", "千克"),
}
_CANONICAL = {word: unit for unit, words in _SPELLINGS.items() for word in (unit, *words)}
_FACTORS = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def canonical_unit(unit: str) -> str:
    """One spelling for units that mean the same: 名 and 位 → 人, m2 → 平方米, hours → 小时."""
    word = normalise(unit).casefold()
    return _CANONICAL.get(word, word)


def scaled_unit(unit: str) -> tuple[Decimal, str]:
    """Factor and base unit: 万元 → (10000, 元), 台 → (1, 台)."""
    word = normalise(unit)
    if len(word) > 1 and word[0] in _FACTORS and not word.startswith(("千米", "千克", "千瓦")):
        return Decimal(_FACTORS[word[0]]), word[1:]
    return Decimal(1), word
