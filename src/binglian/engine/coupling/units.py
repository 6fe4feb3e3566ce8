"""Units of measure that mean the same."""

import unicodedata

_SAME = (
    ("个", "只", "件", "piece", "pieces", "pc", "pcs", "item", "items"),
    ("人", "名", "位", "座", "座位", "席", "席位", "person", "persons", "people", "seat", "seats"),
    ("小时", "课时", "学时", "时", "h", "hour", "hours"),
    ("元", "块", "人民币", "yuan", "rmb", "cny"),
    ("平方米", "平米", "平", "m2", "㎡", "sqm"),
    ("台", "部", "套", "set", "sets"),
    ("场", "次", "场次", "session", "sessions", "time", "times"),
    ("间", "处", "room", "rooms"),
    ("天", "日", "day", "days"),
    ("辆", "车位", "泊位", "space", "spaces"),
    ("公斤", "千克", "kg"),
    ("份", "本", "册", "copy", "copies"),
)


def _plain(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).strip().casefold()


_FIRST = {_plain(unit): group[0] for group in _SAME for unit in group}


def same_unit(unit: str) -> str:
    """Return one name for all ways of writing a unit; "" if none is given."""
    plain = _plain(unit)
    return _FIRST.get(plain, plain)
