"""Head words of organisations, and how their names begin."""

import re
from functools import cache

import rjieba

from binglian.announcements.wordlists import one_of, sections

_WORDS = sections(__package__, "words.txt")
KINDS_OF_HEADS = (
    "temporary", "subdistrict", "community", "social", "merchant", "institution", "department",
    "firm",
)  # fmt: skip

# 局长 is a person, 公司化 a process, 中心城区 a part of town.
_NOT_BEFORE = (
    r"(?!长|员|公室|事处|化|业(?!主|协|务|发)|署|城区|主义|城市"
    r"|生(?!态|物|活)|址|区(?!委|级|供|医|市|人|商|发|住|城|教|民|文|卫|财|总))"
)
HEAD = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{one_of(_WORDS[kind])})" for kind in KINDS_OF_HEADS)
    + f"){_NOT_BEFORE}"
)
PARTY_BODY = re.compile(one_of(_WORDS["party"]) + "$")
STATE = re.compile(one_of(_WORDS["state"]))
FUNCTION = re.compile(one_of(_WORDS["function"]))
COMMISSIONS = frozenset(word[:-1] for word in _WORDS["office"] if word.endswith("委"))
OFFICE = re.compile(one_of([word.removesuffix("委") for word in _WORDS["office"]]))
NEVER = re.compile(one_of(_WORDS["never"]))
_FUNCTIONS = frozenset(_WORDS["function"])

# 临川市南浦区…, 市…, 区…: how far up an office stands. 社区 and 片区 are no districts.
ADMIN = re.compile(
    r"(?:中共)?(?:[\u4e00-\u9fff]{2,4}?省|省)?(?:[\u4e00-\u9fff]{2,4}?市|市)?"
    r"(?:[\u4e00-\u9fff]{1,4}?(?<![社片城园街小校厂库景湖山老])(?:新区|高新区|区|县|旗)|区|县|旗)?"
)
_GENERIC = re.compile(one_of(_WORDS["generic"]) + "*")


@cache
def segmenter() -> rjieba.Jieba:
    """A segmenter of our own, so that its words stay here."""
    return rjieba.Jieba()


_MIXED = re.compile(
    r"(由)(?![于此来])(.+)|(有|在|与|和|及|向|同|经|对|请|到|是|为|含|归)([省市区县]|.{1,4}[省市区县])"
)


def tokens(text: str) -> list[tuple[str, str, int]]:
    """Words with their part of speech and where each begins."""
    found, at = [], 0
    for word, tag in segmenter().tag(text):
        mixed = _MIXED.fullmatch(word)
        if mixed or (tag.startswith("nr") and word[0] in "以由经将把被" and len(word) > 1):
            # «由市» is two words: «by» and «the city's»
            found += [(word[0], "p", at), (word[1:], "n", at + 1)]
        else:
            found.append((word, tag, at))
        at += len(word)
    return found


def cost(word: str, tag: str) -> float:
    """How badly a word fits inside a name."""
    if (
        word in _FUNCTIONS
        or word in ("和", "与")
        or (len(word) == 1 and word in "省市区县镇乡村里路街巷湾山河")
    ):
        return 0.0
    if tag[0] == "u":
        return 3.0 if word in "的地得了着过所之" else 0.0
    if tag[0] in "pceyor" and tag != "eng":
        return 3.0
    if tag == "vn":
        return 0.2
    return {"d": 1.5, "v": 1.2, "t": 1.5, "q": 0.4, "m": 0.2}.get(tag[0], 0.0)


BARE = re.compile(
    r"(?:管委会|指挥部|项目部|街道党工委|街道办事处|街道办|街道工委|街道|新区管委会|集团公司|街道综合执法队|商会|派出所)"
)


def is_generic(name: str, head: str) -> bool:
    """Such as «物业公司» or «各街道»: a kind of organisation, and no organisation."""
    core = name.removesuffix(head)
    return bool(_GENERIC.fullmatch(core))


def admin_prefix(name: str) -> str:
    found = ADMIN.match(name)
    return found.group() if found and not re.search(r"[在由与向对]", found.group()) else ""
