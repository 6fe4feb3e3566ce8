"""Finding the blocks of a page that are the news.

Every block is worth its prose (Chinese running text with its punctuation) less its furniture
(links, share bars, menus). The body is the element in which that sum is greatest, the innermost
if several tie, and within it the stretch of blocks with the greatest sum; what is furniture or
caption within the stretch is then left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from .blocks import Block
from .captions import captions_among, is_centred
from .furniture import (
    ends_the_news,
    is_dateline,
    is_furniture,
    is_heading_elsewhere,
    named_as_furniture,
    opens_comments,
)
from .tree import HtmlElement

_PROSE = re.compile(r"[。！？；…，]|、.*、|[：、]$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_UNPUNCTUATED = 0.3  # what a character without punctuation is worth
_FURNITURE_COST = 14.0
_LINKED = 0.5  # more than this share of links, and a block is a list of links
_BOXED = 0.4  # share of the prose that a box of other news has at most
_ODD = 0.25  # share of the prose that a box with links has at most
_BANNER = 16  # characters
_HEAD, _LONG = 8, 60  # blocks in which the text begins; characters that no heading has
_SAID_SO = 0.8  # share of the best that an element marked as the article must reach
_BEFORE_TITLE = 0.5  # share of the prose that may stand before the title
_LATE = 0.75  # share of the prose after which an ending is believed


def body_and_captions(blocks: Sequence[Block], title: str) -> tuple[list[Block], list[Block]]:
    """Return the blocks of the body and the captions among them, in reading order."""
    worth = _worth(blocks)
    container = _richest(blocks, worth)
    inside = [i for i, block in enumerate(blocks) if container is None or container in block.path]
    first, last = _best_stretch([worth[i] for i in inside])
    stretch = [blocks[i] for i in inside[first:last]]
    return _without_furniture(stretch, title)


def prose(block: Block) -> float:
    """Characters of running text: fewer where nothing is punctuated, none of another script."""
    if block.links > _LINKED * block.chars or (block.chars > _LONG and not _HAN.search(block.text)):
        return 0.0
    return block.plain * (1.0 if _PROSE.search(block.text) else _UNPUNCTUATED)


def _worth(blocks: Sequence[Block]) -> list[float]:
    total = sum(prose(block) for block in blocks) or 1.0
    share: dict[HtmlElement, float] = defaultdict(float)
    holds_heading: set[HtmlElement] = set()
    for block in blocks:
        for element in block.path:
            share[element] += prose(block) / total
            if block.element.tag == "h1":
                holds_heading.add(element)
    names = {element: _name(element, share, holds_heading) for element in share}
    worth = []
    under: HtmlElement | None = None  # the element that a heading such as «评论» stands in
    for block in blocks:
        if under is not None and under not in block.path:
            under = None
        if opens_comments(block.text):
            under = block.path[-2] if len(block.path) > 1 else None
            if under is not None and share[under] > 0.5 and block.element.tag != under.tag:
                under = None if _prose_before(blocks, block, under) else under
        called = {names[element] for element in block.path} - {""}
        if is_furniture(block.text):
            worth.append(-_FURNITURE_COST - 0.2 * block.chars)
        elif called or under is not None:
            worth.append(-0.5 * block.chars)
        else:
            worth.append(prose(block) - block.links)
    return worth


def _prose_before(blocks: Sequence[Block], mark: Block, within: HtmlElement) -> bool:
    before = 0.0
    for block in blocks:
        if block is mark:
            break
        if within in block.path and not is_furniture(block.text):
            before += prose(block)
    return before > 100


def _name(element: HtmlElement, share: dict[HtmlElement, float], titled: set[HtmlElement]) -> str:
    """What an element calls itself, unless it plainly holds the news."""
    if element.tag in ("body", "html", "form", "article", "main") or element in titled:
        return ""
    called = named_as_furniture(element)
    if called == "furniture" and share[element] > 0.4:
        return ""
    return "" if called == "comments" and share[element] > 0.97 else called


def _richest(blocks: Sequence[Block], worth: Sequence[float]) -> HtmlElement | None:
    """The element worth most: half by all of it, half by the best stretch in it.

    By all of it, so that menus around the news count against an element; by the best stretch,
    so that what an article carries at its end does not lose it to one long paragraph.
    """
    inside: dict[HtmlElement, list[float]] = defaultdict(list)
    depth: dict[HtmlElement, int] = {}
    for block, value in zip(blocks, worth, strict=True):
        for level, element in enumerate(block.path):
            inside[element].append(value)
            depth[element] = level
    if not inside:
        return None
    sums = {element: (sum(values) + _greatest(values)) / 2 for element, values in inside.items()}
    best = max(sums, key=lambda element: (round(sums[element], 3), depth[element]))
    said = [
        element
        for element in sums
        if sums[element] >= _SAID_SO * sums[best]
        and best in element.iterancestors()
        and _says(element)
    ]
    return max(said, key=lambda element: depth[element], default=best)


def _greatest(worth: Sequence[float]) -> float:
    first, last = _best_stretch(worth)
    return sum(worth[first:last])


def _says(element: HtmlElement) -> bool:
    """It is marked as the article, or as its text."""
    return bool(element.tag == "article" or element.get("itemprop") == "articleBody")


def _best_stretch(worth: Sequence[float]) -> tuple[int, int]:
    """The stretch ``[first, last)`` with the greatest sum (Kadane's algorithm)."""
    best, span, running, start = 0.0, (0, 0), 0.0, 0
    for position, value in enumerate(worth):
        if running <= 0:
            running, start = 0.0, position
        running += value
        if running > best:
            best, span = running, (start, position + 1)
    return span


def _without_furniture(stretch: Sequence[Block], title: str) -> tuple[list[Block], list[Block]]:
    total = sum(prose(block) for block in stretch) or 1.0
    passed = 0.0
    captions = captions_among(stretch)
    is_chinese = sum(len(_HAN.findall(block.text)) for block in stretch) > 0.5 * total
    tags = Counter(block.element.tag for block in stretch if _PROSE.search(block.text))
    usual = tags.most_common(1)[0][0] if tags else ""
    body: list[Block] = []
    told: list[Block] = []
    box: HtmlElement | None = None  # what holds the heading of other news
    odd = _odd_boxes(stretch, total)
    for position, block in enumerate(stretch):
        if passed > _LATE * total and (ends_the_news(block.text) or opens_comments(block.text)):
            break
        passed += prose(block)
        if (box is not None and box in block.path) or not odd.isdisjoint(block.path):
            continue
        if is_heading_elsewhere(block.text):
            box = _box(block, stretch, total)
        elif position in captions:
            told.append(block)
        elif not (
            is_furniture(block.text)
            or block.links > _LINKED * block.chars
            or (is_chinese and _is_foreign(block, usual))
        ):
            body.append(block)
    return body[_after_head(body, title, total) :], told


def _shape(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _odd_boxes(stretch: Sequence[Block], total: float) -> set[HtmlElement]:
    """Boxes with links that are built of other elements than the text, and hold little of it."""
    worth: dict[tuple[str, str], float] = defaultdict(float)
    held: dict[HtmlElement, list[Block]] = defaultdict(list)
    for block in stretch:
        worth[_shape(block.element)] += prose(block)
        for element in block.path:
            held[element].append(block)
    usual = max(worth, key=lambda shape: worth[shape], default=None)
    return {
        element
        for element, blocks in held.items()
        if len(blocks) > 1
        and any(block.links > _LINKED * block.chars for block in blocks)
        and all(_shape(block.element) != usual for block in blocks)
        and sum(prose(block) for block in blocks) < _ODD * total
    }


def _is_foreign(block: Block, usual: str) -> bool:
    """Another script than the text: an abstract, a notice, a heading of theirs."""
    return not _HAN.search(block.text) and (block.chars > _LONG or block.element.tag != usual)


def _box(heading: Block, stretch: Sequence[Block], total: float) -> HtmlElement | None:
    """The element around a heading, unless the news itself stands in it."""
    if len(heading.path) < 2:
        return None
    around = heading.path[-2]
    inside = sum(prose(block) for block in stretch if around in block.path)
    return around if inside < _BOXED * total else None


def _after_head(body: Sequence[Block], title: str, total: float) -> int:
    """How many blocks stand before the text: title, subtitle, the line with the day.

    What stands before the title, such as a line about the author, does too.
    """
    count = 0
    before = 0.0
    for position, block in enumerate(body[:_HEAD]):
        if _same(block.text, title) and before < _BEFORE_TITLE * total:
            count = position + 1
        before += prose(block)
    body, start = body[count:], count
    count = 0
    for position, block in enumerate(body[:_HEAD]):
        is_banner = position == count and _is_banner(block, body)
        if _same(block.text, title) or is_dateline(block.text) or is_banner:
            count = position + 1
        elif "。" in block.text or (block.chars > _LONG and _PROSE.search(block.text)):
            break
    return start + count


def _is_banner(block: Block, body: Sequence[Block]) -> bool:
    """A short centred line above a text that is not: the name of an account and its motto."""
    centred = sum(map(is_centred, body))
    is_short = block.chars <= _BANNER and not re.search("[，。：；！？]", block.text)
    return is_short and is_centred(block) and centred * 2 < len(body)


def _same(text: str, title: str) -> bool:
    return re.sub(r"\W", "", text) == re.sub(r"\W", "", title)
