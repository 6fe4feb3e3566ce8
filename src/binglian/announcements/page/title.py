"""The title of a page without the name of its site."""

import re
from collections.abc import Iterator, Sequence

from .blocks import Block, tidy
from .furniture import is_furniture
from .tree import HtmlElement

_SITE = re.compile(
    r"(?:\s*[_|｜]\s*|\s+[-–—]+\s*|-+|——)"
    r"(?:[^_|｜—-]{0,20}(?:网|报|政府|新闻|客户端|频道|中心|门户|平台|在线|日报|电视台|要闻|动态|栏目)"
    r"|[A-Za-z. -]{2,20})\s*$"
)
_NAMED = (
    ("property", "og:title"), ("name", "og:title"), ("name", "ArticleTitle"),
    ("name", "twitter:title"), ("property", "twitter:title"), ("itemprop", "headline"),
)  # fmt: skip
_SCRIPTED = re.compile(r'"\w*[tT]itle"\s*:\s*"((?:[^"\\]|\\u[0-9a-fA-F]{4}){6,240})"')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_LONGEST, _SHORTEST = 120, 6  # characters
_SHARE = 0.4  # of what a page calls itself; shorter is the name of a column


def title_of(root: HtmlElement, blocks: Sequence[Block], scripts: str = "") -> str:
    """What the page calls the news, as several of its places agree; ``""`` if nothing does."""
    title = _shown_title(root, blocks)
    for found in _SCRIPTED.finditer(scripts):
        told = _ESCAPED.sub(lambda one: chr(int(one.group(1), 16)), found.group(1))
        if len(told) >= _SHORTEST and told != title and _letters(told) in _letters(title):
            return tidy(told)  # a page that fills itself: its title has the names of the site
    return title


def _shown_title(root: HtmlElement, blocks: Sequence[Block]) -> str:
    page = tidy("".join(root.xpath("//title[1]//text()")))
    headings = [h for h in _headings(root) if 4 <= len(h) <= _LONGEST and not is_furniture(h)]
    for heading in headings:
        if _letters(heading) and _letters(heading) in _letters(page):
            return heading
    for name, value in _NAMED:
        for element in root.iter("meta"):
            if (element.get(name) or "").lower() == value.lower():
                told = tidy(element.get("content") or "")
                if told and len(told) <= _LONGEST:
                    return _without_site(told, blocks)
    if page:
        return _without_site(page, blocks)
    return headings[0] if headings else ""


def _headings(root: HtmlElement) -> Iterator[str]:
    for level in ("h1", "h2", "h3"):
        for element in root.iter(level):
            yield tidy(element.text_content())


def _without_site(title: str, blocks: Sequence[Block]) -> str:
    """The longest line of the page that stands in the title, else all but a site's name."""
    whole = _letters(title)
    shown = [
        block.text
        for block in blocks
        if block.links == 0
        and _SHORTEST <= block.chars >= _SHARE * len(whole)
        and _letters(block.text) in whole
    ]
    if shown:
        return max(shown, key=len)
    while (shorter := _SITE.sub("", title)) != title and len(shorter) >= _SHORTEST:
        title = shorter
    return title


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
