"""A text as sentences, and each as the pieces that its commas and conjunctions set apart."""

import re
from dataclasses import dataclass

from .lexicon import FUNCTION, HEAD, tokens

_SENTENCE = re.compile(r"[^。！？\n]+")
_PARENTHESIS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_BREAK = re.compile(
    r"[，,；;：:“”‘’\"'「」『』《》〈〉—…·\s【】\[\]~～、/▲△▼！？!?]|以及|(?<![善协商学工员])会同"
)
# «同济建筑设计研究院（集团）有限公司»: what belongs to the name.
_IN_A_NAME = re.compile(
    r"[（(](?!以下|下称|简称|下简称|统称)[\u4e00-\u9fff]{2,5}[）)]"
    r"(?=[\u4e00-\u9fff]{0,12}(?:公司|事务所|医院|银行|研究院|律所))"
)
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:学院|学部|研究院|研究所|研究中心|系)")
_AND = ("和", "与", "及", "暨")


@dataclass(frozen=True, slots=True)
class Segment:
    """``text[start:end]`` of a paragraph; ``before`` is what sets it off on its left."""

    start: int
    end: int
    text: str
    before: str

    @property
    def continues(self) -> bool:
        """It goes on with an enumeration."""
        return self.before in ("、", "；", "和", "与", "及", "以及", "暨", "会同")


def sentences(text: str) -> list[tuple[int, str]]:
    """Where each sentence begins, and its text; parentheses blanked out, at the same length."""
    plain = _PARENTHESIS.sub(
        lambda found: (
            found.group()
            if _IN_A_NAME.match(text, found.start())
            else re.sub(r"[^\n]", " ", found.group())
        ),
        text,
    )
    return [(found.start(), found.group()) for found in _SENTENCE.finditer(plain)]


def segments(sentence: str, offset: int) -> list[Segment]:
    """The pieces of one sentence, with places counted from ``offset``."""
    cuts: list[tuple[int, int, str]] = [
        (found.start(), found.end(), found.group()) for found in _BREAK.finditer(sentence)
    ]
    cuts += [
        (at, at + 1, word)
        for word, _, at in tokens(sentence)
        if word in _AND and not _is_inside_a_name(sentence, at)
    ]
    pieces, at, before = [], 0, ""
    for start, end, mark in sorted(cuts):
        if start < at:
            continue
        if start > at:
            pieces.append(Segment(offset + at, offset + start, sentence[at:start], before))
            before = mark
        elif mark.strip():
            before = mark if not before.strip() or mark != " " else before
        at = end
    if at < len(sentence):
        pieces.append(Segment(offset + at, offset + len(sentence), sentence[at:], before))
    return pieces


def _is_inside_a_name(sentence: str, at: int) -> bool:
    """«发展和改革局» is one office: a function of offices stands on both sides of the «和»."""
    left, right = sentence[:at], sentence[at + 1 :]
    if len(_BREAK.split(left)[-1]) < 2 and not left.endswith(("，", ",", " ")):
        return True  # 三和茶社, 和平里: nothing to join stands before it
    heads = [found.end() for found in HEAD.finditer(left)]
    if heads and len(left) - heads[-1] == 1:
        return True  # 大王庄街道信和社区: one character after a name is the next one's beginning
    piece = _BREAK.split(left)[-1]
    if "大学" in piece and not re.search("(?:大学|院|系|所|中心)$", piece) and _SCHOOL.match(right):
        return True  # 东海大学城市规划与设计学院
    return bool(FUNCTION.match(right) and _ending_functions(left))


def _ending_functions(left: str) -> list[str]:
    return [left[-size:] for size in range(2, 9) if FUNCTION.fullmatch(left[-size:])]
