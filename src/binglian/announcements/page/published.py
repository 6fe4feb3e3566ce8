"""The day a page was published."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from .blocks import Block
from .tree import HtmlElement

# The most telling name first.
_META = tuple(
    re.compile(names, re.IGNORECASE)
    for names in (
        r"pub[_-]?(?:date|time)|(?:article|bytedance):published_time|date_?published|firstpublishedtime",
        r"publish(?:ed)?[_:-]?(?:time|date)?|og:release_date|dc\.?date(?:\.issued)?|weibo:article:create_at",
        r"maketime|createdate|date",
    )
)
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SAID = re.compile(r"(?:发布|发表|发稿|更新|刊发)(?:时间|日期|于)?\s*[:：]?\s*$")
_SCRIPTED = re.compile(
    r"""["']?(?:\w*(?:publish|pub|create|release|issue|news|post)\w*(?:time|date|at|on)\w*|ct)["']?\s*[:=]"""
    r"""\s*["']?((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|1\d{9}(?:\d{3})?(?!\d))""",
    re.IGNORECASE,
)
_LONG = 40  # characters that only a paragraph has
_BEIJING = 8 * 3600  # seconds


def published_on(
    root: HtmlElement, blocks: Sequence[Block], scripts: str, title: str
) -> date | None:
    """The day by what the page declares, else by the line near its title, else by its scripts."""
    for day in _declared(root):
        return day
    before_text, after = _in_lines(blocks, title)
    if before_text:
        return before_text
    found = _SCRIPTED.search(scripts)
    return (found and (_day(found.group(1)) or _stamp(found.group(1)))) or after


def day_in(text: str) -> date | None:
    """The first full date in a text."""
    return _day(text)


def _declared(root: HtmlElement) -> Iterator[date]:
    for known in _META:
        for element in root.iter("meta"):
            names = (element.get("name"), element.get("property"), element.get("itemprop"))
            if any(name and known.fullmatch(name.strip()) for name in names):
                content = element.get("content") or ""
                day = _day(content) or _compact(content)
                if day:
                    yield day
    for element in root.iter("time"):
        day = _day(element.get("datetime") or element.text_content())
        if day:
            yield day


def _in_lines(blocks: Sequence[Block], title: str) -> tuple[date | None, date | None]:
    """Days of short lines: one that says «发布时间», else the nearest after the title.

    The second is a day that stands under the text, where a letter is signed.
    """
    start = next((i for i, block in enumerate(blocks) if title and title in block.text), 0)
    said, near, signed = None, None, None
    has_begun = False
    for block in [*blocks[start:], *blocks[:start]]:
        has_begun = has_begun or (block.chars > _LONG and block.links == 0 and "，" in block.text)
        found = _DAY.search(block.text)
        if not found or block.chars > 120:
            continue
        day = _day(block.text)
        if day is None:
            continue
        if _SAID.search(block.text[: found.start()]):
            said = said or day
        rest = block.text[: found.start()] + block.text[found.end() :]
        if len(rest) <= 60 and not re.search(r"[，。]", rest) and block.links * 2 <= block.chars:
            near = near or (None if has_begun else day)
            signed = signed or day
    return said or near, signed


def _day(text: str) -> date | None:
    for found in _DAY.finditer(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            continue
    return None


def _compact(text: str) -> date | None:
    found = _COMPACT.search(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _stamp(text: str) -> date | None:
    """Seconds or milliseconds since 1970, as a day in China."""
    if not text.isdigit():
        return None
    seconds = int(text) // (1000 if len(text) > 10 else 1)
    return date.fromordinal(date(1970, 1, 1).toordinal() + (seconds + _BEIJING) // 86400)
