"""Chinese numerals of headings and clauses."""

_DIGITS = "零一二三四五六七八九"


def numeral_zh(number: int) -> str:
    """``一``, ``十``, ``二十三``, ``一百零四``; for 1 to 999."""
    if not 1 <= number <= 999:
        raise ValueError(f"{number} is not between 1 and 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
