"""Telling the line under a picture from the text around it."""

import re
from collections.abc import Sequence

from .blocks import Block
from .tree import HtmlElement

_NUMBERED = r"图[一二三四五六七八九十\d]{1,2}"
_LEADING = re.compile(rf"[（(【\[]?\s*(?:图为|{_NUMBERED}?\s*[:：]|[▲△▼▽])")
_SAYS_SO = re.compile(
    rf"^[（(【\[]?\s*(?:图为|{_NUMBERED}?\s*[:：]|{_NUMBERED}(?=[\s　.、])|资料图|配图|题图|示意图"
    r"|[▲△▼▽↑↓◀▶])"
    r"|(?:摄|摄影|供图|制图|图片来源.{0,20}|资料图片?|资料照片|视觉中国.{0,6}|图源.{0,20}|效果图|示意图|配图)"
    r"\s*[）)】\]]?\s*$"
    r"|(?:摄影|供图|图片来源|图源|图)\s*[:：/]\s*\S{1,20}$"
)
_MOST_CHARS = 130
_SHORT = 60
_NAMED = re.compile(
    r"caption|img-?desc|pic-?desc|picture-?info|pic-?intro|photo-?(?:desc|info|text)|pic-?text|img-?text|figcap",
    re.IGNORECASE,
)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


def is_centred(block: Block) -> bool:
    return any(
        _CENTRED.search(element.get("style") or "")
        or (element.get("align") or "").lower() == "center"
        or element.tag == "center"
        for element in block.path[-3:]
    )


def captions_among(blocks: Sequence[Block]) -> set[int]:
    """Return which of these blocks, by position, are captions.

    Where most of a text is centred, centring says nothing.
    """
    centred = [is_centred(block) for block in blocks]
    centring_tells = sum(centred) * 2 < len(blocks) or len(blocks) <= 2
    return {
        position
        for position, block in enumerate(blocks)
        if _is_caption(block, centred=centred[position] and centring_tells)
    }


def says_it_is_a_caption(text: str) -> bool:
    return len(text) <= _MOST_CHARS and bool(_SAYS_SO.search(text)) and text.count("。") <= 2


def _is_caption(block: Block, *, centred: bool) -> bool:
    if block.chars > _MOST_CHARS:
        return False
    if any(element.tag == "figcaption" for element in block.path) or _named(block.path[-2:]):
        return True
    if any(element.tag == "figure" for element in block.path):
        return True
    if block.after_picture and says_it_is_a_caption(block.text):
        return True
    if _LEADING.match(block.text):
        return True
    if centred and says_it_is_a_caption(block.text):
        return True
    is_short = block.chars <= _SHORT and block.text[-1] not in "：:"
    return block.after_picture and centred and is_short and block.text.count("。") <= 1


def _named(elements: Sequence[HtmlElement]) -> bool:
    return any(_NAMED.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in elements)
