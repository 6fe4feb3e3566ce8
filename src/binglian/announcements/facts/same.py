"""Which names mean the same organisation: full name, short name, abbreviation."""

import re
from collections.abc import Sequence

from .lexicon import BARE, admin_prefix

_OFFICE = re.compile(
    r"(?P<base>.*(?:街道|社区|镇|乡|村|公司|集团|局|中心|管委会|医院|学校|学院|大学|协会|商会|银行|支行|项目部|经理部|指挥部))"
    r"(?:党工委|工委|党委|党组|党总支|临时党支部|联合党支部|党支部|党组织|党建办|党政办|办事处|居民委员会|居委会|村民委员会|村委会|工作委员会)"
)
_EVEN = (
    ("管理委员会", "管委会"), ("有限责任公司", "公司"), ("股份有限公司", "公司"),
    ("有限公司", "公司"),
    ("集团公司", "集团"), ("街道办", "街道"),
)  # fmt: skip
_FIRM_TAIL = re.compile(
    r"(?:股份|集团|科技|实业|控股)*(?:公司|集团|股份)$|(?:会计师|律师)事务所$|[\u4e00-\u9fff]{2}总部$"
)
_SHORTENED = re.compile(r"(?:局|办|委|厅|部|管委会|指挥部|大队|支队|公司|集团)$")
_SHORTEST = 3  # characters of a name that may stand for a longer one


def base(name: str) -> str:
    """A name without what only says which body of the organisation speaks."""
    plain = name.removeprefix("中共")
    for long, short in _EVEN:
        plain = plain.removesuffix(long) + short if plain.endswith(long) else plain
    found = _OFFICE.fullmatch(plain)
    return found.group("base") if found else plain


def is_short_for(short: str, long: str) -> bool:
    """Say whether a name can only be understood as the other one, abbreviated."""
    if BARE.fullmatch(short):
        return len(long) > len(short) and base(long).endswith(base(short))
    one, other = base(short), base(long)
    if one == other:
        return True
    if len(one) >= len(other) or len(one) < _SHORTEST or one[-1] != other[-1]:
        return (
            other.startswith(one)
            and len(one) >= 4 - 2 * other.endswith("事务所")
            and bool(_FIRM_TAIL.fullmatch(other[len(one) :]))
        )
    if other.endswith(one):
        return _is_prefix(other[: -len(one)])
    return (
        bool(_SHORTENED.search(one))
        and _agrees_above(one, other)
        and _is_subsequence(one, other)
        and len(one) * 4 >= len(other)
    )


def _is_prefix(text: str) -> bool:
    """What may stand before a short name: where the organisation is, or whose it is."""
    return admin_prefix(text) == text or bool(
        re.fullmatch(
            r"[\u4e00-\u9fff]{1,6}(?:街道|镇|乡|新区|高新区|开发区)|[\u4e00-\u9fff]{2,4}", text
        )
    )


def _agrees_above(short: str, long: str) -> bool:
    """«市…» may shorten «临川市…», never «南浦区…»."""
    level = re.match(r"(?:[\u4e00-\u9fff]{2,4})??([省市区县])", short)
    if level is None:
        return long.startswith(short[0])
    return level.group(1) in admin_prefix(long)


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _stand_apart(one: str, other: str) -> bool:
    """漓江区商务局 is not 桂江区商务局, though both may be called 区商务局."""
    above, below = admin_prefix(one), admin_prefix(other)
    if min(len(above), len(below)) < 3 or above[-1] != below[-1]:
        return False
    return not (above.endswith(below) or below.endswith(above))


def grouped(names: Sequence[str], defined: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Put names, in the order they appear, into groups that mean the same.

    ``defined`` are pairs that the text itself equates: full name, abbreviation. A short name that
    would fit several goes to the one named last before it.
    """
    groups: list[list[str]] = []
    by_definition = {short: long for long, short in defined}
    for name in names:
        if any(name in group for group in groups):
            continue
        long = by_definition.get(name)
        fitting = [group for group in groups if long in group] if long else []
        if not fitting:
            fitting = [
                group
                for group in groups
                if any(is_short_for(name, other) or is_short_for(other, name) for other in group)
                and not any(_stand_apart(name, other) for other in group)
            ]
        if fitting:
            fitting[-1].append(name)
        else:
            groups.append([name])
    return groups
