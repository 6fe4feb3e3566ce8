"""How many members an announcement says the alliance has."""

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100}
_COUNT = re.compile(
    r"(?P<lead>[^，。；]{0,14}?)(?P<number>\d{1,4}|[一二三四五六七八九十百两]{1,5})(?P<about>余|多)?\s*(?:家|个)"
    r"(?P<what>[^，。；、\d]{0,14}?(?:单位|党组织|组织|成员|企业|商户|机构))"
)


_HEADING = re.compile(
    r"(?:成员|签约|共建)单位(?:[^，。\n]{0,6}[（(]共?|共(?:有|计)?)\s*(\d{1,4}|[一二三四五六七八九十百]+)\s*[家个]"
    r"|^[^，。\n]{2,14}[（(]共?\s*(\d+)\s*[家个][)）]$",
    re.MULTILINE,
)


_AFTER = re.compile(
    r"(?P<lead>[^，。；]{0,14}?)(?P<what>(?:单位|党组织|成员|企业|商户|机构))(?:已?(?:达|有|为|共|增至|扩大到|计|总数)){0,2}"
    r"(?P<number>\d{1,4}|[一二三四五六七八九十百两]{2,5})(?P<about>余|多)?\s*(?:家|个(?!月|项|工|小|问))"
)


def member_count(text: str) -> int | None:
    """The number of members claimed: of «成员单位» if any is, else of «单位» and the like."""
    heading = _HEADING.search(text)
    if heading:
        return number_of(heading.group(1) or heading.group(2))
    best, choice = 0, None
    for found in (*_COUNT.finditer(text), *_AFTER.finditer(text)):
        score = _score(found)
        if score > best:
            best, choice = score, number_of(found.group("number"))
    return choice


def _score(found: re.Match[str]) -> int:
    what, around = found.group("what"), found.string[max(0, found.start() - 12) : found.end() + 12]
    score = 1
    score += 4 * ("成员" in what) + 3 * ("单位" in what)
    score += 3 * bool(re.search(r"首批|创始|发起", around))
    score += 2 * bool(re.search(r"吸纳|吸收|加入|签署|签订|组成|联合|成员|涵盖|共有|共", around))
    score -= 4 * bool(re.search(r"村党组织|社区党组织|代表上台|困难", what + around[-8:]))
    return score


def number_of(written: str) -> int:
    """«23» and «二十三» alike."""
    if written.isdigit():
        return int(written)
    total, digit = 0, 0
    for letter in written:
        if letter in _UNITS:
            total += (digit or 1) * _UNITS[letter]
            digit = 0
        else:
            digit = _DIGITS.get(letter, 0)
    return total + digit
