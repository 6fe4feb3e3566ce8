"""Chinese numerals as decimal digits."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000}
_WIDE = {"万": 10_000, "亿": 100_000_000}

# No number that people write is longer; the bound keeps the search linear.
RUN = r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,15}"


def numeral(text: str) -> int | None:
    """三十 → 30, 一百二十 → 120, 两千五 → 2500, 二〇二六 → 2026; None if it is no number."""
    if all(c in _DIGITS for c in text):
        digits = "".join(str(_DIGITS[c]) for c in text)
        return int(digits) if len(digits) == 1 or len(digits) == 4 else None

    total = section = 0
    digit: int | None = None
    scale = 0
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
            scale = 0 if digit == 0 else scale
        elif c in _SCALES:
            section += (1 if digit is None else digit) * _SCALES[c]
            digit, scale = None, _SCALES[c]
        else:
            total = (total + section + (digit or 0)) * _WIDE[c]
            section, digit, scale = 0, None, _WIDE[c]
    # 两千五 means 2500, but 二十五 means 25.
    return total + section + (digit or 0) * (scale // 10 if scale >= 100 else 1)


def with_digits(text: str, pattern: str = RUN) -> str:
    """Replace each numeral that ``pattern`` finds by its digits; leave what is no number."""

    def digits(found: re.Match[str]) -> str:
        value = numeral(found.group())
        return found.group() if value is None else str(value)

    return re.sub(pattern, digits, text)
