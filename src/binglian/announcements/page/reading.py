"""The whole way from bytes, or from pasted text, to what a page says."""

import re
from dataclasses import dataclass
from datetime import date

from .blocks import Block, blocks_of, tidy
from .captions import says_it_is_a_caption
from .choosing import body_and_captions, prose
from .decoding import decode
from .furniture import ends_the_news, is_furniture
from .published import day_in, published_on
from .scripted import scripts_of, told_by_scripts
from .title import title_of
from .tree import parse, strip

_IS_PAGE = re.compile(
    r"<\s*(?:!doctype|html|head|body|div|p|br|table|article|section|span|meta)\b", re.I
)
_TOO_LITTLE = 120  # characters of prose: with less, the news may stand in the scripts
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A news page without its furniture. ``body`` has one paragraph a line."""

    title: str
    published: date | None
    body: str
    captions: tuple[str, ...]

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n") if self.body else []


def read_page(content: bytes | str) -> Page:
    """Read a saved page or a text, whichever it is.

    Raises
    ------
    UnreadableFile
        The bytes are no text.
    """
    text = decode(content) if isinstance(content, bytes) else content
    return _read_html(text) if _IS_PAGE.search(text[:20_000]) else read_text(text)


def _read_html(text: str) -> Page:
    whole, scripts = parse(text), scripts_of(text)
    everything = [block for block in blocks_of(whole) if all(e.tag != "head" for e in block.path)]
    title = title_of(whole, everything, scripts)
    published = published_on(whole, everything, scripts, title)
    body, captions = body_and_captions(blocks_of(strip(whole)), title)
    if _amount(body) < _TOO_LITTLE:
        body, captions = _fuller(body, captions, scripts, title)
    return Page(title, published, _lines(body), tuple(block.text for block in captions))


def _fuller(
    body: list[Block], captions: list[Block], scripts: str, title: str
) -> tuple[list[Block], list[Block]]:
    """With hardly any text to see, look at what the scripts hold."""
    told = told_by_scripts(scripts)
    if told:
        fragment = parse(told if "<" in told else "<p>" + "</p><p>".join(told.split("\n")) + "</p>")
        from_scripts = body_and_captions(blocks_of(strip(fragment)), title)
        if _amount(from_scripts[0]) > 2 * _amount(body):
            return from_scripts
    return body, captions


def read_text(text: str) -> Page:
    """Read pasted text: the first short line is the title, a line that is a date the day."""
    lines = [line for line in (tidy(raw) for raw in text.splitlines()) if line]
    title, published = "", None
    if lines and len(lines[0]) <= _LONGEST_TITLE and lines[0][-1] not in "。；，、：":
        title, lines = lines[0], lines[1:]
    body: list[str] = []
    captions: list[str] = []
    for position, line in enumerate(lines):
        if position < 4 and published is None and len(line) <= 60 and day_in(line):
            published = day_in(line)
        elif says_it_is_a_caption(line):
            captions.append(line)
        elif position >= len(lines) - 6 and ends_the_news(line):
            break
        elif not is_furniture(line):
            body.append(line)
    return Page(title, published, "\n".join(body), tuple(captions))


def _amount(blocks: list[Block]) -> float:
    return sum(prose(block) for block in blocks)


def _lines(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks)
