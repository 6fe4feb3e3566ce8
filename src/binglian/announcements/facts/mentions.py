"""Finding the names of organisations in a text.

A name ends in a head word (局, 街道, 公司, 协会 …) and begins where the piece of the sentence it
stands in begins, or later, after a word that no name holds: every word of the piece is a possible
beginning, and the best scored is taken. What stands unheaded among headed names in an enumeration
is an organisation too.
"""

import re
from collections.abc import Iterator, Sequence

from .enumerations import complete, in_longer_lists, runs
from .lexicon import (
    BARE,
    FUNCTION,
    HEAD,
    NEVER,
    admin_prefix,
    cost,
    is_generic,
    tokens,
)
from .mention import Mention
from .offices import add_short_offices
from .segments import Segment, segments, sentences

_LONGEST = 32  # characters
_GAP = 12  # characters between two heads of one name
_PERSONS = re.compile(r"居民|代表|群众|党员|人员|同志|领导|负责|书记|主任|干部")
_COUNTED = re.compile(r"等\d|\d余?多?[家个名]")
_PREPOSITION = re.compile(
    r"[由据被把]|即(?!墨)|有(?!色|研|限|机)|[经在以向对给为从与将](?=[\u4e00-\u9fff]{0,4}[省市区县])"
)
_NEVER_BEFORE = re.compile(f"(?:{NEVER.pattern})$")
_OFFICES_SHORT = re.compile(
    r"(?:共青团.{1,6}委|团[省市区县]委|妇联|残联|科协|工商联|文联|侨联|总工会|红十字会|慈善总会)$"
)


def mentions_in(text: str) -> tuple[list[Mention], list[tuple[int, str, list[Segment]]]]:
    """All names in a paragraph in order, and its sentences with their pieces."""
    found: list[Mention] = []
    pieces = []
    for number, (offset, sentence) in enumerate(sentences(text)):
        parts = segments(sentence, offset)
        pieces.append((offset, sentence, parts))
        headed = [list(_headed(part, number, index)) for index, part in enumerate(parts)]
        lists = list(runs(parts))
        for run in lists:
            add_short_offices(run, parts, headed, number)
        beside = in_longer_lists(lists, parts, headed)
        for run, in_a_list in zip(lists, beside, strict=True):
            complete(run, parts, headed, number, in_a_list=in_a_list)
        for row in headed:
            found.extend(row)
    return found, pieces


def _headed(part: Segment, sentence: int, index: int) -> Iterator[Mention]:
    words = list(_cut(tokens(part.text), [found.end() for found in NEVER.finditer(part.text)]))
    at = 0
    for start, end, kind, head in _chains(part.text, words):
        begins = _beginning(part, words, at, start, end, head)
        if begins is None:
            if BARE.fullmatch(head) and _stands_bare(part, start, end):
                at = end
                yield Mention(
                    head, kind, head, part.start + start, part.start + end, sentence, index, False
                )
            continue
        name = part.text[begins:end]
        at = end
        yield Mention(
            name, kind, head, part.start + begins, part.start + end, sentence, index, begins == 0
        )


def _cut(
    words: Sequence[tuple[str, str, int]], ends: Sequence[int]
) -> Iterator[tuple[str, str, int]]:
    """The words, those cut in two that hold the end of one no name holds: 组织|有|纺正街."""
    for word, tag, at in words:
        end = next((end for end in ends if at < end < at + len(word)), None)
        if end is None:
            yield word, tag, at
        else:
            yield word[: end - at], "v", at
            yield word[end - at :], "n", end


def _stands_bare(part: Segment, start: int, end: int) -> bool:
    """«管委会» alone, where a name would begin."""
    before = part.text[:start]
    if FUNCTION.match(part.text[end:]):
        return False  # 街道经济促进局
    return not before or bool(
        re.search(r"[以由在为向与对经]$", before) or _NEVER_BEFORE.search(before)
    )


def _chains(
    text: str, words: Sequence[tuple[str, str, int]]
) -> Iterator[tuple[int, int, str, str]]:
    """Heads, those of one name taken together: where the last begins and ends, kind, head."""
    heads = [
        (found.start(), found.end(), found.lastgroup or "other", found.group())
        for found in HEAD.finditer(text)
    ]
    number = 0
    while number < len(heads):
        start, end, kind, head = heads[number]
        while number + 1 < len(heads) and _is_one_name(text, words, end, heads[number + 1][0]):
            number += 1
            start, end, kind, head = heads[number]
        yield start, end, kind, head
        number += 1


def _is_one_name(
    text: str, words: Sequence[tuple[str, str, int]], end: int, following: int
) -> bool:
    between = text[end:following]
    if len(between) > _GAP or NEVER.search(between) or re.search(r"\d+(?:个|家|名|支|所)", between):
        return False
    if re.match(r"[省市区县]", between or text[end : end + 1]):
        return False
    if _PERSONS.search(between):
        return False
    return all(cost(word, tag) < 1 for word, tag, at in words if end <= at < following)


def _beginning(
    part: Segment,
    words: Sequence[tuple[str, str, int]],
    after: int,
    start: int,
    end: int,
    head: str,
) -> int | None:
    """The best beginning of a name that ends at ``end``; ``None`` if none is a name."""
    best, choice = 0.0, None
    barred = [found.span() for found in NEVER.finditer(part.text) if found.end() <= start]
    for number, (_word, tag, at) in enumerate(words):
        if at < after or at > start or end - at > _LONGEST:
            continue
        name = part.text[at:end]
        if any(at < last for _, last in barred) or not _is_name(name, head):
            continue
        if tag == "p" and not (at == 0 and part.before == "、"):
            continue
        score = _score(part, words, number, at, start, end)
        if choice is None or score > best:
            best, choice = score, at
    if choice is None or best < 0.0:
        return None
    return choice


def _score(
    part: Segment,
    words: Sequence[tuple[str, str, int]],
    number: int,
    at: int,
    start: int,
    end: int,
) -> float:
    score = 0.06 * (start - at)
    inside = [(word, tag) for word, tag, place in words if at <= place < start]
    score -= sum(cost(word, tag) for word, tag in inside)
    if _PREPOSITION.match(part.text, at):
        score -= 6.0
    if at == 0:
        # After «、» a name begins at once; after a comma it mostly does.
        score += 5.0 if part.continues else 1.5
        score += 2.0 if end == len(part.text) else 0.0
    else:
        before, tag, place = words[number - 1]
        is_after_stop = cost(before, tag) >= 1 or bool(NEVER.search(part.text[place:at]))
        is_after_stop = is_after_stop or bool(_NEVER_BEFORE.search(part.text[:at]))
        score += 2.0 if is_after_stop else -1.0
    if admin_prefix(part.text[at:]):
        score += 1.5
    return score


def _is_name(name: str, head: str) -> bool:
    if _OFFICES_SHORT.search(name) and len(name) >= 3:
        return True
    if re.fullmatch("([省市区县])委(?:\\1|人民)?政府", name):
        return False
    return len(name) >= 3 and not _COUNTED.search(name) and not is_generic(name, head)
